import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCoinFamily, grant, transfer } from '../../tests/support/coin-family.ts';
import { testDatabase } from '../../tests/support/database.ts';
import { createAdjustableClock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import type { Database } from '../infra/db/index.ts';
import { createLedger, LedgerBusy, type LedgerOptions, type Submitted } from './index.ts';

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

async function entriesOf(requestId: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    'select count(*)::int as count from ledger_entry where request_id = $1',
    [requestId],
  );
  return rows[0]?.count ?? -1;
}

const answers = (submitted: readonly Submitted<unknown>[]) => submitted.map((one) => (one.ok ? one.answer : one.code));

describe('a command', () => {
  test('moves an amount, stores its answer, and leaves one entry with both balances', async () => {
    const ledger = start();
    const [a, b] = [newId(), newId()];
    expect(await ledger.submit(coin, grant(a, 10))).toEqual({ ok: true, answer: { left: 10 }, isReplay: false });
    const command = transfer(a, b, 3);
    expect(await ledger.submit(coin, command)).toEqual({ ok: true, answer: { left: 7 }, isReplay: false });
    expect(await balances(a, b)).toEqual([7, 3]);

    const { rows } = await database.pool.query(
      `select request_scope, reason, unit, amount, from_owner_id, from_lot_after, to_owner_id, to_lot_after, at
       from ledger_entry where request_id = $1`,
      [command.requestId],
    );
    expect(rows).toEqual([
      {
        request_scope: 'coin',
        reason: 'transfer',
        unit: 'byte',
        amount: 3,
        from_owner_id: a,
        from_lot_after: 7,
        to_owner_id: b,
        to_lot_after: 3,
        at: clock.now(),
      },
    ]);
    await ledger.stop();
  });

  test('that is refused moves nothing, and its refusal is stored like an answer', async () => {
    const ledger = start();
    const [a, b] = [newId(), newId()];
    const command = transfer(a, b, 1);
    expect(await ledger.submit(coin, command)).toEqual({
      ok: true,
      answer: { refused: 'not-enough' },
      isReplay: false,
    });
    await ledger.submit(coin, grant(a, 10));
    expect(await ledger.submit(coin, command)).toEqual({ ok: true, answer: { refused: 'not-enough' }, isReplay: true });
    expect(await balances(a, b)).toEqual([10, 0]);
    await ledger.stop();
  });

  test('sees what a lot was when it was made: kind, lifetime to the millisecond, origin; a request’s id may need quoting', async () => {
    const ledger = start();
    const [a, b] = [newId(), newId()];
    const now = clock.now();
    await ledger.submit(coin, grant(a, 1));
    const { rows } = await database.pool.query<{ lot_id: string }>(
      'select lot_id from ledger_lot where owner_id = $1',
      [a],
    );
    const origin = { ownerId: a, lotId: rows[0]?.lot_id ?? '' };
    const made = {
      unit: 'point',
      kind: 'set-aside',
      grantedAt: now.add({ milliseconds: 271, microseconds: 314 }),
      expiresAt: now.add({ hours: 1 }),
    } as const;
    const odd = {
      scope: 'odd',
      owners: () => [a, b],
      body: () => null,
      load: async () => null,
      decide(_: unknown, __: unknown, book: Parameters<typeof coin.decide>[2]) {
        if (book.lotsOf(b).length === 0) book.bring('adjustment', book.open({ ...made, ownerId: b, origin }), 5);
        return book.lotsOf(b).map(({ lotId: _, grantedAt: from, expiresAt: until, origin, ...rest }) => ({
          ...rest,
          from: `${from}`,
          until: `${until}`,
          origin: { ...origin },
        }));
      },
      save: async () => undefined,
    };
    const lots = [
      {
        ownerId: b,
        kind: made.kind,
        unit: 'point',
        remaining: 5,
        from: '2026-11-23T03:00:00.271Z',
        until: '2026-11-23T04:00:00Z',
        origin,
      },
    ];
    expect(answers([await ledger.submit(odd, { requestId: 'a "quoted" \\ id' })])).toEqual([lots]);
    expect(answers([await ledger.submit(odd, { requestId: newId() })])).toEqual([lots]);
    expect(await ledger.submit(odd, { requestId: 'a "quoted" \\ id' })).toEqual({
      ok: true,
      answer: lots,
      isReplay: true,
    });

    // An ended lot stays in the book while something is left in it, and leaves it afterwards.
    clock.advance('PT1H');
    expect(answers([await ledger.submit(odd, { requestId: newId() })])).toEqual([lots]);
    await ledger.stop();
  });
});

describe('a repeat', () => {
  test.each([
    ['an id that tells its moment', () => newId()],
    ['an id that tells its moment at its end', () => `api:${newId()}`],
    ['any other', () => randomUUID()],
  ])('under %s is known, also where it was answered before keys told moments', async (_, anId) => {
    const ledger = start();
    const [owner, id] = [newId(), anId()];
    const command = grant(owner, 10, id);
    await ledger.submit(coin, command);
    expect(await ledger.submit(coin, command)).toMatchObject({ isReplay: true });
    const moved = await database.pool.query(
      `with answered as (
         delete from ledger_answer where request_key = ledger_answer_key('coin', $1) returning *
       )
       insert into ledger_answer_by_hash select ledger_request_key('coin', $1), body_hash, answer, answered_at
       from answered`,
      [id],
    );
    expect(moved.rowCount).toBe(1);
    expect(await ledger.submit(coin, command)).toMatchObject({ isReplay: true });
    expect(await ledger.submit(coin, grant(owner, 11, id))).toMatchObject({ code: 'request-id-reused' });
    await ledger.stop();
  });

  test('in the same batch, in a later one and in another process has one effect and the same answer', async () => {
    const [ledger, other] = [start(), start()];
    const [a, b] = [newId(), newId()];
    await ledger.submit(coin, grant(a, 10));
    const command = transfer(a, b, 4);
    const submitted = await Promise.all([
      ...[1, 2, 3].map(() => ledger.submit(coin, { ...command })),
      ...[1, 2, 3].map(() => other.submit(coin, { ...command })),
    ]);
    submitted.push(await ledger.submit(coin, command), await other.submit(coin, command));
    expect(answers(submitted)).toEqual(submitted.map(() => ({ left: 6 })));
    expect(submitted.filter((one) => one.ok && !one.isReplay)).toHaveLength(1);
    expect(await balances(a, b)).toEqual([6, 4]);
    expect(await entriesOf(command.requestId)).toBe(1);
    await Promise.all([ledger.stop(), other.stop()]);
  });

  test.each(['one batch', 'two batches'])('of the id with another body is refused, in %s', async (how) => {
    const ledger = start();
    const [a, b] = [newId(), newId()];
    await ledger.submit(coin, grant(a, 10));
    const command = transfer(a, b, 4);
    const other = { ...command, amount: 5 };
    const first = ledger.submit(coin, command);
    if (how === 'two batches') await first;
    expect(answers(await Promise.all([first, ledger.submit(coin, other)]))).toEqual([{ left: 6 }, 'request-id-reused']);
    expect(await balances(a, b)).toEqual([6, 4]);
    await ledger.stop();
  });

  test('of the id in another scope is another request', async () => {
    const ledger = start();
    const a = newId();
    const command = grant(a, 1);
    await Promise.all([ledger.submit(coin, command), ledger.submit(createCoinFamily('other-coin'), command)]);
    expect(await balances(a)).toEqual([2]);
    await ledger.stop();
  });
});

test('a pool that sends one statement at a time gives the same', async () => {
  const { types } = database.pool.options;
  const pool = new pg.Pool({ connectionString: database.url, max: 1, ...(types && { types }) });
  const ledger = start({ pool });
  const [a, b] = [newId(), newId()];
  const submitted = await Promise.all([
    ledger.submit(coin, grant(a, 10)),
    ledger.submit(coin, transfer(a, b, 4)),
    ledger.submit(coin, transfer(a, b, 7)),
  ]);
  expect(answers(submitted)).toEqual([{ left: 10 }, { left: 6 }, { refused: 'not-enough' }]);
  expect(await ledger.submit(coin, transfer(b, a, 4))).toHaveProperty('answer', { left: 0 });
  await expect(ledger.submit(coin, grant(a, 1, 'a zero \0 byte'))).rejects.toHaveProperty('code', '22021');
  expect(await balances(a, b)).toEqual([10, 0]);
  await ledger.stop();
  await pool.end();
});

describe('submitting', () => {
  test('beyond the capacity is refused at once, and what was queued goes through', async () => {
    const ledger = start({ queueCapacity: 5 });
    const a = newId();
    const settled = await Promise.allSettled(Array.from({ length: 8 }, () => ledger.submit(coin, grant(a, 1))));
    const refused = settled.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(3);
    expect(refused.every(({ reason }) => reason instanceof LedgerBusy)).toBe(true);
    expect(await balances(a)).toEqual([5]);
    await ledger.stop();
  });

  test('after stop is refused; what came before is finished', async () => {
    const ledger = start();
    const a = newId();
    const before = ledger.submit(coin, grant(a, 1));
    const stopped = ledger.stop();
    await expect(ledger.submit(coin, grant(a, 1))).rejects.toBeInstanceOf(LedgerBusy);
    await Promise.all([before, stopped]);
    expect(await balances(a)).toEqual([1]);
  });

  test('an owner that is no id, a second family of one name, or one without a plain name is a bug of the caller', async () => {
    const ledger = start();
    await expect(ledger.submit(coin, grant('not-an-id', 1))).rejects.toBeInstanceOf(TypeError);
    await ledger.submit(coin, grant(newId(), 1));
    await expect(ledger.submit(createCoinFamily(), grant(newId(), 1))).rejects.toThrow('coin');
    await expect(ledger.submit({ ...coin, scope: 'a "coin"' }, grant(newId(), 1))).rejects.toThrow('name of a family');
    await ledger.stop();
  });
});
