import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CoinCommand, createCoinFamily, grant, transfer } from '../../tests/support/coin-family.ts';
import { testDatabase } from '../../tests/support/database.ts';
import { createAdjustableClock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import { type Database, runnerOf, type SqlRunner } from '../infra/db/index.ts';
import { createLedger, type LedgerOptions, verifyLedger } from './index.ts';

let database: Database;
const clock = createAdjustableClock('2026-11-23T03:00:00Z');
const coin = createCoinFamily();

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const start = (options: Partial<LedgerOptions> = {}) => createLedger({ pool: database.pool, clock, ...options });

async function balances(...ownerIds: string[]): Promise<number[]> {
  const { rows } = await database.pool.query<{ owner_id: string; held: number }>(
    'select owner_id, sum(remaining)::int as held from ledger_lot where owner_id = any($1) group by owner_id',
    [ownerIds],
  );
  const held = new Map(rows.map((row) => [row.owner_id, row.held]));
  return ownerIds.map((ownerId) => held.get(ownerId) ?? 0);
}

describe('a batch', () => {
  const owner = fc.nat(3);
  const commands = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('grant' as const), to: owner, amount: fc.integer({ min: 1, max: 9 }) }),
      fc.record({
        kind: fc.constant('transfer' as const),
        from: owner,
        to: owner,
        amount: fc.integer({ min: 1, max: 9 }),
      }),
      fc.record({ kind: fc.constant('repeat' as const), of: fc.nat(20) }),
    ),
    { maxLength: 40 },
  );

  /** The drawn commands among owners of this run. */
  function among(ownerIds: readonly string[], drawn: typeof commands extends fc.Arbitrary<infer T> ? T : never) {
    const made: CoinCommand[] = [];
    const id = (index: number) => ownerIds[index] ?? newId();
    for (const one of drawn) {
      if (one.kind === 'grant') made.push(grant(id(one.to), one.amount));
      else if (one.kind === 'transfer') made.push(transfer(id(one.from), id(one.to), one.amount));
      else made.push(...made.slice(one.of, one.of + 1));
    }
    return made;
  }

  test('equals the same commands one by one; nothing is created, lost or below zero', async () => {
    const together = start();
    const single = start({ batchSize: 1 });
    await fc.assert(
      fc.asyncProperty(commands, async (drawn) => {
        const ours = [newId(), newId(), newId(), newId()];
        const theirs = [newId(), newId(), newId(), newId()];
        const atOnce = await Promise.all(among(ours, drawn).map((command) => together.submit(coin, command)));
        const oneByOne = [];
        for (const command of among(theirs, drawn)) oneByOne.push(await single.submit(coin, command));
        expect(atOnce).toEqual(oneByOne);
        expect(await balances(...ours)).toEqual(await balances(...theirs));
      }),
      { numRuns: 40 },
    );
    expect(await verifyLedger(runnerOf(database.db))).toEqual([]);
    await Promise.all([together.stop(), single.stop()]);
  });

  test('finds the lots where the batches before it left them', async () => {
    const ledger = start();
    const [a, b] = [newId(), newId()];
    await ledger.submit(coin, grant(a, 50));
    for (let round = 0; round < 10; round++) {
      await Promise.all([
        ledger.submit(coin, transfer(a, b, 3)),
        ledger.submit(coin, transfer(b, a, 1)),
        ledger.submit(coin, transfer(a, b, 1)),
      ]);
      // Rows are moved together within their page and their places used again, as by autovacuum.
      if (round === 5) await database.pool.query('vacuum ledger_owner');
    }
    expect(await balances(a, b)).toEqual([20, 30]);
    expect(await verifyLedger(runnerOf(database.db))).toEqual([]);
    await ledger.stop();
  });

  test.each([1, 3])('with %i rules that throw harms nobody else', async (brokenCount) => {
    const ledger = start();
    const owners = Array.from({ length: 12 }, () => newId());
    await Promise.all(owners.map((ownerId) => ledger.submit(coin, grant(ownerId, 10))));
    const sink = newId();
    const settled = await Promise.allSettled(
      owners.map((from, i) =>
        ledger.submit(
          coin,
          i % 4 === 1 && i < brokenCount * 4 ? { requestId: newId(), kind: 'broken', from } : transfer(from, sink, 2),
        ),
      ),
    );
    const failed = settled.filter((one) => one.status === 'rejected');
    expect(failed.map(({ reason }) => String(reason))).toEqual(Array(brokenCount).fill('Error: a bug in a rule'));
    expect(await balances(sink)).toEqual([2 * (12 - brokenCount)]);
    expect(await verifyLedger(runnerOf(database.db))).toEqual([]);
    await ledger.stop();
  });

  test('saves without waiting, so a family that would read rows there is told', async () => {
    const ledger = start();
    const family = {
      ...coin,
      scope: 'reading-coin',
      async save(sql: SqlRunner) {
        const rows = await sql.query<{ one: number }>('select 1 as one');
        if (rows[0]?.one !== 1) throw new Error('not read');
      },
    };
    const ownerId = newId();
    await expect(ledger.submit(family, grant(ownerId, 1))).rejects.toThrow('cannot be read');
    expect(await balances(ownerId)).toEqual([0]);
    await ledger.stop();
  });

  test('with a value that might fail to be sent fails that command alone, and saves nothing of it', async () => {
    const ledger = start();
    const [good, bad] = [newId(), newId()];
    const family = {
      ...coin,
      scope: 'unsendable-coin',
      async save(sql: SqlRunner, ...rest: [Parameters<typeof coin.save>[1], Parameters<typeof coin.save>[2]]) {
        const value = rest[0].deeds.includes('bad') ? { big: 1n } : '{"big":1}';
        await sql.query('select $1::jsonb', [value]);
        await coin.save(sql, ...rest);
      },
    };
    const settled = await Promise.allSettled([
      ledger.submit(family, grant(good, 1)),
      ledger.submit(family, grant(bad, 1, 'bad')),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await balances(good, bad)).toEqual([1, 0]);
    await ledger.stop();
  });

  test('with a value the database refuses fails that command alone', async () => {
    const ledger = start();
    const owners = [newId(), newId(), newId()];
    const settled = await Promise.allSettled(
      owners.map((to, i) => ledger.submit(coin, grant(to, 1, i === 1 ? 'a zero \0 byte' : newId()))),
    );
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await balances(...owners)).toEqual([1, 0, 1]);
    await ledger.stop();
  });
});
