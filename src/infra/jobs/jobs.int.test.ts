import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { systemClock } from '../../base/clock.ts';
import { type Database, openDatabase, runnerOf } from '../db/index.ts';
import { createJobs } from './jobs.ts';

let database: Database;
let locks: Database;
beforeAll(async () => {
  database = await testDatabase({ poolSize: 2 });
  locks = openDatabase({ url: database.url, poolSize: 4 });
});
afterAll(async () => {
  await locks.close();
  await database.close();
});

test('jobs that come due at one moment do not take the connections from each other', async () => {
  const faults: unknown[] = [];
  const done = new Set<string>();
  const [all, allDone] = [4, Promise.withResolvers<void>()];
  // Each begins only when all have their locks: the worst moment there can be.
  const [begun, allBegun] = [new Set<string>(), Promise.withResolvers<void>()];
  const jobs = createJobs({
    locks: locks.db,
    clock: systemClock,
    onError: (_, error) => {
      faults.push(error);
      allDone.resolve();
    },
    jobs: Array.from({ length: all }, (_, index) => ({
      name: `test.${index}`,
      everySeconds: 0.05,
      async run() {
        if (begun.add(`${index}`).size === all) allBegun.resolve();
        await allBegun.promise;
        await runnerOf(database.db).query('select 1');
        if (done.add(`${index}`).size === all) allDone.resolve();
        return 0;
      },
    })),
  });
  jobs.start();
  await allDone.promise;
  await jobs.stop();
  expect({ faults, done: done.size }).toEqual({ faults: [], done: all });
});

test('who asks for what is due while somebody else does it, hears when what is due by then is done', async () => {
  const waiting: string[] = ['first'];
  const did: string[] = [];
  const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const jobs = createJobs({
    locks: locks.db,
    clock: systemClock,
    onError: (_, error) => {
      throw error;
    },
    jobs: [
      {
        name: 'test.due',
        everySeconds: 3_600,
        async run() {
          const due = waiting.splice(0);
          if (due.includes('first')) {
            begun.resolve();
            await goOn.promise;
          }
          did.push(...due);
          return due.length;
        },
      },
    ],
  });
  const one = jobs.runDue();
  await begun.promise;
  waiting.push('second');
  const other = jobs.runDue().then(() => [...did]);
  goOn.resolve();
  expect(await other).toEqual(['first', 'second']);
  await one;
  const { rows } = await database.pool.query(
    `select count(*)::integer as held from pg_locks join pg_database on oid = database
     where locktype = 'advisory' and datname = current_database()`,
  );
  expect(rows).toEqual([{ held: 0 }]);
  await jobs.stop();
});

test('of what is due, only what looks often enough by itself is done when asked so', async () => {
  const did: number[] = [];
  const jobs = createJobs({
    locks: locks.db,
    clock: systemClock,
    onError: (_, error) => {
      throw error;
    },
    jobs: [5, 59, 60].map((everySeconds) => ({
      name: `test.every-${everySeconds}`,
      everySeconds,
      async run() {
        did.push(everySeconds);
        return 0;
      },
    })),
  });
  await jobs.runDue(59);
  expect(did).toEqual([5, 59]);
  await jobs.runDue();
  expect(did).toEqual([5, 59, 5, 59, 60]);
});
