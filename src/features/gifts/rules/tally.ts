import type { Month } from '../../../base/operator-month.ts';

/** What a subscription gives in a month, and on the last day it gave: waiting and claimed gifts; what came back does not count. */
export interface Tally {
  readonly month: Month;
  readonly bytes: number;
  readonly gifts: number;
  /** When the day began, in milliseconds since 1970. */
  readonly dayMs: number;
  readonly today: number;
}

/** The month and day in which it is counted. */
export interface TallyTime {
  readonly month: Month;
  readonly dayMs: number;
}

/** What counts now: another month, and another day, begin at nothing. */
export function tallyAt(noted: Tally | undefined, { month, dayMs }: TallyTime): Tally {
  if (noted?.month !== month) return { month, bytes: 0, gifts: 0, dayMs, today: 0 };
  return noted.dayMs === dayMs ? noted : { ...noted, dayMs, today: 0 };
}

/** With one gift more. */
export function withGift(tally: Tally, amountBytes: number): Tally {
  return { ...tally, bytes: tally.bytes + amountBytes, gifts: tally.gifts + 1, today: tally.today + 1 };
}

/** Without a gift that came back; one of another month, or another day, was counted there. */
export function withoutGift(tally: Tally, gift: { month: Month; offeredMs: number; amountBytes: number }): Tally {
  if (gift.month !== tally.month) return tally;
  // After a change of the zone it may have been given on what is today by now, and counted for the day before.
  return {
    ...tally,
    bytes: tally.bytes - gift.amountBytes,
    gifts: tally.gifts - 1,
    today: gift.offeredMs >= tally.dayMs ? Math.max(0, tally.today - 1) : tally.today,
  };
}
