import type { Temporal } from 'temporal-polyfill';

const texts = new WeakMap<Temporal.Instant, string>();

/** An instant in ISO 8601, written once for each: a batch names the same few moments (its own, a month's end) thousands of times. */
export function instantText(at: Temporal.Instant): string {
  let text = texts.get(at);
  if (text === undefined) {
    text = at.toString();
    texts.set(at, text);
  }
  return text;
}
