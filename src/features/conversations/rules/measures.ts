import { Temporal } from 'temporal-polyfill';
import { hoursOf } from '../../../base/operator-hour.ts';

export const MOST_DAYS = 92;
const USUAL_DAYS = 7;

/** How a period is cut: a row a day, or one for each hour of the clock over all its days. */
export const cuts = ['day', 'hour'] as const;
export type Cut = (typeof cuts)[number];

export interface Period {
  /** `YYYY-MM-DD`, both included. */
  readonly firstDay: string;
  readonly lastDay: string;
}

/** The days somebody asked for: the last seven where they say nothing, turned round where they stand the wrong way. */
export function periodOf(asked: { from: string; to: string }, today: string): Period {
  const [from, to] = [dayFrom(asked.from), dayFrom(asked.to)];
  const last = to ?? Temporal.PlainDate.from(today);
  const first = from ?? last.subtract({ days: USUAL_DAYS - 1 });
  const [firstDay, lastDay] = Temporal.PlainDate.compare(first, last) <= 0 ? [first, last] : [last, first];
  const earliest = lastDay.subtract({ days: MOST_DAYS - 1 });
  const isTooLong = Temporal.PlainDate.compare(firstDay, earliest) < 0;
  return { firstDay: (isTooLong ? earliest : firstDay).toString(), lastDay: lastDay.toString() };
}

function dayFrom(text: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/** The rows of a cut, and where every hour of the period belongs among them. */
export interface Slots {
  /** A day, or an hour as `0`–`23`. */
  readonly names: readonly string[];
  readonly hours: readonly { readonly startsAt: Temporal.Instant; readonly slot: number }[];
}

/** Cuts a period on the operator's clock. */
export function slotsOf({ firstDay, lastDay }: Period, cut: Cut, zone: string): Slots {
  const hours = hoursOf(firstDay, lastDay, zone);
  if (cut === 'hour') {
    const names = Array.from({ length: 24 }, (_, hour) => String(hour));
    return { names, hours: hours.map(({ startsAt, hour }) => ({ startsAt, slot: hour })) };
  }
  const names = [...new Set(hours.map(({ day }) => day))];
  return { names, hours: hours.map(({ startsAt, day }) => ({ startsAt, slot: names.indexOf(day) })) };
}

/** A part of a whole; of nothing there is none. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/**
 * What the bot solved of what it was asked: questions that got an answer, less the wishes for a person. Counts, since who
 * asked is not kept: somebody who asks thrice and then wants a person is three questions and one wish.
 */
export function botSolved(of: { answered: number; unanswered: number; wishes: number }): number | null {
  return share(Math.max(0, of.answered - of.wishes), of.answered + of.unanswered);
}
