import { html } from 'hono/html';

const STYLES = ['base', 'desk', 'phone', 'talk', 'messages', 'flex', 'sheets', 'panel', 'motion'];

/** The one page of the phone; everything on it is drawn by `app/main.ts` from what /control says. */
export function phonePage() {
  return html`<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<title>シミュレーター</title>
<link rel="icon" href="/phone/icon.svg" type="image/svg+xml">
${STYLES.map((name) => html`<link rel="stylesheet" href="/phone/styles/${name}.css">`)}
<script type="importmap">{"imports":{"preact":"/phone/vendor/preact.js","preact/hooks":"/phone/vendor/preact-hooks.js","htm":"/phone/vendor/htm.js","htm/preact":"/phone/vendor/htm-preact.js"}}</script>
<script type="module" src="/phone/app/main.ts"></script>
</head>
<body>
<div id="desk"><p class="loading-page">読み込んでいます… Loading…</p></div>
<noscript><p class="loading-page">このページには JavaScript が必要です。This page needs JavaScript.</p></noscript>
</body>
</html>`;
}
