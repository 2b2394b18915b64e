/** Collects faults: where (a JSON pointer into the request body) and what. */
export type Report = (pointer: string, message: string) => void;

function tooLong(limit: number): string {
  return `must not be longer than ${limit} characters`;
}

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Whether a text has more letters than that, as people count them: a family of emoji is one. */
export function hasMoreLetters(text: string, most: number): boolean {
  return text.length > most && Array.from(letters.segment(text)).length > most;
}

/**
 * LINE counts UTF-16 code units, as `length` does; but letters in labels, in what an action says, in the texts of templates
 * and in the words of rich menus.
 */
export function checkLength(
  report: Report,
  at: { pointer: string; text: string | undefined; most: number; isNeeded?: boolean; counts?: 'letters' | 'units' },
): void {
  const { text = '', most, counts = 'letters' } = at;
  if (at.isNeeded && text === '') report(at.pointer, 'must be specified');
  if (counts === 'letters' ? hasMoreLetters(text, most) : text.length > most) report(at.pointer, tooLong(most));
}

/**
 * Pictures, videos and icons must come over HTTPS. One leniency: http on this machine, because a bot under
 * development has no certificate there.
 */
function isSecureUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname));
}

export function checkMediaUrl(report: Report, pointer: string, url: string | undefined): void {
  if (url === undefined) return;
  if (!isSecureUrl(url)) report(pointer, 'invalid uri scheme');
  if (url.length > 2_000) report(pointer, 'size must be between 0 and 2000');
}
