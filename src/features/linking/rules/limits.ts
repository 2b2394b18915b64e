import type { TryLimit } from '../../../base/try-limit.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** On what tries with a link code are counted, before the code is looked up; right ones are given back. */
export const linkCodeLimits = {
  accountQuarter: {
    says: 'A LINE account has 5 wrong codes in 15 minutes; then it waits 15 minutes.',
    limit: {
      name: 'link-code:account-15m',
      tries: 5,
      windowSeconds: 15 * MINUTE,
      whenReached: { kind: 'block', seconds: 15 * MINUTE },
    },
  },
  accountDay: {
    says: 'A LINE account has 10 wrong codes in 24 hours; then it waits 24 hours.',
    limit: {
      name: 'link-code:account-24h',
      tries: 10,
      windowSeconds: DAY,
      whenReached: { kind: 'block', seconds: DAY },
    },
  },
  address: {
    says: 'An address (IPv6 by its /64) has 20 wrong codes an hour; then it waits an hour.',
    limit: {
      name: 'link-code:address',
      tries: 20,
      windowSeconds: HOUR,
      whenReached: { kind: 'block', seconds: HOUR },
    },
  },
  everything: {
    says: 'After 600 wrong codes in an hour, from whomever, codes are taken from nobody for an hour, and it is recorded for the staff.',
    limit: {
      name: 'link-code:everything',
      tries: 600,
      windowSeconds: HOUR,
      whenReached: { kind: 'block', seconds: HOUR },
    },
  },
  firstSix: {
    says: 'More than 50 wrong codes an hour that begin with the same six digits raise an alarm.',
    limit: { name: 'link-code:first-six', tries: 51, windowSeconds: HOUR, whenReached: { kind: 'alarm' } },
  },
} as const satisfies Record<string, { says: string; limit: TryLimit }>;

/** How often a subscription's code can be re-issued in one day of the operator. */
export const REISSUES_PER_DAY = 5;
