import type { TryLimit } from '../../../base/try-limit.ts';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** What wrong tries at the console's door are counted on, each with its sentence. Right ones are given back. */
export const staffLimits = {
  loginId: {
    says: 'After 10 wrong passwords a staff account is closed for 15 minutes; each further wrong one doubles that, up to 24 hours.',
    limit: {
      name: 'staff:login-id',
      tries: 10,
      windowSeconds: 2 * DAY,
      whenReached: { kind: 'block', seconds: 15 * MINUTE, doublingTo: DAY },
    },
  },
  address: {
    says: 'From one address at most 30 wrong passwords are taken in 5 minutes.',
    limit: {
      name: 'staff:address',
      tries: 30,
      windowSeconds: 5 * MINUTE,
      whenReached: { kind: 'block', seconds: 5 * MINUTE },
    },
  },
  code: {
    says: 'After 5 wrong one-time codes no code is taken for 15 minutes; each further wrong one doubles that, up to 24 hours.',
    limit: {
      name: 'staff:code',
      tries: 5,
      windowSeconds: 2 * DAY,
      whenReached: { kind: 'block', seconds: 15 * MINUTE, doublingTo: DAY },
    },
  },
  passkeyFromAddress: {
    says: 'From one address a sign-in with a passkey is begun at most 300 times in 10 minutes.',
    limit: {
      name: 'staff:passkey-from-address',
      tries: 300,
      windowSeconds: 10 * MINUTE,
      whenReached: { kind: 'block', seconds: 10 * MINUTE },
    },
  },
} as const satisfies Record<string, { says: string; limit: TryLimit }>;
