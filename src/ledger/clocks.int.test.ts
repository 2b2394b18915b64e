import { afterAll, beforeAll, expect, test } from 'vitest';
import { grant, transfer } from '../../tests/support/coin-family.ts';
import { testDatabase } from '../../tests/support/database.ts';
import { startLedgerWithClock } from '../../tests/support/other-clock.ts';
import { newId } from '../base/ids.ts';
import { type Database, runnerOf } from '../infra/db/index.ts';
import { entriesSql, verifyLedger } from './index.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const HOUR_MS = 3_600_000;

/** What took from an owner, or brought to it, oldest first, as the chain tells. */
async function chainOf(side: 'in' | 'out', ownerId: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ id: string }>(
    `select entry_id as id from ${entriesSql(side, '$1::uuid')} as walk`,
    [ownerId],
  );
  return rows.map(({ id }) => id).reverse();
}

test('two processes with clocks an hour apart, now one, now the other and both at once, leave one sound chain', async () => {
  const behind = startLedgerWithClock(database.url, 0);
  const ahead = startLedgerWithClock(database.url, HOUR_MS);
  const [one, other] = [newId(), newId()];
  await behind.submit(grant(one, 100));
  await ahead.submit(grant(other, 100));
  // Whoever is behind finds entries of an hour from now, and its own come after them.
  for (let round = 0; round < 5; round += 1) {
    await ahead.submit(transfer(one, other, 1));
    await behind.submit(transfer(one, other, 1));
  }
  for (let round = 0; round < 10; round += 1) {
    await Promise.all([ahead.submit(transfer(one, other, 1)), behind.submit(transfer(other, one, 1))]);
  }
  await Promise.all([behind.stop(), ahead.stop()]);

  const chains = [
    await chainOf('out', one),
    await chainOf('in', one),
    await chainOf('out', other),
    await chainOf('in', other),
  ];
  expect(chains.map((chain) => chain.length)).toEqual([20, 11, 10, 21]);
  for (const chain of chains) expect(chain).toEqual([...chain].sort());
  expect(await verifyLedger(runnerOf(database.db))).toEqual([]);
});
