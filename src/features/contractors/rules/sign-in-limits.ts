import type { TryLimit } from '../../../base/try-limit.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What wrong passwords are counted on, each with its sentence. Right ones are given back. */
export const signInLimits = {
  loginId: {
    says: 'After 10 wrong passwords a login ID is closed for 15 minutes; each further wrong one doubles that, up to 24 hours.',
    limit: {
      name: 'sign-in:login-id',
      tries: 10,
      windowSeconds: 2 * DAY,
      whenReached: { kind: 'block', seconds: 15 * MINUTE, doublingTo: DAY },
    },
  },
  knownDevice: {
    says: 'A device that has signed in before is counted by itself, so that strangers cannot lock its owner out.',
    limit: {
      name: 'sign-in:known-device',
      tries: 10,
      windowSeconds: 2 * DAY,
      whenReached: { kind: 'block', seconds: 15 * MINUTE, doublingTo: DAY },
    },
  },
  address: {
    says: 'From one address at most 30 wrong passwords are taken in 5 minutes.',
    limit: {
      name: 'sign-in:address',
      tries: 30,
      windowSeconds: 5 * MINUTE,
      whenReached: { kind: 'block', seconds: 5 * MINUTE },
    },
  },
  idsFromAddress: {
    says: 'After wrong passwords for 10 different login IDs in 10 minutes an address can try no further ID for 10 minutes.',
    limit: {
      name: 'sign-in:ids-from-address',
      tries: 10,
      windowSeconds: 10 * MINUTE,
      whenReached: { kind: 'block', seconds: 10 * MINUTE },
    },
  },
  lineAccount: {
    says: 'From one LINE account at most 10 wrong passwords are taken in 15 minutes.',
    limit: {
      name: 'sign-in:line-account',
      tries: 10,
      windowSeconds: 15 * MINUTE,
      whenReached: { kind: 'block', seconds: 15 * MINUTE },
    },
  },
} as const satisfies Record<string, { says: string; limit: TryLimit }>;
