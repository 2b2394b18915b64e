import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCoinFamily, grant } from '../../tests/support/coin-family.ts';
import { testDatabase } from '../../tests/support/database.ts';
import { createAdjustableClock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import type { Database } from '../infra/db/index.ts';
import { createLedger, forgetOldAnswers } from './index.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('a repeat is known for 400 days; the journal is kept', async () => {
  const clock = createAdjustableClock('2026-04-10T03:00:00Z');
  const ledger = createLedger({ pool: database.pool, clock });
  const coin = createCoinFamily();
  const command = grant(newId(), 10);
  const submit = () => ledger.submit(coin, command);
  const forget = forgetOldAnswers({ db: database.db });
  await submit();
  clock.advance('PT9599H');
  expect(await forget.run(clock.now())).toBe(0);
  expect(await submit()).toMatchObject({ isReplay: true });
  clock.advance('PT2H');
  expect(await forget.run(clock.now())).toBe(1);
  expect(await forget.run(clock.now())).toBe(0);
  expect(await submit()).toMatchObject({ isReplay: false });
  await ledger.stop();
  const { rows } = await database.pool.query('select from ledger_entry');
  expect(rows).toHaveLength(2);
});
