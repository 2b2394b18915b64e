import type { Job } from '../../infra/jobs/jobs.ts';
import { inPortions } from '../../infra/jobs/portions.ts';
import type { Drafts } from './drafts.ts';

const PORTION = 500;

/** Removes drafts that nobody went on with: with them goes everything that was typed. */
export function removeDraftsJob(drafts: Pick<Drafts, 'removeExpired'>): Job {
  return {
    name: 'applications.remove-drafts',
    everySeconds: 3_600,
    run: (now, stopping) => inPortions(PORTION, stopping, () => drafts.removeExpired(now, PORTION)),
  };
}
