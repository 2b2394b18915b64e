import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCoinFamily } from '../../tests/support/coin-family.ts';
import { testDatabase } from '../../tests/support/database.ts';
import { systemClock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import { type Database, inTransaction, runnerOf } from '../infra/db/index.ts';
import { verifyLedger } from './index.ts';
import { submitWithin } from './within.ts';

let database: Database;
const coin = createCoinFamily();

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function counts(ownerId: string) {
  const { rows } = await database.pool.query(
    `select (select count(*) from ledger_entry where to_owner_id = $1) as entries,
            (select count(*) from ledger_lot where owner_id = $1) as lots,
            (select count(*) from ledger_owner where owner_id = $1) as owners`,
    [ownerId],
  );
  return rows[0];
}

test.each(['commits', 'fails'])('a command within a transaction that %s stands or falls with it', async (end) => {
  const ownerId = newId();
  const transaction = inTransaction(database.db, async (tx) => {
    const command = { requestId: newId(), kind: 'grant', to: ownerId, amount: 5 } as const;
    await submitWithin(runnerOf(tx), systemClock.now(), coin, [command]);
    if (end === 'fails') throw new Error('something else went wrong');
  });
  if (end === 'fails') await expect(transaction).rejects.toThrow('something else');
  else await transaction;
  const each = end === 'fails' ? 0 : 1;
  expect(await counts(ownerId)).toEqual({ entries: each, lots: each, owners: each });
  expect(await verifyLedger(runnerOf(database.db))).toEqual([]);
});

test('a row that is refused fails the transaction', async () => {
  const ownerId = newId();
  const family = {
    ...coin,
    save: async (sql: Parameters<typeof coin.save>[0]) =>
      void (await sql.query('insert into ledger_owner values (null)')),
  };
  const transaction = inTransaction(database.db, (tx) =>
    submitWithin(runnerOf(tx), systemClock.now(), family, [
      { requestId: newId(), kind: 'grant', to: ownerId, amount: 5 },
    ]),
  );
  await expect(transaction).rejects.toHaveProperty('code', '23502');
  expect(await counts(ownerId)).toEqual({ entries: 0, lots: 0, owners: 0 });
});

test('several commands within a transaction are one batch, and a repeat of one gets its answer', async () => {
  const ownerId = newId();
  const commands = [3, 4].map((amount) => ({ requestId: newId(), kind: 'grant', to: ownerId, amount }) as const);
  const run = () => inTransaction(database.db, (tx) => submitWithin(runnerOf(tx), systemClock.now(), coin, commands));
  const first = await run();
  expect(first.map((submitted) => submitted.ok && submitted.isReplay)).toEqual([false, false]);
  expect(await run()).toEqual(first.map((submitted) => ({ ...submitted, isReplay: true })));
  expect(await counts(ownerId)).toMatchObject({ entries: 2 });
});
