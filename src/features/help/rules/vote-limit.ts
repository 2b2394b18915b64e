import type { TryLimit } from '../../../base/try-limit.ts';

/** From one address at most 30 votes an hour are counted on the web. */
export const webVoteLimit: TryLimit = {
  name: 'help:web-vote',
  tries: 30,
  windowSeconds: 3_600,
  whenReached: { kind: 'block', seconds: 3_600 },
};
