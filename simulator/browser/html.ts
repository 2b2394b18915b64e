/** An HTML page on its way to the in-app browser: its links stay in the browser, and it carries the bridge. */
export function rewriteHtml(
  html: string,
  options: {
    /** The address for a link out of the page; null leaves it as it is. */
    mapLink: (url: string) => string | null;
    /** The address for a picture, script or style; null leaves it as it is. */
    mapResource: (url: string) => string | null;
    nonce: string;
  },
): string {
  const rewritten = html.replace(
    ATTRIBUTE,
    (_whole, before: string, name: string, quoted: string) =>
      before + name + rewriteValue(quoted, LINKS.has(attributeName(name)) ? options.mapLink : options.mapResource),
  );
  const refreshed = rewritten.replace(REFRESH, (whole, start: string, url: string, end: string) => {
    const mapped = options.mapLink(decodeEntities(url));
    return mapped ? start + encodeEntities(mapped) + end : whole;
  });
  return withBridge(refreshed, `<script src="/__line/bridge.js" nonce="${options.nonce}"></script>`);
}

/** Only attributes that the browser follows: a link shown as text, or kept for copying, must stay the true one. */
const ATTRIBUTE = /(\s)((?:href|action|formaction|src|poster)\s*=\s*)("[^"]*"|'[^']*')/gi;
const REFRESH = /(<meta\s[^>]*content\s*=\s*["']\s*\d+\s*;\s*url=)([^"'>]+)(["'])/gi;
const LINKS = new Set(['href', 'action', 'formaction']);

const attributeName = (text: string) => text.replace(/\s*=\s*$/, '').toLowerCase();

function rewriteValue(quoted: string, map: (url: string) => string | null): string {
  const quote = quoted.charAt(0);
  const url = decodeEntities(quoted.slice(1, -1)).trim();
  if (!/^(https?|line):/i.test(url)) return quoted;
  const mapped = map(url);
  return mapped ? quote + encodeEntities(mapped) + quote : quoted;
}

const decodeEntities = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

const encodeEntities = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

function withBridge(html: string, script: string): string {
  const head = /<head(\s[^>]*)?>/i.exec(html);
  const at = head ? head.index + head[0].length : (/<!doctype[^>]*>/i.exec(html)?.[0].length ?? 0);
  return html.slice(0, at) + script + html.slice(at);
}
