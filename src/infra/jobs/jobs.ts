import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import type { Db } from '../db/runner.ts';

/**
 * Later work: each job does everything that is due by `now` and can be run again at any moment, or stopped between two portions. What is due stands in
 * the tables, so a missed tick, a second process or a moved clock changes nothing but the moment.
 */
export interface Job {
  readonly name: string;
  /** How often to look, in seconds. */
  readonly everySeconds: number;
  /**
   * Answers how many things it did; 0 when nothing was due.
   *
   * @param stopping says that the process ends. Whatever goes by portions throws its reason between two (`throwIfAborted`),
   *   so that nothing is taken to be done that was not
   */
  run(now: Temporal.Instant, stopping?: AbortSignal): Promise<number>;
}

export interface Jobs {
  start(): void;
  /**
   * Runs every job until none finds anything due: for a moved clock, and for tests. Rejects when the database is gone.
   * @param within only those that would look within so many seconds by themselves
   */
  runDue(within?: number): Promise<void>;
  /** Nothing begins any more, and what is under way ends with the portion it is at. */
  stop(): Promise<void>;
}

export interface JobsOptions {
  /**
   * Where the locks are held: a pool apart from the one the jobs work on, with a connection for each job. Were it the same,
   * jobs that come due together would hold all connections and wait for more, and pages with them.
   */
  locks: Db;
  clock: Clock;
  jobs: readonly Job[];
  onError(job: string, error: unknown): void;
}

/** Runs jobs on a timer; an advisory lock keeps a job to one process of many at a time. */
export function createJobs({ locks, clock, jobs, onError }: JobsOptions): Jobs {
  const timers: NodeJS.Timeout[] = [];
  const underWay = new Set<Promise<unknown>>();
  const stopping = new AbortController();
  let lastDue = Promise.resolve();

  /** Holds the locks of those nobody is at while `work` runs them: one statement before and one after, however many they are. */
  async function holding<Answer>(
    wanted: readonly Job[],
    work: (free: readonly Job[]) => Promise<Answer>,
  ): Promise<Answer> {
    const names = wanted.map(({ name }) => `job:${name}`);
    return locks.connection().execute(async (connection) => {
      const { rows } = await sql<{ name: string; locked: boolean }>`
        select name, pg_try_advisory_lock(hashtextextended(name, 0)) as locked
        from unnest(${names}::text[]) as name`.execute(connection);
      const ours = rows.filter(({ locked }) => locked).map(({ name }) => name);
      try {
        return await work(wanted.filter(({ name }) => ours.includes(`job:${name}`)));
      } finally {
        await sql`select pg_advisory_unlock(hashtextextended(name, 0)) from unnest(${ours}::text[]) as name`.execute(
          connection,
        );
      }
    });
  }

  /** How many things it did; what fails is told and has done nothing. */
  async function guarded(job: Job, run: () => Promise<number>): Promise<number> {
    try {
      return await run();
    } catch (error) {
      // It has ended where it was told to.
      if (error !== stopping.signal.reason) onError(job.name, error);
      return 0;
    }
  }

  async function tracked<Answer>(work: Promise<Answer>): Promise<Answer> {
    underWay.add(work);
    try {
      return await work;
    } finally {
      underWay.delete(work);
    }
  }

  async function untilQuiet(wanted: readonly Job[]): Promise<void> {
    // What one does may make something due for any other: over when each has found nothing since the last that did.
    let quiet = 0;
    for (let round = 0, isOver = false; round < 20 && !isOver; round += 1) {
      isOver = await holding(wanted, async (free) => {
        for (const job of free) {
          if (quiet >= free.length || stopping.signal.aborted) break;
          quiet = (await guarded(job, () => job.run(clock.now(), stopping.signal))) === 0 ? quiet + 1 : 0;
        }
        return quiet >= free.length || stopping.signal.aborted;
      });
    }
  }

  return {
    start() {
      for (const job of jobs) {
        let isRunning = false;
        const tick = async () => {
          if (isRunning) return;
          isRunning = true;
          const alone = () => holding([job], async ([free]) => (free ? free.run(clock.now(), stopping.signal) : 0));
          await tracked(guarded(job, alone));
          isRunning = false;
        };
        timers.push(setInterval(tick, job.everySeconds * 1_000));
      }
    },
    runDue(within = Number.POSITIVE_INFINITY) {
      const wanted = jobs.filter(({ everySeconds }) => everySeconds <= within);
      // One after the other: whoever asks while it runs hears of it when what is due by then is done, too.
      const mine = lastDue.then(() => untilQuiet(wanted));
      lastDue = mine.catch(() => undefined);
      return tracked(mine);
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      stopping.abort();
      await Promise.allSettled(underWay);
    },
  };
}
