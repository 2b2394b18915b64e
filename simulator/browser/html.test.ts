import { describe, expect, it } from 'vitest';
import { rewriteHtml } from './html.ts';

const rewrite = (html: string) =>
  rewriteHtml(html, {
    nonce: 'N',
    mapLink: (url) => `/to?${url}`,
    mapResource: (url) => (url.startsWith('http://127.') ? `/get?${url}` : null),
  });

describe('a page on its way into the in-app browser', () => {
  it('keeps its links, forms and pictures in the browser', () => {
    const html = rewrite(
      '<a href="https://line.me/R/share?text=a&amp;b">x</a><form action=\'http://127.0.0.1:3000/f\'><img src="http://127.0.0.1:3000/p.png"><img src="https://cdn.example/q.png">',
    );
    expect(html).toContain('href="/to?https://line.me/R/share?text=a&amp;b"');
    expect(html).toContain("action='/to?http://127.0.0.1:3000/f'");
    expect(html).toContain('src="/get?http://127.0.0.1:3000/p.png"');
    expect(html).toContain('src="https://cdn.example/q.png"');
  });
  it('leaves links to itself, and links that are only shown or copied, as they are', () => {
    const html = '<a href="/my">My</a><p data-copy="http://127.0.0.1:3000/g">http://127.0.0.1:3000/g</p>';
    expect(rewrite(html)).toContain(html);
  });
  it('follows a refresh', () => {
    expect(rewrite('<meta http-equiv="refresh" content="0;url=http://127.0.0.1:3000/x">')).toContain(
      'content="0;url=/to?http://127.0.0.1:3000/x"',
    );
  });
  it('carries the bridge first in its head', () => {
    const bridge = '<script src="/__line/bridge.js" nonce="N"></script>';
    expect(rewrite('<!doctype html><html><head lang="ja"><title>t</title></head></html>')).toContain(
      `<head lang="ja">${bridge}<title>`,
    );
    expect(rewrite('<!doctype html><p>x</p>')).toBe(`<!doctype html>${bridge}<p>x</p>`);
  });
});
