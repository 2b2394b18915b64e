import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../../tests/support/database.ts';
import { createGiftWorld, type GiftWorld } from '../../../../tests/support/gift-world.ts';
import { GB, MB } from '../../../base/bytes.ts';
import { newId } from '../../../base/ids.ts';
import { type Database, runnerOf, type SqlRunner } from '../../../infra/db/index.ts';
import { verifyLedger } from '../../../ledger/index.ts';
import { giftChecks } from '../../gifts/check-store.ts';
import { dataChecks } from '../batch/check-store.ts';
import { reservationApi } from './api.ts';

let database: Database;
let world: GiftWorld;
let app: ReturnType<typeof reservationApi>;

beforeAll(async () => {
  database = await testDatabase();
  world = createGiftWorld(database, '2026-04-10T12:00:00+09:00');
  app = reservationApi({
    db: database.db,
    apiKey: 'the-key',
    actions: world.data,
    contractors: {
      async subscriptions(sql: SqlRunner, ids: readonly string[]) {
        const rows = await sql.query<never>('select from subscription where subscription_id::text = $1', [ids[0]]);
        return new Map(rows.map((row) => [ids[0] ?? '', row]));
      },
    },
  });
});
afterEach(async () => expect(await world.faults()).toEqual([]));
afterAll(async () => {
  await world.close();
  await database.close();
});

const tokyo = (local: string) => `${local}+09:00`;

async function call(method: string, path: string, body?: unknown, key?: string) {
  const response = await app.request(`/api/v1/subscriptions/${path}`, {
    method,
    headers: {
      authorization: 'Bearer the-key',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) };
}

const reserve = (id: string, bytes: number, of: { key?: string; validFor?: string } = {}) =>
  call('POST', `${id}/reservations`, { bytes, validFor: of.validFor ?? 'PT10M' }, of.key ?? newId());

/** A slice that is lent; its path. */
async function lent(id: string, bytes: number, validFor = 'PT10M'): Promise<string> {
  const { body } = await reserve(id, bytes, { validFor });
  return `${id}/reservations/${body.reservationId}`;
}
const settle = (path: string, usedBytes: number, end?: string) =>
  call('POST', `${path}/settle`, { usedBytes, ...(end !== undefined && { end }) });
const release = (path: string) => call('POST', `${path}/release`);

describe('a slice', () => {
  test('is set aside in the order of use, shown apart, and settled: what was used is drawn, the rest is back', async () => {
    const { subscriptionId: id } = await world.subscription();
    const answer = await reserve(id, GB);
    expect(answer).toMatchObject({
      status: 201,
      body: { subscriptionId: id, bytes: GB, validUntil: '2026-04-10T03:10:00Z' },
    });
    expect(await world.balance(id)).toMatchObject({ totalBytes: 2 * GB, reservedBytes: GB });
    const path = `${id}/reservations/${answer.body.reservationId}`;
    expect(await settle(path, 300 * MB)).toMatchObject({
      status: 200,
      body: { usedOn: '2026-04-10', drawnBytes: 300 * MB, overBytes: 0, returnedBytes: 700 * MB, isLate: false },
    });
    expect(await world.balance(id)).toMatchObject({
      totalBytes: 2_700 * MB,
      reservedBytes: 0,
      todayBytes: 300 * MB,
    });
    expect((await call('GET', path)).body).toMatchObject({ state: 'settled', usedBytes: 300 * MB, overBytes: 0 });
  });

  test('may be smaller than asked for; where nothing is left, nothing is lent', async () => {
    const { subscriptionId: id } = await world.subscription({ planCode: 'p500m' });
    const first = await reserve(id, GB);
    expect(first.body.bytes).toBe(500 * MB);
    expect(await reserve(id, 1)).toMatchObject({ status: 409, body: { code: 'nothing-left' } });
  });

  test('use beyond it is drawn from what is there; what nothing is there for is over, and slows', async () => {
    const { subscriptionId: id } = await world.subscription({ planCode: 'p500m' });
    const path = await lent(id, 200 * MB);
    expect((await settle(path, 350 * MB)).body).toMatchObject({ drawnBytes: 350 * MB, overBytes: 0 });
    const all = await lent(id, GB);
    expect((await settle(all, 160 * MB)).body).toMatchObject({ drawnBytes: 150 * MB, overBytes: 10 * MB });
    expect(await slowed(id)).toBe(1);
  });

  test('nobody is slowed while something is on loan, and not at all when it comes back', async () => {
    const { subscriptionId: id } = await world.subscription({ planCode: 'p500m' });
    const path = await lent(id, GB);
    const amount = { mode: 'delta' as const, bytes: MB };
    const endedAt = world.clock.now().toString();
    await world.data.recordUse({ requestId: newId(), subscriptionId: id, endedAt, isZeroRated: false, amount });
    expect(await slowed(id)).toBe(0);
    await settle(path, 100 * MB);
    expect(await slowed(id)).toBe(0);
    expect(await world.left(id)).toEqual({ base: 400 * MB });
  });

  test('no gift is made of it', async () => {
    const [a, b] = [await world.subscription(), await world.subscription()];
    const path = await lent(a.subscriptionId, 2_600 * MB);
    const give = () =>
      world.gifts.giveDirectly({
        requestId: newId(),
        senderSubscriptionId: a.subscriptionId,
        receiverSubscriptionId: b.subscriptionId,
        amountBytes: 500 * MB,
      });
    expect(await give()).toMatchObject({ answer: { code: 'not-enough-base' } });
    await release(path);
    expect(await give()).toMatchObject({ answer: { result: 'claimed' } });
  });

  test('the same request has one effect and the same answer, with another body it is refused', async () => {
    const { subscriptionId: id } = await world.subscription();
    const key = newId();
    const answers = await Promise.all(Array.from({ length: 8 }, () => reserve(id, GB, { key })));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await reserve(id, GB + 1, { key })).toMatchObject({ status: 422, body: { code: 'request-id-reused' } });
    const path = `${id}/reservations/${answers[0]?.body.reservationId}`;
    const settled = await settle(path, 100);
    expect(await settle(path, 100)).toEqual(settled);
    expect(await settle(path, 101)).toMatchObject({ status: 422, body: { code: 'request-id-reused' } });
    expect(await release(path)).toMatchObject({ status: 409, body: { code: 'already-settled' } });
    expect((await world.balance(id)).totalBytes).toBe(3 * GB - 100);
  });

  test('given back it is there again, once, and cannot be settled', async () => {
    const { subscriptionId: id } = await world.subscription();
    const path = await lent(id, GB);
    const back = await release(path);
    expect(back).toMatchObject({ status: 200, body: { returnedBytes: GB } });
    expect(await release(path)).toEqual(back);
    expect(await settle(path, 1)).toMatchObject({ status: 409, body: { code: 'already-released' } });
    expect(await world.left(id)).toEqual({ base: 3 * GB });
  });
});

describe('time', () => {
  test('a minute after its time is up it goes back by itself; what is told later is counted like any use', async () => {
    world.clock.freeze(tokyo('2026-04-11T12:00:00'));
    const { subscriptionId: id } = await world.subscription();
    const path = await lent(id, GB);
    world.clock.freeze(tokyo('2026-04-11T12:10:59'));
    await world.run();
    expect((await world.balance(id)).reservedBytes).toBe(GB);
    world.clock.freeze(tokyo('2026-04-11T12:11:00'));
    await world.run();
    expect(await world.balance(id)).toMatchObject({ totalBytes: 3 * GB, reservedBytes: 0 });
    expect((await settle(path, 100)).body).toMatchObject({ drawnBytes: 100, returnedBytes: 0 });
    expect((await world.balance(id)).totalBytes).toBe(3 * GB - 100);
  });

  test('over the turn of the month: use before midnight is of the old month, what comes back is carry-over', async () => {
    world.clock.freeze(tokyo('2026-04-30T23:50:00'));
    const { subscriptionId: id } = await world.subscription();
    const [told, back] = [await lent(id, GB, 'PT30M'), await lent(id, GB, 'PT30M')];
    world.clock.freeze(tokyo('2026-05-01T00:00:30'));
    await world.run();
    expect(await world.left(id)).toEqual({ 'carry-over': GB, base: 3 * GB });
    expect((await settle(told, 400 * MB, tokyo('2026-04-30T23:59:59'))).body).toEqual({
      reservationId: told.slice(-36),
      usedOn: '2026-04-30',
      drawnBytes: 400 * MB,
      overBytes: 0,
      returnedBytes: 600 * MB,
      isLate: false,
    });
    await release(back);
    expect(await world.left(id)).toEqual({ 'carry-over': 2_600 * MB, base: 3 * GB });
    expect((await world.balance(id)).monthBytes).toBe(0);
  });

  test('what ends with the month is lent no longer than that; told in time it was still used', async () => {
    world.clock.freeze(tokyo('2026-06-30T23:50:00'));
    const { subscriptionId: id } = await world.subscription();
    await world.data.correct({
      requestId: newId(),
      subscriptionId: id,
      amountBytes: GB,
      into: { bucket: 'carry-over', expiresAt: tokyo('2026-07-01T00:00:00') },
      reason: 'for a test',
      askedBy: 'agent',
      approvedBy: 'supervisor',
    });
    const answer = await reserve(id, GB, { validFor: 'PT1H' });
    expect(answer.body.validUntil).toBe('2026-06-30T15:00:00Z');
    world.clock.freeze(tokyo('2026-07-01T00:00:30'));
    await world.run();
    const path = `${id}/reservations/${answer.body.reservationId}`;
    const told = await settle(path, 700 * MB, tokyo('2026-06-30T23:59:59'));
    expect(told.body).toMatchObject({ usedOn: '2026-06-30', drawnBytes: 700 * MB, returnedBytes: 0, isLate: false });
    expect(await world.left(id)).toEqual({ 'carry-over': 3 * GB, base: 3 * GB });
  });
});

describe('races', () => {
  test('sixty-four at once, from two processes, lend exactly what there is', async () => {
    const { subscriptionId: id } = await world.subscription();
    const other = world.dataOn(world.otherLedger());
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, index) =>
        (index % 2 === 0 ? world.data : other).reserve({
          requestId: newId(),
          subscriptionId: id,
          bytes: 100 * MB,
          validForSeconds: 60,
        }),
      ),
    );
    const lentBytes = answers.map((given) => (given.ok && given.answer.result === 'reserved' ? given.answer.bytes : 0));
    expect(lentBytes.reduce((sum, bytes) => sum + bytes, 0)).toBe(3 * GB);
    expect(await world.balance(id)).toMatchObject({ totalBytes: 0, reservedBytes: 3 * GB });
  });

  test('settled, given back and run out at once: one of them', async () => {
    const { subscriptionId: id } = await world.subscription();
    for (let round = 0; round < 5; round += 1) {
      const reservationId = (await lent(id, GB)).slice(-36);
      const slice = { subscriptionId: id, reservationId };
      const other = world.dataOn(world.otherLedger());
      const before = (await world.balance(id)).totalBytes + GB;
      await Promise.all([
        world.data.settleSlice({ ...slice, usedBytes: 100, endedAt: null }),
        other.returnSlice({ ...slice, reason: 'released' }),
        other.returnSlice({ ...slice, reason: 'expired' }),
      ]);
      const { body } = await call('GET', `${id}/reservations/${reservationId}`);
      const used = body.state === 'settled' ? 100 : 0;
      expect(await world.balance(id)).toMatchObject({ totalBytes: before - used, reservedBytes: 0 });
    }
  });
});

describe('the look at the ledger', () => {
  test.each([
    ['lent more than is set aside', `update data_reservation set bytes = bytes + 1 where state = 'open'`],
    ['ended and still holding', `update data_reservation set state = 'settled' where state = 'open'`],
    ['set aside for nobody', `delete from data_reservation where state = 'open'`],
  ])('finds a slice %s', async (_, fault) => {
    const { subscriptionId: id } = await world.subscription();
    await lent(id, GB);
    const transaction = await database.db.startTransaction().execute();
    await runnerOf(transaction).query(fault);
    const findings = await verifyLedger(runnerOf(transaction), [...dataChecks, ...giftChecks]);
    await transaction.rollback().execute();
    expect(findings.length).toBeGreaterThan(0);
  });
});

describe('what is refused', () => {
  test('nobody’s subscription, somebody else’s slice', async () => {
    const [a, b] = [await world.subscription(), await world.subscription()];
    const path = await lent(a.subscriptionId, 100);
    const theirs = path.replace(a.subscriptionId, b.subscriptionId);
    expect((await reserve(newId(), 100)).status).toBe(404);
    expect((await settle(theirs, 1)).status).toBe(404);
    expect((await release(theirs)).status).toBe(404);
    expect((await call('GET', theirs)).status).toBe(404);
    expect((await settle(`${a.subscriptionId}/reservations/x`, 1)).status).toBe(404);
  });

  test.each([
    [{ bytes: 0 }, 'key', 400, 'invalid-request'],
    [{ bytes: 1, validFor: 'P1D' }, 'key', 400, 'invalid-request'],
    [{ bytes: 1, validFor: 'PT24H1S' }, 'key', 400, 'invalid-request'],
    [{ bytes: 1, validFor: 'PT' }, 'key', 400, 'invalid-request'],
    [{ bytes: 1 }, undefined, 400, 'idempotency-key-missing'],
  ])('%j', async (body, key, status, code) => {
    const { subscriptionId: id } = await world.subscription();
    expect(await call('POST', `${id}/reservations`, body, key)).toMatchObject({ status, body: { code } });
  });

  test('use that ends in the future, and a subscription that is not open yet', async () => {
    world.clock.freeze(tokyo('2026-08-10T12:00:00'));
    const { subscriptionId: id } = await world.subscription();
    const path = await lent(id, 100);
    expect((await settle(path, 1, tokyo('2026-08-11T12:00:00'))).body).toMatchObject({ code: 'from-the-future' });
    expect((await settle(path, 1, `${tokyo('2026-08-10T12:00:00').slice(0, 19)}.0123456789Z`)).status).toBe(400);
    expect((await settle(path, 1, '1970-01-01T00:00:00Z')).body).toMatchObject({ code: 'too-old' });
    // A wrong clock of the network's is not the last word on a slice.
    expect((await settle(path, 1, tokyo('2026-08-10T12:00:00'))).body).toMatchObject({ drawnBytes: 1 });
    const unopened = await world.subscription({ opensAt: tokyo('2026-09-01T00:00:00') });
    expect((await reserve(unopened.subscriptionId, 1)).body).toMatchObject({ code: 'not-in-service' });
  });

  test('without the key', async () => {
    const path = `/api/v1/subscriptions/${newId()}/reservations`;
    expect((await app.request(path, { method: 'POST' })).status).toBe(401);
    expect((await app.request(`${path}/${newId()}/settle`, { method: 'POST' })).status).toBe(401);
  });
});

async function slowed(subscriptionId: string): Promise<number> {
  const rows = await world.sql.query('select from data_throttle where subscription_id = $1', [subscriptionId]);
  return rows.length;
}
