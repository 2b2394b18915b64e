import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CoinCommand, createCoinFamily, grant, transfer } from '../../tests/support/coin-family.ts';
import { testDatabase } from '../../tests/support/database.ts';
import { type Accident, createUnreliableWire } from '../../tests/support/unreliable-wire.ts';
import { systemClock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import { type Database, openDatabase, runnerOf, type SqlRunner } from '../infra/db/index.ts';
import { createLedger, OutcomeUnknown, verifyLedger } from './index.ts';

let database: Database;
const clock = systemClock;
const coin = createCoinFamily();

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** A process of its own: own connections, own queue. */
function startProcess(url = database.url, options: { patienceMs?: number; batchSize?: number } = {}) {
  const own = openDatabase({ url, poolSize: 3, applicationName: 'ledger-under-test' });
  let troubles = 0;
  const log = { warn: () => void troubles++ };
  const ledger = createLedger({ pool: own.pool, clock, log, ...options });
  return {
    ledger,
    troubles: () => troubles,
    async stop() {
      await ledger.stop();
      await own.close();
    },
  };
}

async function heldBy(ownerId: string): Promise<number> {
  const { rows } = await database.pool.query<{ held: number }>(
    'select coalesce(sum(remaining), 0)::int as held from ledger_lot where owner_id = $1',
    [ownerId],
  );
  return rows[0]?.held ?? Number.NaN;
}

/** An owner with so many coins. */
async function ownerWith(amount: number): Promise<string> {
  const { ledger, stop } = startProcess();
  const ownerId = newId();
  await ledger.submit(coin, grant(ownerId, amount));
  await stop();
  return ownerId;
}

const expectSound = async () => expect(await verifyLedger(runnerOf(database.db))).toEqual([]);

describe('two processes', () => {
  test.each([2, 20, 50, 200])('with %i writers on one lot never take one too many', async (writers) => {
    // Small batches, so that many of them meet.
    const [one, two] = [startProcess(undefined, { batchSize: 5 }), startProcess(undefined, { batchSize: 5 })];
    const [from, to] = [await ownerWith(Math.floor(writers / 2)), await ownerWith(1)];
    const submitted = await Promise.all(
      Array.from({ length: writers }, (_, i) => (i % 2 ? one : two).ledger.submit(coin, transfer(from, to, 1))),
    );
    const accepted = submitted.filter((each) => each.ok && 'left' in each.answer);
    expect(accepted).toHaveLength(Math.floor(writers / 2));
    expect([await heldBy(from), await heldBy(to)]).toEqual([0, 1 + Math.floor(writers / 2)]);
    await Promise.all([one.stop(), two.stop()]);
    await expectSound();
  });

  test('that use one request id for different owners: one wins, the other is refused', async () => {
    const [one, two] = [startProcess(), startProcess()];
    const owners = await Promise.all([ownerWith(5), ownerWith(5)]);
    for (let round = 0; round < 20; round++) {
      const requestId = newId();
      const [a, b] = owners;
      if (a === undefined || b === undefined) throw new Error('two owners');
      const submitted = await Promise.all([
        one.ledger.submit(coin, { requestId, kind: 'grant', to: a, amount: 1 }),
        two.ledger.submit(coin, { requestId, kind: 'grant', to: b, amount: 1 }),
      ]);
      expect(submitted.map((each) => (each.ok ? 'ok' : each.code)).sort()).toEqual(['ok', 'request-id-reused']);
    }
    const held = await Promise.all(owners.map(heldBy));
    expect(held.reduce((sum, each) => sum + each)).toBe(5 + 5 + 20);
    await Promise.all([one.stop(), two.stop()]);
  });

  test('that make the same new owners at once both go through', async () => {
    const processes = [startProcess(), startProcess(), startProcess()];
    const owners = Array.from({ length: 30 }, () => newId());
    await Promise.all(
      processes.flatMap(({ ledger }, i) =>
        (i % 2 ? owners : owners.toReversed()).map((ownerId) => ledger.submit(coin, grant(ownerId, 1))),
      ),
    );
    expect(await Promise.all(owners.map(heldBy))).toEqual(owners.map(() => 3));
    await Promise.all(processes.map(({ stop }) => stop()));
    await expectSound();
  });
});

describe('a batch that others get in the way of', () => {
  /** Coins whose rows meet an error of the database in the first batches. */
  function coinThatMeets(code: string, times: number) {
    let attempts = 0;
    return {
      family: {
        ...coin,
        scope: `meets-${code}-${times}`.toLowerCase(),
        async save(sql: SqlRunner, ...rest: [Parameters<typeof coin.save>[1], Parameters<typeof coin.save>[2]]) {
          attempts += 1;
          if (attempts <= times) await sql.query(`do $$ begin raise exception using errcode = '${code}'; end $$`);
          await coin.save(sql, ...rest);
        },
      },
      attempts: () => attempts,
    };
  }

  test('is run again where its own transaction has moved an owner away meanwhile', async () => {
    const { ledger, troubles, stop } = startProcess();
    const [from, to] = [await ownerWith(10), newId()];
    let meddled = 0;
    const meddling = {
      ...coin,
      scope: 'meddled',
      async load(...[sql, ...rest]: Parameters<typeof coin.load>) {
        // Others wait for the lock; what the transaction itself changes lies somewhere else from then on.
        meddled += 1;
        if (meddled < 3) await sql.query('update ledger_owner set remaining[1] = 10 where owner_id = $1', [from]);
        return coin.load(sql, ...rest);
      },
    };
    expect(await ledger.submit(meddling, transfer(from, to, 4))).toMatchObject({ answer: { left: 6 } });
    expect([meddled, troubles()]).toEqual([3, 2]);
    expect([await heldBy(from), await heldBy(to)]).toEqual([6, 4]);
    await stop();
    await expectSound();
  });

  test.each(['40001', '40P01', '23505'])('(%s) is run again as a whole', async (code) => {
    const { ledger, stop } = startProcess();
    const { family, attempts } = coinThatMeets(code, 5);
    const owners = [newId(), newId(), newId()];
    await Promise.all(owners.map((ownerId) => ledger.submit(family, grant(ownerId, 1))));
    expect(attempts()).toBe(6);
    expect(await Promise.all(owners.map(heldBy))).toEqual([1, 1, 1]);
    await stop();
  });

  test('again and again is given up, and nothing has happened', async () => {
    const { ledger, stop } = startProcess();
    const { family, attempts } = coinThatMeets('40001', Number.POSITIVE_INFINITY);
    const ownerId = newId();
    await expect(ledger.submit(family, grant(ownerId, 1))).rejects.toHaveProperty('code', '40001');
    expect(attempts()).toBe(6);
    expect(await heldBy(ownerId)).toBe(0);
    expect(await ledger.submit(coin, grant(ownerId, 1))).toHaveProperty('ok', true);
    await stop();
  });

  test('fails at once when the database cannot: a batch that took too long is not run again', async () => {
    const { ledger, stop } = startProcess();
    const { family, attempts } = coinThatMeets('57014', Number.POSITIVE_INFINITY);
    await Promise.all(
      [newId(), newId()].map((ownerId) =>
        expect(ledger.submit(family, grant(ownerId, 1))).rejects.toHaveProperty('code', '57014'),
      ),
    );
    expect(attempts()).toBe(1);
    await stop();
  });
});

describe('a connection that breaks', () => {
  test.each(['load', 'save'] as const)('during %s: the batch is run again on a new one', async (when) => {
    const { ledger, stop } = startProcess();
    let kills = 0;
    async function killOnce(sql: SqlRunner) {
      kills += 1;
      if (kills === 1) await sql.query('select pg_terminate_backend(pg_backend_pid())');
    }
    const family = {
      ...coin,
      scope: `killed-in-${when}`,
      async load(...[sql, ...rest]: Parameters<typeof coin.load>) {
        if (when === 'load') await killOnce(sql);
        return coin.load(sql, ...rest);
      },
      async save(sql: SqlRunner, ...rest: [Parameters<typeof coin.save>[1], Parameters<typeof coin.save>[2]]) {
        await coin.save(sql, ...rest);
        if (when === 'save') await killOnce(sql);
      },
    };
    const owners = [newId(), newId(), newId()];
    const submitted = await Promise.all(owners.map((ownerId) => ledger.submit(family, grant(ownerId, 1))));
    expect(submitted).toEqual(owners.map(() => ({ ok: true, answer: { left: 1 }, isReplay: false })));
    expect(kills).toBe(2);
    expect(await Promise.all(owners.map(heldBy))).toEqual([1, 1, 1]);
    await stop();
  });

  test.each<Accident>(['answer lost', 'commit late', 'commit lost'])(
    'at COMMIT (%s): every command has its answer and one effect',
    async (accident) => {
      const wire = await createUnreliableWire(database.url);
      const { ledger, stop } = startProcess(wire.url);
      const [from, to] = [await ownerWith(100), newId()];
      wire.next = accident;
      const submitted = await Promise.all(Array.from({ length: 20 }, () => ledger.submit(coin, transfer(from, to, 1))));
      expect(wire.accidents).toBe(1);
      expect(submitted.map((each) => each.ok && each.answer)).toEqual(
        Array.from({ length: 20 }, (_, i) => ({ left: 99 - i })),
      );
      expect(submitted.every((each) => each.ok && each.isReplay === (accident !== 'commit lost'))).toBe(true);
      expect([await heldBy(from), await heldBy(to)]).toEqual([80, 20]);
      await stop();
      await wire.close();
      await expectSound();
    },
  );

  test('at COMMIT, with a database that stays away, is told as unknown; the same request settles it later', async () => {
    const wire = await createUnreliableWire(database.url);
    const cutOff = startProcess(wire.url, { patienceMs: 200 });
    const [from, to] = [await ownerWith(10), newId()];
    const command = transfer(from, to, 4);
    wire.next = 'answer lost';
    wire.staysCut = true;
    await expect(cutOff.ledger.submit(coin, command)).rejects.toBeInstanceOf(OutcomeUnknown);
    // The next one never reached the database, so this is no unknown outcome.
    const next = await cutOff.ledger.submit(coin, transfer(from, to, 1)).catch((error: unknown) => error);
    expect(next).toHaveProperty('name', 'ConnectionLost');
    await cutOff.stop();
    await wire.close();

    const { ledger, stop } = startProcess();
    expect(await ledger.submit(coin, command)).toEqual({ ok: true, answer: { left: 6 }, isReplay: true });
    expect([await heldBy(from), await heldBy(to)]).toEqual([6, 4]);
    await stop();
  });

  test('at any moment, again and again: every command has its answer, none has two effects', async () => {
    const processes = [startProcess(), startProcess()];
    const owners = await Promise.all([ownerWith(400), ownerWith(400), ownerWith(400)]);
    let isDone = false;
    const killer = (async () => {
      for (let kills = 0; !isDone && kills < 25; kills++) {
        await database.pool.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where application_name = 'ledger-under-test' and datname = current_database()`,
        );
        await new Promise((done) => setTimeout(done, (kills * 7) % 30));
      }
    })();

    const commands = Array.from({ length: 300 }, (_, i) => {
      const [from, to] = [owners[i % 3], owners[(i + 1 + (i % 2)) % 3]];
      if (from === undefined || to === undefined) throw new Error('three owners');
      return transfer(from, to, 1 + (i % 3));
    });
    async function submitAll(process: ReturnType<typeof startProcess>, mine: readonly CoinCommand[]) {
      const answers = [];
      for (let i = 0; i < mine.length; i += 10) {
        answers.push(...(await Promise.all(mine.slice(i, i + 10).map((each) => process.ledger.submit(coin, each)))));
      }
      return answers;
    }
    // Each request goes to both, as when a caller is impatient.
    const [first, second] = await Promise.all(processes.map((process) => submitAll(process, commands)));
    isDone = true;
    await killer;
    expect(processes.every(({ troubles }) => troubles() > 0)).toBe(true);
    const answers = (all: typeof first) => all?.map((each) => (each.ok ? each.answer : each.code));
    expect(answers(first)).toEqual(answers(second));
    expect(first).toHaveLength(300);

    const { rows } = await database.pool.query<{ deeds: number; entries: number }>(
      `select (select count(*)::int from audit_log where detail->>'requestId' = any($1)) as deeds,
              (select count(*)::int from ledger_entry where request_id = any($1)) as entries`,
      [commands.map(({ requestId }) => requestId)],
    );
    const moved = first?.filter((each) => each.ok && 'left' in each.answer).length;
    expect(rows).toEqual([{ deeds: moved, entries: moved }]);
    expect((await Promise.all(owners.map(heldBy))).reduce((sum, each) => sum + each)).toBe(1_200);
    await Promise.all(processes.map(({ stop }) => stop()));
    await expectSound();
  });
});
