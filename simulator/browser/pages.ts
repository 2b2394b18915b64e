import { html, raw } from 'hono/html';

/**
 * The browser's own pages (`/__line/…` on every proxied origin): what LINE's `https://line.me/R/…` links open.
 * Inside the phone the bridge hands them over at once; the words are for a browser without the phone around it.
 */
export type OwnPage = 'share' | 'add-friend' | 'close' | 'notice';

export function isOwnPage(name: string): name is OwnPage {
  return name === 'share' || name === 'add-friend' || name === 'close' || name === 'notice';
}

export function ownPage(page: OwnPage, options: { language: 'ja' | 'en'; detail: string }) {
  const words = WORDS[options.language][page];
  return html`<!doctype html>
<html lang="${options.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title>
<script src="/__line/bridge.js"></script>
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
<h1>${words.title}</h1>
<p>${words.text}</p>
${options.detail ? html`<p class="detail">${options.detail}</p>` : ''}
</main>
</body>
</html>`;
}

const WORDS: Record<'ja' | 'en', Record<OwnPage, { title: string; text: string }>> = {
  ja: {
    share: { title: '友だちに送る', text: '送る友だちを、画面のリストから選んでください。' },
    'add-friend': { title: '友だち追加', text: '友だち追加の画面を開いています。' },
    close: { title: '閉じました', text: 'この画面は閉じて大丈夫です。' },
    notice: { title: 'ここでは開けません', text: 'シミュレーターの外のページなので、開きませんでした。' },
  },
  en: {
    share: { title: 'Send to a friend', text: 'Choose a friend from the list on the phone.' },
    'add-friend': { title: 'Add friend', text: 'Opening the add-friend screen.' },
    close: { title: 'Closed', text: 'You can close this page now.' },
    notice: { title: 'Not available here', text: 'This page is outside the simulator, so it was not opened.' },
  },
};

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.6 -apple-system, "Hiragino Sans", "Noto Sans JP", sans-serif; background: Canvas; color: CanvasText; }
main { max-width: 28rem; margin: 0 auto; padding: 3rem 1.25rem; }
h1 { font-size: 1.25rem; }
.detail { overflow-wrap: anywhere; padding: .75rem 1rem; border: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); border-radius: .5rem; }
`;
