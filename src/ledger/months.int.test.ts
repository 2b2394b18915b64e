import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCoinFamily, grant, transfer } from '../../tests/support/coin-family.ts';
import { testDatabase } from '../../tests/support/database.ts';
import { systemClock } from '../base/clock.ts';
import { firstIdAt, newId } from '../base/ids.ts';
import { addMonths, monthOf, startOfMonth } from '../base/operator-month.ts';
import { byKeySettings, type Database, openDatabase, runnerOf } from '../infra/db/index.ts';
import { createLedger, entriesSql, makeJournalMonths, reconcile, verifyLedger } from './index.ts';

// Ids only go ahead, so the tests live through the same months, one after the other.

let database: Database;
let lane: Database;
let ledger: ReturnType<typeof createLedger>;
const coin = createCoinFamily();
const [A, B] = [newId(), newId()];
/** The next one, from its middle on: whatever the machine's clock says by the end of the run, it is not there yet. */
const thisMonth = addMonths(monthOf(systemClock.now(), 'UTC'), 1);

beforeAll(async () => {
  database = await testDatabase();
  const [until] = await column<string>(
    `select relname as it from pg_class where relname like 'ledger\\_entry\\_until\\_%' and relkind = 'r'`,
  );
  await database.pool.query(`
    alter table ledger_entry detach partition ${until};
    alter table ${until} rename to ${named('until_', 1)};
    alter table ledger_entry attach partition ${named('until_', 1)} for values from (minvalue) to ('${firstIdAt(startOf(1))}')`);
  newId(startOf(0) + 15 * 24 * 3_600_000);
  // A movement that waits for a table fails, so that the test does not wait with it.
  lane = openDatabase({ url: database.url, settings: { ...byKeySettings, lock_timeout: '20s' } });
  ledger = createLedger({ pool: lane.pool, clock: systemClock });
});
afterAll(async () => {
  await ledger.stop();
  await lane.close();
  await database.close();
});

const make = () => makeJournalMonths({ db: database.db }).run();
const startOf = (ahead: number) => startOfMonth(addMonths(thisMonth, ahead), 'UTC').epochMilliseconds;
const named = (kind: string, ahead: number) => `ledger_entry_${kind}${addMonths(thisMonth, ahead).replace('-', '_')}`;
/** From now on the machine's clock is in that month. */
const goTo = (ahead: number) => newId(startOf(ahead) + 60_000);
const column = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await database.pool.query<{ it: T }>(text, values)).rows.map(({ it }) => it);
const tables = () =>
  column<string>(`select relname::text as it from pg_inherits join pg_class on oid = inhrelid
                  where inhparent = 'ledger_entry'::regclass order by 1`);
/** In which tables entries lie, oldest first, each once. */
const places = () =>
  column<string>('select tableoid::regclass::text as it from ledger_entry group by 1 order by min(entry_id::text)');
const walked = (side: 'out' | 'in', owner: string) =>
  column<number>(`select amount as it from ${entriesSql(side, '$1')} as entry`, [owner]);

test('what is there stays where it is, and the months ahead are made once, by whoever comes first', async () => {
  await ledger.submit(coin, grant(A, 100));
  await ledger.submit(coin, transfer(A, B, 1));
  expect(await tables()).toEqual(['ledger_entry_rest', named('until_', 1)]);
  const done = await Promise.all([make(), make(), make()]);
  expect(done.reduce((sum, count) => sum + count)).toBe(3);
  expect(await tables()).toEqual([named('', 1), named('', 2), named('', 3), 'ledger_entry_rest', named('until_', 1)]);
  expect(await make()).toBe(0);
});

test('an owner’s entries are walked across the edge of a month', async () => {
  goTo(1);
  await ledger.submit(coin, transfer(A, B, 2));
  expect(await places()).toEqual([named('until_', 1), named('', 1)]);
  expect(await walked('out', A)).toEqual([2, 1]);
  expect(await walked('in', B)).toEqual([2, 1]);
});

test('a step along the chain looks into one table', async () => {
  const client = await database.pool.connect();
  await client.query(
    `set plan_cache_mode = force_generic_plan; prepare walk (uuid) as select amount from ${entriesSql('out', '$1')} as entry`,
  );
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(
    `explain (analyze, costs off, timing off, summary off, buffers off) execute walk ('${A}')`,
  );
  client.release(true);
  const plan = rows.map((row) => row['QUERY PLAN']);
  const looks = plan.filter((line) => line.includes('Scan') && line.includes('on ledger_entry_'));
  // To the newest and to the one before it, each of another month; the plan names all tables for either.
  expect(looks).toHaveLength(2 * (await tables()).length);
  const taken = looks.filter((line) => !line.includes('never executed'));
  expect(taken).toEqual([
    expect.stringMatching(`Index Scan .* ${named('', 1)} .*loops=1`),
    expect.stringMatching(`Index Scan .* ${named('until_', 1)} .*loops=1`),
  ]);
});

test('movements go on while a table is attached', async () => {
  await database.pool.query(`
    create function wait_here() returns event_trigger language plpgsql as $$
    begin
      set local lock_timeout = 0;
      perform pg_advisory_xact_lock(1);
    end $$;
    create event trigger wait_here on ddl_command_end when tag in ('ALTER TABLE') execute function wait_here()`);
  const client = await database.pool.connect();
  await client.query('select pg_advisory_lock(1)');
  const made = make();
  try {
    await expect
      .poll(() =>
        column(`select 1 as it from pg_locks where locktype = 'advisory' and not granted
                and database = (select oid from pg_database where datname = current_database())`),
      )
      .toHaveLength(1);
    await expect(ledger.submit(coin, transfer(A, B, 3))).resolves.toMatchObject({ isReplay: false });
  } finally {
    client.release(true);
  }
  expect(await made).toBe(1);
  await database.pool.query('drop event trigger wait_here');
});

test('without a month movements go on, and what came meanwhile gets one', async () => {
  goTo(7);
  await ledger.submit(coin, transfer(A, B, 4));
  expect((await places()).at(-1)).toBe('ledger_entry_rest');
  expect(await make()).toBe(3);
  expect((await places()).at(-1)).toBe(named('until_', 9));
  expect(await tables()).toEqual([
    ...[1, 2, 3, 4, 9, 10].map((ahead) => named('', ahead)),
    'ledger_entry_rest',
    ...[1, 9].map((ahead) => named('until_', ahead)),
  ]);
  await ledger.submit(coin, transfer(A, B, 5));
  expect(await walked('out', A)).toEqual([5, 4, 3, 2, 1]);
  expect(await make()).toBe(0);
  expect(await verifyLedger(runnerOf(database.db))).toEqual([]);
});

test('no table allows a change', async () => {
  for (const table of ['ledger_entry', ...(await places())]) {
    for (const change of [`update ${table} set amount = amount + 1`, `delete from ${table}`, `truncate ${table}`]) {
      await expect(database.pool.query(change)).rejects.toThrow('ledger_entry is insert-only');
    }
  }
});

test('of a month that was taken away an owner’s entries end, and what is left agrees', async () => {
  const begins = 'select ledger_journal_begins()::text as it';
  expect(await column(begins)).toEqual(['00000000-0000-0000-0000-000000000000']);
  const look = () => reconcile(database.db, systemClock.now(), { more: [], from: 'last-look' });
  expect(await look()).toEqual([]);
  await database.pool.query(`alter table ledger_entry detach partition ${named('until_', 1)}`);
  expect(await column(begins)).toEqual([firstIdAt(startOf(1))]);
  expect(await walked('out', A)).toEqual([5, 4, 3, 2]);
  expect(await make()).toBe(0);
  expect(await verifyLedger(runnerOf(database.db))).toEqual([]);
  // What is older than the journal is summed up from what its oldest entry there says it held.
  const change = (by: number) =>
    database.pool.query('update ledger_owner set remaining[1] = remaining[1] + $1 where owner_id = $2', [by, A]);
  await change(1);
  expect(await verifyLedger(runnerOf(database.db))).toEqual([
    expect.objectContaining({ says: expect.stringContaining('by its entries since the journal begins') }),
  ]);
  await change(-1);
  await database.pool.query(`alter table ledger_entry detach partition ${named('', 1)}`);
  expect(await verifyLedger(runnerOf(database.db))).toEqual([]);
  await ledger.submit(coin, transfer(B, A, 6));
  expect(await walked('in', A)).toEqual([6]);
  expect(await look()).toEqual([]);
});
