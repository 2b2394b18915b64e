import type { Rule } from '../../../base/refusal.ts';
import type { TryLimit } from '../../../base/try-limit.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A mailed code works so long. */
export const CODE_MINUTES = 30;

/** The longest address there can be (RFC 3696, erratum 1690), with what people put around it. */
const LONGEST = 320;
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What is asked of a new mail address, in the order in which it is told. */
export const emailRules = [
  {
    code: 'email-malformed',
    says: 'A mail address has a name, an @ and a host with a dot, and at most 320 characters.',
    broken: ({ wanted }) => wanted.length > LONGEST || !ADDRESS.test(wanted),
  },
  {
    code: 'email-same',
    says: 'The new mail address is another one than the present one.',
    broken: ({ wanted, present }) => wanted === present,
  },
] as const satisfies readonly Rule<{ wanted: string; present: string }, string>[];

export type EmailFault = (typeof emailRules)[number]['code'];

/** What is counted before anything is looked up, each with its sentence. A right code is given back. */
export const emailLimits = {
  asking: {
    says: 'A contractor is mailed at most 5 such codes in an hour.',
    limit: { name: 'email:asking', tries: 5, windowSeconds: HOUR, whenReached: { kind: 'block', seconds: HOUR } },
  },
  mailTo: {
    says: 'One mail address is sent at most 5 such codes in an hour, whoever asks.',
    limit: { name: 'email:mail-to', tries: 5, windowSeconds: HOUR, whenReached: { kind: 'block', seconds: HOUR } },
  },
  code: {
    says: 'After 5 wrong codes none is taken for 15 minutes; each further wrong one doubles that, up to 24 hours.',
    limit: {
      name: 'email:code',
      tries: 5,
      windowSeconds: 2 * DAY,
      whenReached: { kind: 'block', seconds: 15 * MINUTE, doublingTo: DAY },
    },
  },
} as const satisfies Record<string, { says: string; limit: TryLimit }>;
