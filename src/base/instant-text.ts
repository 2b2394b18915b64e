import { Temporal } from 'temporal-polyfill';

const texts = new WeakMap<Temporal.Instant, string>();

/** An instant in ISO 8601, written once for each: a batch names the same few moments (its own, a month's end) thousands of times. */
export function instantText(at: Temporal.Instant): string {
  let text = texts.get(at);
  if (text === undefined) {
    text = isoOf(at);
    texts.set(at, text);
  }
  return text;
}

/** As `Instant.toString` writes it, the engine itself where it can: in a twentieth of the time. */
function isoOf(at: Temporal.Instant): string {
  const ms = at.epochMilliseconds;
  if (at.epochNanoseconds !== BigInt(ms) * 1_000_000n) return at.toString();
  return new Date(ms).toISOString().replace(/\.?0{1,3}Z$/, 'Z');
}

const instants = new Map<number, Temporal.Instant>();
const INSTANTS_REMEMBERED = 10_000;

/** The instant so many milliseconds after 1970; for months' ends, which thousands have in common, the same one. */
export function instantAtMs(ms: number): Temporal.Instant {
  let instant = instants.get(ms);
  if (instant === undefined) {
    if (instants.size >= INSTANTS_REMEMBERED) instants.clear();
    instant = Temporal.Instant.fromEpochMilliseconds(ms);
    instants.set(ms, instant);
  }
  return instant;
}

const PLAIN =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Whether a text is an instant as nearly everybody writes it: a day that exists, a time to the millisecond at most, an offset. */
export function isPlainInstant(text: string): boolean {
  if (!PLAIN.test(text)) return false;
  const day = Number(text.slice(8, 10));
  return day <= 28 || day <= daysIn(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
}

/**
 * An instant from ISO 8601, as `Temporal.Instant.from` reads it; a plain one is read by the engine itself, in a tenth of
 * the time. Throws a `RangeError` for anything that is not an instant.
 */
export function readInstant(text: string): Temporal.Instant {
  // Of a day that does not exist the engine makes another one, so it is asked only about those that do.
  return isPlainInstant(text) ? Temporal.Instant.fromEpochMilliseconds(Date.parse(text)) : Temporal.Instant.from(text);
}

/** What tells a moment to the millisecond: an instant, or, thousands at a time, something that costs less to make. */
export type Moment = Pick<Temporal.Instant, 'epochMilliseconds'>;

/** The same to the millisecond, without the instant. */
export function readMoment(text: string): Moment {
  return isPlainInstant(text) ? { epochMilliseconds: Date.parse(text) } : Temporal.Instant.from(text);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
