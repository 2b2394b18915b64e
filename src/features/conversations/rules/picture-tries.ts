/** What LINE's answer to a request for a picture means for it. */
export type ContentAnswer =
  | { readonly kind: 'bytes' | 'preparing' | 'too-large' }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'no-answer' };

/** Bytes at most; LINE's app makes photos smaller than this. */
export const LARGEST_PICTURE = 10_000_000;
/** Then it is said that the picture could not be had; about an hour after it came. */
const MOST_TRIES = 12;
const BACK_OFF_SECONDS = [2, 2, 5, 10, 30, 60, 300, 600] as const;

export type PictureStep =
  | { readonly to: 'draw' }
  | { readonly to: 'wait'; readonly seconds: number }
  | { readonly to: 'refuse'; readonly reason: 'gone' | 'too-large' | 'unavailable' };

/** What to do next with a picture that was asked for `attempts` times. */
export function nextStep(answer: ContentAnswer, attempts: number): PictureStep {
  if (answer.kind === 'bytes') return { to: 'draw' };
  if (answer.kind === 'too-large') return { to: 'refuse', reason: 'too-large' };
  // 404 and 410: it was taken back, or LINE keeps it no longer. Too many requests and faults of LINE's pass.
  if (answer.kind === 'refused' && answer.status < 500 && answer.status !== 429)
    return { to: 'refuse', reason: 'gone' };
  if (attempts >= MOST_TRIES) return { to: 'refuse', reason: 'unavailable' };
  return { to: 'wait', seconds: BACK_OFF_SECONDS[attempts - 1] ?? 600 };
}
