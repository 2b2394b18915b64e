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
