import type { Temporal } from 'temporal-polyfill';
import { type Db, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { eventFeedJobs } from '../../infra/outside/event-feed.ts';
import type { TellEvent } from '../../infra/outside/standard-webhook.ts';
import {
  type Change,
  countChanges,
  deleteChanges,
  insertChanges,
  type WaitingChange,
  waitingChanges,
  waitingChangesOf,
} from './change-feed-store.ts';

/** What changes here is told to the operator's own systems, in the transaction that changes it. */
export interface ChangeFeed {
  note(sql: SqlRunner, now: Temporal.Instant, changes: readonly Change[]): Promise<void>;
  /** How many changes wait for somebody who takes them; null where nobody is to be told. */
  waiting(sql: SqlRunner): Promise<number | null>;
  readonly jobs: readonly Job[];
}

/** @param tell whom changes are told to; without anybody none are kept */
export function createChangeFeed(db: Db, tell: TellEvent | null): ChangeFeed {
  if (tell === null) return { note: async () => undefined, waiting: async () => null, jobs: [] };
  return {
    note: insertChanges,
    waiting: countChanges,
    jobs: eventFeedJobs(runnerOf(db), {
      name: 'changes',
      job: 'contractors.tell-changes',
      subjectOf: ({ contractorId }) => contractorId,
      tell: (change) => tell(eventOf(change)),
      waiting: waitingChanges,
      waitingOf: waitingChangesOf,
      settle: deleteChanges,
    }),
  };
}

function eventOf({ id, type, at, contractorId, subscriptionId, fields, detail }: WaitingChange) {
  const data = {
    contractorId,
    ...(subscriptionId === null ? {} : { subscriptionId }),
    ...(fields.length === 0 ? {} : { fields }),
    ...detail,
  };
  return { id, type, timestamp: at.toString(), data };
}
