import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Language } from '../contract.ts';

/** A page of the access origin: mobile first, no scripts, light and dark. */
export function Page({ language, title, children }: { language: Language; title: string; children: Child }) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={language}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
          <title>{title}</title>
          <style>{raw(style)}</style>
        </head>
        <body>
          <main>
            <h1>{title}</h1>
            {children}
          </main>
        </body>
      </html>
    </>
  );
}

const style = `
:root { color-scheme: light dark; --line: color-mix(in srgb, CanvasText 15%, Canvas); --soft: color-mix(in srgb, CanvasText 65%, Canvas); }
* { box-sizing: border-box; }
body { margin: 0; background: Canvas; color: CanvasText; line-break: strict; overflow-wrap: anywhere;
  font: 16px/1.6 -apple-system, "Hiragino Sans", "Noto Sans JP", sans-serif; }
main { max-width: 26rem; margin: 0 auto; padding: 2rem 1.25rem max(34px, env(safe-area-inset-bottom)); }
h1 { font-size: 1.25rem; line-height: 1.4; margin: 0 0 1rem; word-break: auto-phrase; }
p { margin: 0 0 1rem; }
ul { list-style: none; margin: 0 0 1.5rem; padding: 0; }
li { border-bottom: 1px solid var(--line); padding: .75rem 0; }
.soft { color: var(--soft); font-size: .875rem; }
.person { display: flex; align-items: center; gap: .75rem; width: 100%; min-height: 56px; padding: .5rem .25rem;
  border: 0; background: none; color: inherit; font: inherit; text-align: start; cursor: pointer; }
.avatar { inline-size: 40px; block-size: 40px; border-radius: 50%; display: grid; place-items: center; color: #fff; font-weight: 700; }
.button { display: block; width: 100%; min-height: 48px; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: 8px;
  background: none; color: inherit; font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; margin-bottom: .75rem; }
.button.main { background: #03813a; border-color: #03813a; color: #fff; }
label { display: flex; gap: .5rem; align-items: center; min-height: 44px; margin-bottom: 1rem; }
input[type="checkbox"] { inline-size: 20px; block-size: 20px; }
`;
