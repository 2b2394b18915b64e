import type { WebContext } from '../http/web-env.ts';

/** Sent by `follow.js` with what it reads while nobody has touched the page. */
const MARK = 'x-renkei-untouched';

/**
 * Whether a page asked this by itself: its stream, a part read anew while nobody touched it, a picture in such a part. It
 * shows that a window is open, not that somebody sits there.
 */
export function asksByItself(c: WebContext): boolean {
  const isStream = c.req.header('accept')?.startsWith('text/event-stream') ?? false;
  return isStream || c.req.header(MARK) !== undefined || c.req.header('sec-fetch-dest') === 'image';
}
