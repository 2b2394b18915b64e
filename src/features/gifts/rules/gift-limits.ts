import type { TryLimit } from '../../../base/try-limit.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** On what tries are counted, before anything is looked up. */
export const giftLimits = {
  codeAccount: {
    says: 'A LINE account has 5 wrong gift codes in 15 minutes; then it waits 15 minutes.',
    limit: {
      name: 'gift-code:account',
      tries: 5,
      windowSeconds: 15 * MINUTE,
      whenReached: { kind: 'block', seconds: 15 * MINUTE },
    },
  },
  codeAddress: {
    says: 'An address (IPv6 by its /64) has 20 wrong gift codes an hour; then it waits an hour.',
    limit: {
      name: 'gift-code:address',
      tries: 20,
      windowSeconds: HOUR,
      whenReached: { kind: 'block', seconds: HOUR },
    },
  },
  number: {
    says: 'A LINE account gives to 10 phone numbers in 24 hours, whatever becomes of them; then it waits 24 hours.',
    limit: {
      name: 'gift-number:account',
      tries: 10,
      windowSeconds: DAY,
      whenReached: { kind: 'block', seconds: DAY },
    },
  },
} as const satisfies Record<string, { says: string; limit: TryLimit }>;
