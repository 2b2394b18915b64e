import type { Temporal } from 'temporal-polyfill';
import type { GiftPolicy } from '../../../base/operator.ts';
import { addMonths, type Month, monthOf } from '../../../base/operator-month.ts';
import { accept, type Decision, firstBroken, refuse } from '../../../base/refusal.ts';
import { type GiftFacts, type GiftRefusal, refusals } from './refusals.ts';

/** Whether a waiting gift is received by this subscription. */
export function decideClaim(facts: GiftFacts): Decision<undefined, GiftRefusal> {
  const broken = firstBroken<GiftFacts, GiftRefusal>(refusals, facts);
  return broken === undefined ? accept(undefined) : refuse(broken);
}

/** Until when the receiver can use what was received (exclusive). */
export function usableUntil(facts: {
  policy: GiftPolicy;
  /** The month it was given in. */
  givenIn: Month;
  claimedAt: Temporal.Instant;
  /** The end of what it was taken from. */
  originalEnd: Temporal.Instant;
  zone: string;
  /** The end of a month (exclusive). */
  endOf: (month: Month) => Temporal.Instant;
}): Temporal.Instant {
  const { givenIn, endOf } = facts;
  const until = facts.policy.receivedUntil;
  switch (until) {
    case 'month-end': {
      const end = endOf(givenIn);
      if (end.epochMilliseconds > facts.claimedAt.epochMilliseconds) return end;
      // The policy became shorter while it waited: it ends with the month it is received in, and not before that.
      return endOf(monthOf(facts.claimedAt, facts.zone));
    }
    case 'next-month-end':
      return endOf(addMonths(givenIn, 1));
    case 'original':
      return facts.originalEnd;
    default:
      // Whole days: to the end of the last one.
      return facts.claimedAt
        .toZonedDateTimeISO(facts.zone)
        .toPlainDate()
        .add({ days: until.days + 1 })
        .toZonedDateTime(facts.zone)
        .toInstant();
  }
}
