import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../tests/support/database.ts';
import { createAdjustableClock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import { type Database, runnerOf } from '../infra/db/index.ts';
import type { Bulk } from './bulk.ts';
import { createLedger, LedgerBusy, verifyLedger } from './index.ts';

let database: Database;
const clock = createAdjustableClock('2026-04-10T12:00:00+09:00');
const newLedger = () => createLedger({ pool: database.pool, clock });

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const cause = { scope: 'coin', requestId: 'a bulk' };
const someOwners = () => Array.from({ length: 50 }, newId);
const lotUntil = (month: string) =>
  ({
    source: 'plan-grant',
    unit: 'byte',
    kind: 'coin',
    amount: 7,
    grantedAt: clock.now(),
    expiresAt: Temporal.Instant.from(`2026-${month}-01T00:00:00+09:00`),
  }) as const;

async function bring(bulk: Bulk, owners: readonly string[], month = '05'): Promise<void> {
  await bulk.lock(owners);
  bulk.bringEach(owners, lotUntil(month), cause);
}

async function lotsOf(owners: readonly string[]) {
  const { rows } = await database.pool.query<{ remaining: number }>(
    'select remaining from ledger_lot where owner_id = any($1) order by remaining',
    [owners],
  );
  return Map.groupBy(rows, (row) => row.remaining);
}

test('each gets a lot, and what has ended is taken out, through the journal, with ids that come after those before', async () => {
  const [ledger, owners, earlier] = [newLedger(), someOwners(), newId()];
  await ledger.inBulk((bulk) => bring(bulk, owners));
  await ledger.inBulk((bulk) => bring(bulk, owners, '06'));
  await ledger.inBulk(async (bulk) => bulk.takeEnded(owners, 'byte', lotUntil('05').expiresAt, cause));
  const lots = await lotsOf(owners);
  expect([lots.get(0)?.length, lots.get(7)?.length]).toEqual([50, 50]);
  const { rows } = await database.pool.query<{ id: string; reason: string }>(
    `select entry_id as id, reason from ledger_entry where entry_id > $1 order by entry_id`,
    [earlier],
  );
  expect(rows.map(({ reason }) => reason)).toEqual([...Array(100).fill('plan-grant'), ...Array(50).fill('expiry')]);
  expect((rows.at(-1)?.id ?? '') < newId()).toBe(true);
  expect(await verifyLedger(runnerOf(database.db))).toEqual([]);
  await ledger.stop();
});

test('each gets its own amount into the lot it has, or a new one, and all it has of the unit lives on as long', async () => {
  const [ledger, owners] = [newLedger(), someOwners()];
  const [fresh = '', holding = '', mixed = '', ended = ''] = owners;
  const until = (month: string, more: object = {}) => ({ ...lotUntil(month), unit: 'point' as const, ...more });
  await ledger.inBulk(async (bulk) => {
    await bulk.lock(owners);
    bulk.bringEach([holding], until('05'), cause);
    bulk.bringEach([mixed], until('05', { kind: 'other', amount: 2 }), cause);
    bulk.bringEach([mixed], { ...lotUntil('05'), amount: 3 }, cause);
    bulk.bringEach([ended], until('05', { amount: 4, expiresAt: clock.now() }), cause);
  });
  await ledger.inBulk(async (bulk) => {
    await bulk.lock(owners);
    const shares = [fresh, holding, mixed, ended].map((ownerId, n) => ({ ownerId, amount: 10 * (n + 1) }));
    bulk.addEach(shares, until('08'), cause);
  });
  const { rows } = await database.pool.query<{ owner: string; lot: string }>(
    `select owner_id as owner, concat_ws(' ', unit, kind, remaining, to_char(expires_at at time zone 'Asia/Tokyo', 'MM')) as lot
     from ledger_lot where owner_id = any($1) order by remaining`,
    [owners],
  );
  const lotsOf = (owner: string) => rows.filter((row) => row.owner === owner).map(({ lot }) => lot);
  expect([fresh, holding, mixed, ended].map(lotsOf)).toEqual([
    ['point coin 10 08'],
    ['point coin 27 08'],
    ['point other 2 08', 'byte coin 3 05', 'point coin 30 08'],
    ['point coin 4 04', 'point coin 40 08'],
  ]);
  expect(await verifyLedger(runnerOf(database.db))).toEqual([]);
  await ledger.stop();
});

test('it is run again when another was in the way, and leaves nothing when it fails', async () => {
  const [ledger, owners] = [newLedger(), someOwners()];
  let runs = 0;
  const inTheWay = `do $$ begin raise exception 'another was first' using errcode = '40001'; end $$`;
  await ledger.inBulk(async (bulk) => {
    runs += 1;
    await bring(bulk, owners);
    if (runs < 3) await bulk.teller.query(inTheWay);
  });
  expect([runs, (await lotsOf(owners)).get(7)?.length]).toEqual([3, 50]);

  const others = someOwners();
  const broken = ledger.inBulk(async (bulk) => {
    await bring(bulk, others);
    throw new Error('a bug in a rule');
  });
  await expect(broken).rejects.toThrow('a bug in a rule');
  const refused = ledger.inBulk(async (bulk) => {
    await bring(bulk, others);
    await bulk.asker.query('select 1 / 0');
  });
  await expect(refused).rejects.toThrow('division by zero');
  expect((await lotsOf(others)).size).toBe(0);
  // The connection that failed is as good as before.
  await ledger.inBulk((bulk) => bring(bulk, others));
  expect((await lotsOf(others)).get(7)).toHaveLength(50);
  await ledger.stop();
});

test('a ledger that stops finishes what is under way and takes no more', async () => {
  const [ledger, owners] = [newLedger(), someOwners()];
  const underWay = ledger.inBulk((bulk) => bring(bulk, owners));
  await ledger.stop();
  expect((await lotsOf(owners)).get(7)).toHaveLength(50);
  await underWay;
  await expect(ledger.inBulk((bulk) => bring(bulk, owners))).rejects.toThrow(LedgerBusy);
});
