import type { TryLimit } from '../../../base/try-limit.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What is counted before anything is looked up, each with its sentence. */
export const credentialLimits = {
  code: {
    says: 'After 5 wrong codes (of the app, of the recovery list or mailed) none is taken for 15 minutes; each further wrong one doubles that, up to 24 hours.',
    limit: {
      name: 'credentials:code',
      tries: 5,
      windowSeconds: 2 * DAY,
      whenReached: { kind: 'block', seconds: 15 * MINUTE, doublingTo: DAY },
    },
  },
  asking: {
    says: 'A contractor is asked in the talk, or mailed a code, at most 5 times an hour.',
    limit: {
      name: 'credentials:asking',
      tries: 5,
      windowSeconds: HOUR,
      whenReached: { kind: 'block', seconds: HOUR },
    },
  },
  resetForId: {
    says: 'For one login ID a new password is asked for at most 3 times an hour.',
    limit: {
      name: 'credentials:reset-for-id',
      tries: 3,
      windowSeconds: HOUR,
      whenReached: { kind: 'block', seconds: HOUR },
    },
  },
  resetFromAddress: {
    says: 'From one address a new password is asked for at most 20 times an hour.',
    limit: {
      name: 'credentials:reset-from-address',
      tries: 20,
      windowSeconds: HOUR,
      whenReached: { kind: 'block', seconds: HOUR },
    },
  },
  passkeyFromAddress: {
    says: 'From one address a sign-in with a passkey is begun at most 300 times in 10 minutes.',
    limit: {
      name: 'credentials:passkey-from-address',
      tries: 300,
      windowSeconds: 10 * MINUTE,
      whenReached: { kind: 'block', seconds: 10 * MINUTE },
    },
  },
} as const satisfies Record<string, { says: string; limit: TryLimit }>;
