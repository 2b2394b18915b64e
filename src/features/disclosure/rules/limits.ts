import type { TryLimit } from '../../../base/try-limit.ts';

const DAY = 86_400;

/** A file reads everything that is kept of somebody. */
export const disclosureLimits = {
  file: {
    says: 'A contractor takes at most 3 files in a day.',
    limit: {
      name: 'disclosure:file',
      tries: 3,
      windowSeconds: DAY,
      whenReached: { kind: 'block', seconds: DAY },
    },
  },
} as const satisfies Record<string, { says: string; limit: TryLimit }>;
