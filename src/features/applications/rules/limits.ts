import type { TryLimit } from '../../../base/try-limit.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** A mailed code works so long. */
export const CODE_MINUTES = 15;
/** A mailed link to go on elsewhere works so long. */
export const LINK_HOURS = 24;
/** A draft is kept for so many days after it was last saved. */
export const DRAFT_DAYS = 7;

/** What is counted before anything is looked up, each with its sentence. */
export const applicationLimits = {
  begin: {
    says: 'From one address at most 100 applications are begun in an hour.',
    limit: {
      name: 'applications:begin',
      tries: 100,
      windowSeconds: HOUR,
      whenReached: { kind: 'block', seconds: HOUR },
    },
  },
  entryCode: {
    says: 'From one address at most 30 entry codes are tried in an hour.',
    limit: {
      name: 'applications:entry-code',
      tries: 30,
      windowSeconds: HOUR,
      whenReached: { kind: 'block', seconds: HOUR },
    },
  },
  number: {
    says: 'Of one application at most 10 numbers that cannot be brought along are looked at in a day.',
    limit: {
      name: 'applications:number',
      tries: 10,
      windowSeconds: 24 * HOUR,
      whenReached: { kind: 'block', seconds: 24 * HOUR },
    },
  },
  code: {
    says: 'After 5 wrong codes none is taken for 15 minutes.',
    limit: {
      name: 'applications:code',
      tries: 5,
      windowSeconds: 15 * MINUTE,
      whenReached: { kind: 'block', seconds: 15 * MINUTE },
    },
  },
  mailTo: {
    says: 'One mail address is sent at most 5 mails an hour.',
    limit: {
      name: 'applications:mail-to',
      tries: 5,
      windowSeconds: HOUR,
      whenReached: { kind: 'block', seconds: HOUR },
    },
  },
  mailFrom: {
    says: 'From one address at most 60 mails are asked for in an hour.',
    limit: {
      name: 'applications:mail-from',
      tries: 60,
      windowSeconds: HOUR,
      whenReached: { kind: 'block', seconds: HOUR },
    },
  },
} as const satisfies Record<string, { says: string; limit: TryLimit }>;
