import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { createGiftWorld, type GiftWorld } from '../../../tests/support/gift-world.ts';
import { GB, MB } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import type { Database } from '../../infra/db/index.ts';
import type { GiftActions } from './actions.ts';
import { giftDoor } from './api.ts';
import { receivedGifts } from './view-store.ts';

const NOON = '2026-04-10T12:00:00+09:00';
let database: Database;
let world: GiftWorld;

beforeAll(async () => {
  database = await testDatabase();
  world = createGiftWorld(database, NOON);
});
beforeEach(() => world.clock.freeze(NOON));
afterEach(async () => expect(await world.faults()).toEqual([]));
afterAll(async () => {
  await world.close();
  await database.close();
});

type Person = Awaited<ReturnType<GiftWorld['subscription']>>;

function give(from: Person, to: Person, amountBytes: number, requestId = newId(), by: GiftActions = world.gifts) {
  const { subscriptionId: senderSubscriptionId } = from;
  return by.giveDirectly({ requestId, senderSubscriptionId, receiverSubscriptionId: to.subscriptionId, amountBytes });
}

async function offer(from: Person, amountBytes: number, to?: Person) {
  const submitted = await world.gifts.offerGift({
    requestId: newId(),
    senderSubscriptionId: from.subscriptionId,
    senderLineUserId: from.lineUserId,
    amountBytes,
    way: to ? 'same-contract' : 'share-link',
    receiverSubscriptionId: to?.subscriptionId ?? null,
  });
  if (!submitted.ok || submitted.answer.result !== 'offered') throw new Error(JSON.stringify(submitted));
  const receiverSubscriptionId = to?.subscriptionId ?? null;
  return { giftId: submitted.answer.giftId, senderSubscriptionId: from.subscriptionId, receiverSubscriptionId };
}

function claim(
  gift: { giftId: string; senderSubscriptionId: string },
  by: Person,
  requestId = newId(),
  actions: GiftActions = world.gifts,
) {
  const { subscriptionId: receiverSubscriptionId, lineUserId: receiverLineUserId } = by;
  return actions.claimGift({ requestId, gift, receiverSubscriptionId, receiverLineUserId });
}

const codeOf = (submitted: Awaited<ReturnType<typeof give>>) =>
  submitted.ok ? ('code' in submitted.answer ? submitted.answer.code : submitted.answer.result) : submitted.code;

describe('given and received in one', () => {
  test('base goes down, the receiver has it to the month’s end, both are told once', async () => {
    const a = await world.subscription({ name: 'たろう' });
    const b = await world.subscription({ name: 'けん', planCode: 'p500m' });
    const requestId = newId();
    const first = await give(a, b, 500 * MB, requestId);
    expect(first).toMatchObject({ isReplay: false, answer: { result: 'claimed', amountBytes: 500 * MB } });
    expect(await give(a, b, 500 * MB, requestId)).toEqual({ ...first, isReplay: true });
    expect(await give(a, b, GB, requestId)).toEqual({ ok: false, code: 'request-id-reused' });
    expect(await world.left(a.subscriptionId)).toEqual({ base: 2_500 * MB });
    expect(await world.left(b.subscriptionId)).toEqual({ gift: 500 * MB, base: 500 * MB });
    expect(await world.messagesTo(a.lineUserId)).toEqual([
      'けんさんが500MBのデータを受け取りました。\n使える期限：4月30日まで\nいまの残り：2.5GB',
    ]);
    expect(await world.messagesTo(b.lineUserId)).toEqual([
      'たろうさんから500MBのデータを受け取りました。\n使える期限：4月30日まで\nいまの残り：1GB',
    ]);
  });

  test('no message tells a phone number', async () => {
    const [a, b] = [await world.subscription(), await world.subscription()];
    await give(a, b, 500 * MB);
    const bodies = await world.sql.query<{ body: string }>('select told::text as body from outbox_parcel');
    const numbers = await world.sql.query<{ msisdn: string }>('select msisdn from subscription');
    const all = bodies.map((row) => row.body).join();
    expect(numbers.filter(({ msisdn }) => all.includes(msisdn.slice(-8)))).toEqual([]);
  });

  test('a subscription without a linked person neither gives nor receives', async () => {
    const [a, b] = [await world.subscription(), await world.subscription({ isLinked: false })];
    expect(codeOf(await give(a, b, 500 * MB))).toBe('receiver-not-linked');
    expect(codeOf(await give(b, a, 500 * MB))).toBe('sender-not-linked');
  });

  test('a subscription that has not opened yet, or has ended, neither gives nor receives', async () => {
    const a = await world.subscription();
    const early = await world.subscription({ opensAt: world.clock.now().add({ seconds: 1 }).toString() });
    const ended = await world.subscription();
    const end = 'update subscription set ended_at = $2 where subscription_id = $1';
    await world.sql.query(end, [ended.subscriptionId, world.clock.now().toString()]);
    for (const out of [early, ended]) {
      expect(codeOf(await give(a, out, 500 * MB))).toBe('receiver-not-in-service');
      expect(codeOf(await give(out, a, 500 * MB))).toBe('sender-not-in-service');
    }
  });

  test('what the month’s limit counts is read anew for every batch', async () => {
    const [a, b] = [await world.subscription({ planCode: 'p500m' }), await world.subscription()];
    await world.correct(a.subscriptionId, GB);
    const gift = await offer(a, 500 * MB);
    expect(codeOf(await give(a, b, 500 * MB))).toBe('over-monthly-limit');
    await world.gifts.returnGift({ requestId: newId(), gift, reason: 'taken-back', byLineUserId: a.lineUserId });
    expect(codeOf(await give(a, b, 500 * MB))).toBe('claimed');
    expect(codeOf(await give(a, b, 500 * MB))).toBe('over-monthly-limit');
  });
});

describe('races', () => {
  test('fifty for the last 500 MB, from two processes, round after round: one has it', async () => {
    const elsewhere = world.giftsOn(world.otherLedger());
    const receivers = await Promise.all(Array.from({ length: 5 }, () => world.subscription()));
    for (let round = 0; round < 20; round += 1) {
      const a = await world.subscription({ planCode: 'p500m' });
      const codes = await Promise.all(
        Array.from({ length: 50 }, async (_, index) => {
          const receiver = receivers[index % receivers.length] ?? a;
          return codeOf(await give(a, receiver, 500 * MB, newId(), index % 2 ? elsewhere : world.gifts));
        }),
      );
      expect(codes.filter((code) => code === 'claimed')).toHaveLength(1);
      expect(await world.left(a.subscriptionId)).toEqual({});
    }
  });

  test('a double tap of fifty is one gift with one answer', async () => {
    const [a, b] = [await world.subscription(), await world.subscription()];
    const elsewhere = world.giftsOn(world.otherLedger());
    const requestId = newId();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => give(a, b, 500 * MB, requestId, index % 2 ? elsewhere : world.gifts)),
    );
    for (const answer of answers) expect(answer).toEqual({ ...answers[0], isReplay: answer.ok && answer.isReplay });
    expect(answers.filter((answer) => answer.ok && !answer.isReplay)).toHaveLength(1);
    expect(await world.left(a.subscriptionId)).toEqual({ base: 2_500 * MB });
    expect(await world.messagesTo(b.lineUserId)).toHaveLength(1);
  });

  test('two receivers, the sender taking it back and its time running out, all at once: one effect', async () => {
    const elsewhere = world.giftsOn(world.otherLedger());
    for (let round = 0; round < 20; round += 1) {
      world.clock.freeze(NOON);
      const [a, b, c] = [await world.subscription(), await world.subscription(), await world.subscription()];
      const gift = await offer(a, GB);
      const back = { gift, reason: 'taken-back' as const, byLineUserId: a.lineUserId };
      const outcomes = await Promise.all([
        claim(gift, b),
        claim(gift, c, newId(), elsewhere),
        world.gifts.returnGift({ requestId: newId(), ...back }),
        elsewhere.returnGift({ requestId: newId(), ...back }),
      ]);
      const done = outcomes.map(codeOf).filter((code) => code === 'claimed' || code === 'returned');
      expect(done).toHaveLength(1);
      const sum = await Promise.all(
        [a, b, c].map(async (each) => (await world.balance(each.subscriptionId)).totalBytes),
      );
      expect(sum.reduce((one, other) => one + other)).toBe(9 * GB);
    }
  });

  test('giving and using the same data at once never goes below zero', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [a, b] = [await world.subscription(), await world.subscription()];
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          index % 2
            ? give(a, b, 500 * MB)
            : world.data.recordUse({
                requestId: newId(),
                subscriptionId: a.subscriptionId,
                endedAt: NOON,
                isZeroRated: false,
                amount: { mode: 'delta', bytes: 300 * MB },
              }),
        ),
      );
      const received = (await world.left(b.subscriptionId)).gift ?? 0;
      const { totalBytes } = await world.balance(a.subscriptionId);
      expect(totalBytes + received).toBeLessThanOrEqual(3 * GB);
      expect(totalBytes).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('a gift that waits', () => {
  test('is set aside at once, told to the named person, and received once', async () => {
    const a = await world.subscription({ name: 'たろう' });
    const b = await world.subscription({ name: 'はなこ', contractorId: a.contractorId });
    const gift = await offer(a, GB, b);
    expect(await world.left(a.subscriptionId)).toEqual({ base: 2 * GB });
    expect(await world.messagesTo(b.lineUserId)).toEqual([
      'たろうさんから1GBのデータプレゼントが届いています 4月13日 12:00までに受け取ってください。',
    ]);
    expect(codeOf(await claim(gift, b))).toBe('claimed');
    expect(codeOf(await claim(gift, b))).toBe('already-claimed');
    expect(await world.left(b.subscriptionId)).toEqual({ gift: GB, base: 3 * GB });
    expect(await world.messagesTo(b.lineUserId)).toHaveLength(2);
    expect(await world.messagesTo(a.lineUserId)).toEqual([
      'はなこさんが1GBのデータを受け取りました。\n使える期限：4月30日まで\nいまの残り：2GB',
    ]);
  });

  test('names only who is still linked, and keeps who sent it back', async () => {
    const a = await world.subscription({ name: 'たろう' });
    const b = await world.subscription({ name: 'はなこ', contractorId: a.contractorId });
    const [gift, declined] = [await offer(a, 500 * MB, b), await offer(a, 500 * MB, b)];
    await world.gifts.returnGift({
      requestId: newId(),
      gift: declined,
      reason: 'declined',
      byLineUserId: b.lineUserId,
    });
    const [kept] = await world.sql.query<{ by: string }>(
      'select ended_by_line_user_id as by from gift where gift_id = $1',
      [declined.giftId],
    );
    expect(kept?.by).toBe(b.lineUserId);
    await world.sql.query('update user_link set unlinked_at = linked_at where line_user_id = $1', [a.lineUserId]);
    expect(codeOf(await claim(gift, b))).toBe('claimed');
    expect((await world.messagesTo(b.lineUserId)).at(-1)).toMatch(/^お友だち/);
  });

  test('goes back when its time is up, is told once, and the job finds nothing more to do', async () => {
    const a = await world.subscription();
    const gift = await offer(a, GB);
    world.clock.freeze('2026-04-13T11:59:59+09:00');
    await world.run();
    expect(await world.gift(gift.giftId)).toMatchObject({ state: 'waiting' });
    world.clock.freeze('2026-04-13T12:00:00+09:00');
    await Promise.all([world.run(), world.run()]);
    await world.run();
    expect(await world.gift(gift.giftId)).toMatchObject({ state: 'expired' });
    expect(await world.left(a.subscriptionId)).toEqual({ base: 3 * GB });
    expect(await world.messagesTo(a.lineUserId)).toEqual([
      '1GBのデータプレゼントは、期限までに受け取られませんでした。\n1GBをあなたの回線に戻しました。\nいまの残り：3GB',
    ]);
  });

  test('over the month’s end it comes back as carry-over, before or after the turn', async () => {
    world.clock.freeze('2026-05-30T12:00:00+09:00');
    const a = await world.subscription();
    await offer(a, GB);
    world.clock.freeze('2026-06-01T00:00:00+09:00');
    await world.run();
    expect(await world.left(a.subscriptionId)).toEqual({ 'carry-over': 3 * GB, base: 3 * GB });
  });

  test('is gone when what it came from ended before it was taken back', async () => {
    const a = await world.subscription();
    const gift = await offer(a, GB);
    world.clock.freeze('2026-06-01T00:00:00+09:00');
    const back = { requestId: newId(), gift, reason: 'taken-back' as const, byLineUserId: a.lineUserId };
    expect(await world.gifts.returnGift(back)).toMatchObject({ answer: { result: 'returned', backBytes: 0 } });
    const [entry] = await world.sql.query<{ amount: number }>(
      `select amount from ledger_entry where from_owner_id = $1 and reason = 'expiry'`,
      [gift.giftId],
    );
    expect(entry?.amount).toBe(GB);
  });

  test.each([
    ['2026-04-30T22:59:59+09:00', 'claimed'],
    ['2026-04-30T23:00:00+09:00', 'gifts-closed'],
    ['2026-05-01T00:59:59+09:00', 'gifts-closed'],
    ['2026-05-01T01:00:00+09:00', 'claimed'],
    ['2028-02-29T22:59:59+09:00', 'claimed'],
    ['2028-02-29T23:00:00+09:00', 'gifts-closed'],
  ])('at %s giving answers %s', async (at, code) => {
    world.clock.freeze(at);
    const [a, b] = [await world.subscription(), await world.subscription()];
    expect(codeOf(await give(a, b, 500 * MB))).toBe(code);
  });

  test('the share link’s token is nowhere in the database', async () => {
    const a = await world.subscription();
    const gift = await offer(a, GB);
    const token = world.tokens.tokenOf(gift.giftId);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const rows = await world.sql.query<{ all: string }>(
      `select (select coalesce(string_agg(g::text, ''), '') from gift g) ||
              (select coalesce(string_agg(r::text, ''), '') from ledger_answer r) ||
              (select coalesce(string_agg(l::text, ''), '') from audit_log l) as all`,
    );
    expect(rows[0]?.all).toContain(gift.giftId);
    expect(rows[0]?.all).not.toContain(token);
  });
});

describe('POST /api/v1/gifts', () => {
  async function post(body: unknown, headers: Record<string, string> = { 'idempotency-key': newId() }) {
    const door = giftDoor({ apiKey: 'the-key', actions: world.gifts });
    const answer = await door.answer({
      headers: { authorization: 'Bearer the-key', 'content-type': 'application/json', ...headers },
      body: Buffer.from(JSON.stringify(body)),
    });
    return { status: answer.status, text: answer.body ?? '' };
  }
  async function pair() {
    const [a, b] = [await world.subscription(), await world.subscription()];
    return { fromSubscriptionId: a.subscriptionId, toSubscriptionId: b.subscriptionId, amountBytes: 500 * MB };
  }

  test('a repeat is answered byte for byte; the same key with another body is refused', async () => {
    const body = await pair();
    const key = { 'idempotency-key': newId() };
    const first = await post(body, key);
    expect(first.status).toBe(201);
    expect(JSON.parse(first.text)).toMatchObject({ ...body, state: 'claimed', usableUntil: '2026-04-30T15:00:00Z' });
    world.clock.advance('PT1H');
    expect(await post(body, key)).toEqual(first);
    const other = await post({ ...body, amountBytes: GB }, key);
    expect(other.status).toBe(422);
    expect(JSON.parse(other.text)).toMatchObject({ code: 'request-id-reused' });
    expect(await world.left(body.toSubscriptionId)).toEqual({ gift: 500 * MB, base: 3 * GB });
  });

  test('a refusal is repeated too, also when it would be granted by now', async () => {
    const body = { ...(await pair()), amountBytes: 3 * GB };
    await world.correct(body.fromSubscriptionId, -GB);
    const key = { 'idempotency-key': newId() };
    const first = await post(body, key);
    expect([first.status, JSON.parse(first.text).code]).toEqual([409, 'not-enough-base']);
    await world.correct(body.fromSubscriptionId, GB);
    expect(await post(body, key)).toEqual(first);
    expect((await post(body)).status).toBe(201);
  });

  test.each([
    ['not a step', { amountBytes: 1 }, 422, 'not-a-step'],
    ['too much at once', { amountBytes: 3_500 * MB }, 409, 'over-monthly-limit'],
    ['nobody', { toSubscriptionId: newId() }, 409, 'receiver-not-linked'],
    ['from nobody', { fromSubscriptionId: newId() }, 409, 'sender-not-linked'],
    ['half a byte', { amountBytes: 0.5 }, 400, 'invalid-request'],
    ['no id', { toSubscriptionId: 'x' }, 400, 'invalid-request'],
    ['something more', { feeYen: 1 }, 400, 'invalid-request'],
  ])('%s', async (_, change, status, code) => {
    const { status: answered, text } = await post({ ...(await pair()), ...change });
    expect([answered, JSON.parse(text).code]).toEqual([status, code]);
  });

  test('to itself', async () => {
    const body = await pair();
    const { status, text } = await post({ ...body, toSubscriptionId: body.fromSubscriptionId });
    expect([status, JSON.parse(text).code]).toEqual([422, 'receiver-is-sender']);
  });

  test('without a key for repeats 400, without the bearer key 401', async () => {
    expect((await post(await pair(), {})).status).toBe(400);
    expect((await post(await pair(), { authorization: 'Bearer x', 'idempotency-key': 'k' })).status).toBe(401);
  });
});

test('who received sees each gift once, newest first, however it was given and from how many lots', async () => {
  const [a, b, c] = [await world.subscription(), await world.subscription(), await world.subscription()];
  // Most of a's data lies in a second lot, so the first of these is drawn from both.
  await world.correct(a.subscriptionId, -2 * GB);
  await world.correct(a.subscriptionId, 2 * GB);
  await Promise.all([give(a, b, 1500 * MB), give(a, b, 500 * MB), give(c, a, 500 * MB)]);
  world.clock.advance('PT1M');
  const offered = await offer(c, 500 * MB);
  await claim(offered, b);
  world.clock.advance('PT1M');
  await give(c, b, 500 * MB);
  const seen = await receivedGifts(world.sql, b.lineUserId);
  expect(seen.map((gift) => [gift.way, gift.senderSubscriptionId, gift.amountBytes / MB])).toEqual([
    ['direct', c.subscriptionId, 500],
    ['share-link', c.subscriptionId, 500],
    ['direct', a.subscriptionId, expect.any(Number)],
    ['direct', a.subscriptionId, expect.any(Number)],
  ]);
  expect(new Set(seen.map((gift) => gift.giftId)).size).toBe(4);
  expect((await receivedGifts(world.sql, c.lineUserId)).length).toBe(0);
});

test('whoever is linked when it arrives is told, however many were linked and unlinked at once', async () => {
  const [a, b] = [await world.subscription(), await world.subscription()];
  const others = Array.from({ length: 12 }, () => `U${newId().replaceAll('-', '')}`);
  const link = `insert into user_link (user_link_id, subscription_id, line_user_id, link_code_id, linked_at)
    select $1, subscription_id, $3, link_code_id, issued_at from link_code where subscription_id = $2`;
  await Promise.all(others.map((person) => world.sql.query(link, [newId(), b.subscriptionId, person])));
  const [left, gone, ...linked] = [b.lineUserId, ...others];
  const ofB = 'where subscription_id = $1 and line_user_id = $2';
  await Promise.all([
    world.sql.query(`update user_link set unlinked_at = linked_at ${ofB}`, [b.subscriptionId, left]),
    world.sql.query(`delete from user_link ${ofB}`, [b.subscriptionId, gone]),
  ]);
  expect(codeOf(await give(a, b, 500 * MB))).toBe('claimed');
  const told = [];
  for (const person of [left, gone, ...linked]) told.push((await world.messagesTo(person ?? '')).length);
  expect(told).toEqual([0, 0, ...linked.map(() => 1)]);
});

test('a clock that was set back over a month’s end is no disagreement', async () => {
  const [a, b] = [await world.subscription(), await world.subscription()];
  expect(codeOf(await give(a, b, 500 * MB))).toBe('claimed');
  world.clock.freeze('2026-05-02T12:00:00+09:00');
  await world.run();
  expect(codeOf(await give(a, b, 500 * MB))).toBe('claimed');
  world.clock.freeze(NOON);
  expect(codeOf(await give(a, b, 500 * MB))).toBe('claimed');
});

describe('while the ledger does not agree with itself', () => {
  const looked = (findingCount: number) =>
    world.sql.query('insert into ledger_check (checked_at, finding_count, findings) values ($1, $2, $3)', [
      world.clock.now().toString(),
      findingCount,
      '[]',
    ]);

  test('nothing is given or received, what waits goes back, and all goes on when a later look agrees', async () => {
    const [a, b] = [await world.subscription(), await world.subscription()];
    const [waiting, unwanted] = [await offer(a, 500 * MB), await offer(a, 500 * MB)];
    await looked(1);
    expect(codeOf(await claim(waiting, b))).toBe('paused');
    expect(codeOf(await give(a, b, 500 * MB))).toBe('paused');
    const back = { requestId: newId(), gift: { ...unwanted, receiverSubscriptionId: null } };
    const returned = await world.gifts.returnGift({ ...back, reason: 'taken-back', byLineUserId: a.lineUserId });
    expect(returned).toMatchObject({ answer: { result: 'returned' } });

    world.clock.advance('PT1H');
    await looked(0);
    expect(codeOf(await claim(waiting, b))).toBe('claimed');
    expect(codeOf(await give(a, b, 500 * MB))).toBe('claimed');
  });
});
