import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import type { Db } from '../db/runner.ts';

/**
 * Later work: each job does everything that is due by `now` and can be run again at any moment. What is due stands in
 * the tables, so a missed tick, a second process or a moved clock changes nothing but the moment.
 */
export interface Job {
  readonly name: string;
  /** How often to look, in seconds. */
  readonly everySeconds: number;
  /** Answers how many things it did; 0 when nothing was due. */
  run(now: Temporal.Instant): Promise<number>;
}

export interface Jobs {
  start(): void;
  /** Runs every job until none finds anything due: for a moved clock, and for tests. */
  runDue(): Promise<void>;
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

  async function runOnce(job: Job): Promise<number> {
    return locks.connection().execute(async (connection) => {
      const lock = sql<{
        locked: boolean;
      }>`select pg_try_advisory_lock(hashtextextended(${`job:${job.name}`}, 0)) as locked`;
      const { rows } = await lock.execute(connection);
      if (!rows[0]?.locked) return 0;
      try {
        return await job.run(clock.now());
      } finally {
        await sql`select pg_advisory_unlock(hashtextextended(${`job:${job.name}`}, 0))`.execute(connection);
      }
    });
  }

  async function guarded(job: Job): Promise<number> {
    const work = runOnce(job).catch((error: unknown) => {
      onError(job.name, error);
      return 0;
    });
    underWay.add(work);
    const done = await work;
    underWay.delete(work);
    return done;
  }

  return {
    start() {
      for (const job of jobs) {
        let isRunning = false;
        const tick = async () => {
          if (isRunning) return;
          isRunning = true;
          await guarded(job);
          isRunning = false;
        };
        timers.push(setInterval(tick, job.everySeconds * 1_000));
      }
    },
    async runDue() {
      // What one does may make something due for any other: over when each has found nothing since the last that did.
      let quiet = 0;
      for (let round = 0; round < 20; round += 1) {
        for (const job of jobs) {
          quiet = (await guarded(job)) === 0 ? quiet + 1 : 0;
          if (quiet === jobs.length) return;
        }
      }
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(underWay);
    },
  };
}
