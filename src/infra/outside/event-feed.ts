import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../db/index.ts';
import type { Job } from '../jobs/jobs.ts';
import { type Told, tellInOrder } from './tell-in-order.ts';
import { type FeedName, loadUntoldDue, postponeUntold, releaseUntold } from './untold-store.ts';

/** Events that wait in a table for a program of the operator's, each of a subject whose events keep their order. */
export interface EventFeed<Event> {
  readonly name: FeedName;
  /** What its job is called. */
  readonly job: string;
  subjectOf(event: Event): string;
  /** Throws where an event was not taken. */
  tell(event: Event): Promise<void>;
  /** What waits of subjects that are not tried again (`isUntoldSql`), oldest first. */
  waiting(sql: SqlRunner, limit: number): Promise<readonly Event[]>;
  /** What waits of these subjects, of each its oldest. */
  waitingOf(sql: SqlRunner, subjectIds: readonly string[], limitEach: number): Promise<readonly Event[]>;
  /** Notes that these were taken. */
  settle(sql: SqlRunner, events: readonly Event[], now: Temporal.Instant): Promise<void>;
}

const PORTION = 500;
const AT_ONCE = 32;

/** Of those that were not taken: so many subjects at once, and of each so much before it goes with all others again. */
const AGAIN_AT_ONCE = 16;
const AGAIN_EACH = 20;

const FIRST_WAIT_SECONDS = 2;
const LONGEST_WAIT_SECONDS = 60;

/**
 * When a subject whose events were not taken so many times in a row is tried again. Within a minute or so however long the
 * program was away: somebody who has data again is slow until it is told.
 *
 * @param chance 0…1, spreads the tries of many
 */
export function nextTry(now: Temporal.Instant, failures: number, chance: number): Temporal.Instant {
  const seconds = Math.min(FIRST_WAIT_SECONDS * 2 ** Math.min(failures - 1, 20), LONGEST_WAIT_SECONDS);
  return now.add({ milliseconds: Math.round(seconds * 1_000 * (1 + chance / 2)) });
}

/**
 * The jobs that bring a feed's events: one for all subjects, and one for those whose events were not taken. Apart, so that
 * nobody waits behind somebody whose events are never taken, however many those are and however long they take to fail.
 * In no transaction, which would stay open for as long as the program takes: each event comes at least once.
 */
export function eventFeedJobs<Event>(
  sql: SqlRunner,
  feed: EventFeed<Event>,
  chance: () => number = Math.random,
): readonly Job[] {
  const { name, subjectOf } = feed;
  const tell = (event: Event) => feed.tell(event);

  /** Notes what came of a portion, also where the process stops. */
  async function note(told: Told<Event>, now: Temporal.Instant, failuresBefore: ReadonlyMap<string, number>) {
    await feed.settle(sql, told.taken, now);
    const gotOn = new Set(told.taken.map(subjectOf));
    const untold = [...told.failures.keys()].map((subjectId) => {
      const failures = (gotOn.has(subjectId) ? 0 : (failuresBefore.get(subjectId) ?? 0)) + 1;
      return { subjectId, failures, nextAttemptAt: nextTry(now, failures, chance()) };
    });
    await postponeUntold(sql, name, untold);
  }

  return [
    {
      name: feed.job,
      everySeconds: 2,
      run: (now, stopping) =>
        untilTold(stopping, async () => {
          const events = await feed.waiting(sql, PORTION);
          const told = await tellInOrder(events, { atOnce: AT_ONCE, subjectOf, tell, stopping });
          await note(told, now, new Map());
          return { told, isFull: events.length === PORTION };
        }),
    },
    {
      name: `${feed.job}-again`,
      everySeconds: 2,
      run: (now, stopping) =>
        untilTold(stopping, async () => {
          const due = await loadUntoldDue(sql, { feed: name, now, limit: AGAIN_AT_ONCE });
          const subjectIds = due.map(({ subjectId }) => subjectId);
          const events = await feed.waitingOf(sql, subjectIds, AGAIN_EACH);
          const told = await tellInOrder(events, { atOnce: AGAIN_AT_ONCE, subjectOf, tell, stopping });
          await note(told, now, new Map(due.map(({ subjectId, failures }) => [subjectId, failures])));
          const tried = new Set(told.taken.map(subjectOf));
          // Of some nothing waits any more: somebody put it out of the way.
          const waiting = new Set(events.map(subjectOf));
          const isReleased = (id: string) => !waiting.has(id) || (tried.has(id) && !told.failures.has(id));
          await releaseUntold(sql, name, subjectIds.filter(isReleased));
          return { told, isFull: due.length === AGAIN_AT_ONCE };
        }),
    },
  ];
}

/**
 * Portion after portion, until one is not full or the program is away; answers how many events were taken.
 *
 * @throws at the end where something was not taken, for the log
 */
async function untilTold(
  stopping: AbortSignal | undefined,
  portion: () => Promise<{ readonly told: Told<unknown>; readonly isFull: boolean }>,
): Promise<number> {
  let taken = 0;
  const untold = new Map<string, unknown>();
  for (let isMore = true; isMore; ) {
    stopping?.throwIfAborted();
    const { told, isFull } = await portion();
    taken += told.taken.length;
    for (const [subject, why] of told.failures) untold.set(subject, why);
    isMore = isFull && !told.isAway;
  }
  const [first] = untold;
  if (first === undefined) return taken;
  const [subject, cause] = first;
  const why = cause instanceof Error ? cause.message : String(cause);
  throw new Error(`not taken: events of ${subject} (${why}); others: ${untold.size - 1}`, { cause });
}
