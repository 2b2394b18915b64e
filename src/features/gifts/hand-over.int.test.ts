import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { createGiftWorld, type GiftWorld } from '../../../tests/support/gift-world.ts';
import { testOperator } from '../../../tests/support/operator.ts';
import { GB } from '../../base/bytes.ts';
import { checkDigit } from '../../base/check-digit.ts';
import { newId } from '../../base/ids.ts';
import type { Database } from '../../infra/db/index.ts';
import { createTryLimits } from '../../infra/db/try-limits.ts';
import { claimTokenHash } from './claim-token.ts';
import { enterCode } from './enter-code.ts';
import { offerToNumber } from './offer-to-number.ts';
import {
  contractMates,
  giftByToken,
  namedGift,
  ownSubscriptions,
  receivedGifts,
  sentGift,
  sentGifts,
} from './view-store.ts';

const NOON = '2026-04-10T12:00:00+09:00';
let database: Database;
let world: GiftWorld;

beforeAll(async () => {
  database = await testDatabase({ poolSize: 20 });
  world = createGiftWorld(database, NOON);
});
beforeEach(() => world.clock.freeze(NOON));
afterEach(async () => expect(await world.faults()).toEqual([]));
afterAll(async () => {
  await world.close();
  await database.close();
});

type Person = Awaited<ReturnType<GiftWorld['subscription']>>;

const deps = () => {
  const { tokens, codes, gifts, secrets, clock } = world;
  const limits = createTryLimits({ clock, key: secrets.limits });
  return { db: database.db, clock, limits, tokens, codes, lookup: secrets.lookup, actions: gifts };
};

/** A code that is typed right and, but for one chance in 10^11, nobody's. */
function strangeCode(number: number): string {
  const digits = String(number).padStart(11, '0');
  return digits + checkDigit(digits);
}

let addresses = 0;
/** Types a code, from an address of its own where none is given. */
async function enter(typed: string, lineUserId: string, address?: string) {
  addresses += 1;
  const entered = await enterCode(deps(), { typed, lineUserId, address: address ?? `address ${addresses}` });
  return entered.ok ? entered.token : entered.code;
}

function claim(gift: { giftId: string; senderSubscriptionId: string }, by: Person, requestId = newId()) {
  const { subscriptionId: receiverSubscriptionId, lineUserId: receiverLineUserId } = by;
  return world.gifts.claimGift({ requestId, gift, receiverSubscriptionId, receiverLineUserId });
}

const outcome = (submitted: Awaited<ReturnType<typeof claim>>) =>
  submitted.ok ? ('code' in submitted.answer ? submitted.answer.code : submitted.answer.result) : submitted.code;

describe('a gift code', () => {
  async function offerCode(from: Person) {
    const submitted = await world.gifts.offerGift({
      requestId: newId(),
      senderSubscriptionId: from.subscriptionId,
      senderLineUserId: from.lineUserId,
      amountBytes: GB,
      way: 'gift-code',
      receiverSubscriptionId: null,
    });
    if (!submitted.ok || submitted.answer.result !== 'offered') throw new Error(JSON.stringify(submitted));
    const { giftId } = submitted.answer;
    return { giftId, senderSubscriptionId: from.subscriptionId, code: world.codes.codeOf(giftId) };
  }

  test('opens the claim page of its gift, as long as that waits', async () => {
    const [a, b] = [await world.subscription(), await world.subscription()];
    const gift = await offerCode(a);
    expect(await world.left(a.subscriptionId)).toEqual({ base: 2 * GB });
    const token = await enter(gift.code, b.lineUserId);
    expect(await giftByToken(world.sql, claimTokenHash(token))).toMatchObject({
      giftId: gift.giftId,
      state: 'waiting',
    });
    expect(outcome(await claim(gift, b))).toBe('claimed');
    expect(await enter(gift.code, b.lineUserId)).toBe('unknown-or-ended');
  });

  test('that was taken back, declined or too old is like one that never was', async () => {
    const [a, b] = [await world.subscription({ planCode: 'p6' }), await world.subscription()];
    const [back, declined, old] = [await offerCode(a), await offerCode(a), await offerCode(a)];
    const end = (gift: typeof back, reason: 'taken-back' | 'declined') =>
      world.gifts.returnGift({
        requestId: newId(),
        gift: { ...gift, receiverSubscriptionId: null },
        reason,
        byLineUserId: b.lineUserId,
      });
    await end(back, 'taken-back');
    await end(declined, 'declined');
    expect(await world.left(a.subscriptionId)).toEqual({ base: 5 * GB });
    expect(await enter(back.code, b.lineUserId)).toBe('unknown-or-ended');
    expect(await enter(declined.code, b.lineUserId)).toBe('unknown-or-ended');
    expect(await enter(strangeCode(1), b.lineUserId)).toBe('unknown-or-ended');
    world.clock.freeze('2026-04-13T12:00:00+09:00');
    await world.run();
    expect(await enter(old.code, b.lineUserId)).toBe('unknown-or-ended');
  });

  test('is nowhere in the database', async () => {
    const gift = await offerCode(await world.subscription());
    const { rows: tables } = await database.pool.query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
    );
    const all: string[] = [];
    for (const { name } of tables) {
      const { rows } = await database.pool.query<{ all: string | null }>(
        `select string_agg(t::text, ' ') as all from ${name} t`,
      );
      all.push(rows[0]?.all ?? '');
    }
    expect(all.join()).toContain(gift.giftId);
    expect(all.join()).not.toContain(gift.code);
  });

  test('of twenty who have it, one receives it', async () => {
    const a = await world.subscription();
    const gift = await offerCode(a);
    const people = await Promise.all(Array.from({ length: 20 }, () => world.subscription()));
    const outcomes = await Promise.all(
      people.map(async (person) => {
        const entered = await enter(gift.code, person.lineUserId);
        return entered === 'unknown-or-ended' ? entered : outcome(await claim(gift, person));
      }),
    );
    expect(outcomes.filter((each) => each === 'claimed')).toHaveLength(1);
    const received = await Promise.all(
      people.map(async (person) => (await world.left(person.subscriptionId)).gift ?? 0),
    );
    expect(received.reduce((one, other) => one + other)).toBe(GB);
  });

  test('five wrong ones close the account for 15 minutes, also typed thirty at a time', async () => {
    const [a, b] = [await world.subscription(), await world.subscription()];
    const gift = await offerCode(a);
    const told = await Promise.all(Array.from({ length: 30 }, (_, index) => enter(strangeCode(index), b.lineUserId)));
    expect(told.filter((each) => each === 'unknown-or-ended')).toHaveLength(5);
    expect(told.filter((each) => each === 'too-many-tries')).toHaveLength(25);
    expect(await enter(gift.code, b.lineUserId)).toBe('too-many-tries');
    world.clock.advance('PT15M1S');
    expect(await enter(gift.code, b.lineUserId)).toBe(world.tokens.tokenOf(gift.giftId));
  });

  test('slips count nowhere, and neither do right ones', async () => {
    const [a, b] = [await world.subscription(), await world.subscription()];
    const gift = await offerCode(a);
    const slip = gift.code.slice(0, 11) + ((Number(gift.code[11]) + 1) % 10);
    for (let nth = 0; nth < 8; nth += 1) {
      expect(await enter(slip, b.lineUserId)).toBe('wrong-check-digit');
      expect(await enter('1234', b.lineUserId)).toBe('wrong-length');
      expect(await enter(gift.code, b.lineUserId)).toBe(world.tokens.tokenOf(gift.giftId));
    }
  });

  test('twenty wrong ones in an hour from one address close it for everybody there', async () => {
    for (let nth = 0; nth < 20; nth += 1) {
      expect(await enter(strangeCode(nth), `U${nth}`, 'one house')).toBe('unknown-or-ended');
    }
    expect(await enter(strangeCode(20), 'U20', 'one house')).toBe('too-many-tries');
    expect(await enter(strangeCode(20), 'U20', 'another house')).toBe('unknown-or-ended');
  });
});

describe('a gift to a phone number', () => {
  const numberOf = async ({ subscriptionId }: Person) => {
    const rows = await world.sql.query<{ msisdn: string }>(
      'select msisdn from subscription where subscription_id = $1',
      [subscriptionId],
    );
    return `+${rows[0]?.msisdn}`;
  };
  const offer = (from: Person, number: string, requestId = newId()) =>
    offerToNumber(deps(), {
      requestId,
      senderSubscriptionId: from.subscriptionId,
      senderLineUserId: from.lineUserId,
      amountBytes: GB,
      number,
    });
  async function offered(from: Person, number: string) {
    const submitted = await offer(from, number);
    if (!submitted.ok || submitted.answer.result !== 'offered') throw new Error(JSON.stringify(submitted));
    const { giftId, ...answer } = submitted.answer;
    return { gift: { giftId, senderSubscriptionId: from.subscriptionId }, answer };
  }
  const decline = (gift: { giftId: string; senderSubscriptionId: string }, by: Person, requestId = newId()) =>
    world.gifts.returnGift({
      requestId,
      gift: { ...gift, receiverSubscriptionId: by.subscriptionId },
      reason: 'declined',
      byLineUserId: by.lineUserId,
    });

  test('is told to its user in the talk and received there', async () => {
    const [a, b] = [await world.subscription({ name: 'たろう' }), await world.subscription({ name: 'けん' })];
    const { gift } = await offered(a, await numberOf(b));
    expect(await world.messagesTo(b.lineUserId)).toEqual([
      'たろうさんから1GBのデータプレゼントが届いています 4月13日 12:00までに受け取ってください。',
    ]);
    expect(outcome(await claim(gift, b))).toBe('claimed');
    expect(await world.left(b.subscriptionId)).toEqual({ gift: GB, base: 3 * GB });
    expect(await world.messagesTo(a.lineUserId)).toHaveLength(1);
  });

  test('is answered the same for every number, and comes back the same way at the same time', async () => {
    const unlinked = await world.subscription({ isLinked: false });
    const ended = await world.subscription();
    await world.sql.query('update subscription set ended_at = $2 where subscription_id = $1', [
      ended.subscriptionId,
      world.clock.now().toString(),
    ]);
    const [able, refuser] = [await world.subscription(), await world.subscription()];
    const numbers = ['090-9999-9999', ...(await Promise.all([unlinked, ended, able, refuser].map(numberOf)))];
    const seen: unknown[] = [];
    for (const [index, number] of numbers.entries()) {
      world.clock.freeze(NOON);
      const a = await world.subscription();
      const { gift, answer } = await offered(a, number);
      if (index === 4) expect(outcome(await decline(gift, refuser))).toBe('returned');
      const view = await sentGift(world.sql, a.lineUserId, gift.giftId);
      const before = await world.left(a.subscriptionId);
      const heardBefore = await world.messagesTo(a.lineUserId);
      world.clock.freeze('2026-04-13T12:00:00+09:00');
      await world.run();
      seen.push({
        answer,
        state: view?.state,
        name: view?.receiverName,
        before,
        heardBefore,
        after: await world.left(a.subscriptionId),
        heard: await world.messagesTo(a.lineUserId),
      });
    }
    expect(seen[0]).toMatchObject({ state: 'waiting', before: { base: 2 * GB }, after: { base: 3 * GB } });
    for (const each of seen) expect(each).toEqual(seen[0]);
    // Nor does what is kept of the messages say who has a number.
    const named = await world.sql.query(`select from outbox where body ->> 'named' = any ($1)`, [
      [unlinked, ended, able, refuser].map(({ lineUserId }) => lineUserId),
    ]);
    expect(named).toEqual([]);
    expect(await world.messagesTo(able.lineUserId)).toHaveLength(1);
    expect(await world.messagesTo(unlinked.lineUserId)).toEqual([]);
    expect(await world.messagesTo(ended.lineUserId)).toEqual([]);
  });

  test('reaches who has the number now, never who had it before; what waited for them stays theirs', async () => {
    const [a, before] = [await world.subscription({ planCode: 'p12' }), await world.subscription()];
    const number = await numberOf(before);
    const { gift: waiting } = await offered(a, number);
    await world.sql.query('update subscription set ended_at = $2 where subscription_id = $1', [
      before.subscriptionId,
      world.clock.now().toString(),
    ]);
    world.clock.advance('PT1M');
    const after = await world.subscription();
    await world.sql.query('update subscription set msisdn = $2, opens_at = $3 where subscription_id = $1', [
      after.subscriptionId,
      number.slice(1),
      world.clock.now().toString(),
    ]);
    expect(outcome(await claim(waiting, after))).toBe('for-somebody-else');
    expect(await receivedGifts(world.sql, after.lineUserId)).toEqual([]);
    const { gift } = await offered(a, number);
    expect(outcome(await claim(gift, before))).not.toBe('claimed');
    expect(outcome(await claim(gift, after))).toBe('claimed');
  });

  test('is seen by whoever is linked to the phone, and no more by who was', async () => {
    const [a, b] = [await world.subscription(), await world.subscription()];
    const { gift } = await offered(a, await numberOf(b));
    expect(outcome(await claim((await offered(a, await numberOf(b))).gift, b))).toBe('claimed');
    const at = { now: world.clock.now(), month: '2026-04', monthStart: world.clock.now() };
    const seen = async () => ({
      sent: (await sentGifts(world.sql, a.lineUserId)).length,
      received: (await receivedGifts(world.sql, b.lineUserId)).length,
      one: [
        (await sentGift(world.sql, a.lineUserId, gift.giftId))?.giftId,
        (await namedGift(world.sql, b.lineUserId, gift.giftId))?.giftId,
      ],
      given: (await ownSubscriptions(world.sql, a.lineUserId, at)).map((each) => each.givenThisMonthBytes),
    });
    expect(await seen()).toEqual({ sent: 2, received: 2, one: [gift.giftId, gift.giftId], given: [2 * GB] });
    await world.sql.query('update user_link set unlinked_at = linked_at where subscription_id = any($1)', [
      [a.subscriptionId, b.subscriptionId],
    ]);
    expect(await seen()).toEqual({ sent: 0, received: 0, one: [undefined, undefined], given: [] });
  });

  test('may go to the others of the contract that are in service', async () => {
    const own = await world.subscription();
    const { contractorId } = own;
    const [linked, unlinked, ended] = [
      await world.subscription({ contractorId }),
      await world.subscription({ contractorId, isLinked: false }),
      await world.subscription({ contractorId }),
    ];
    await world.subscription({ contractorId, opensAt: world.clock.now().add({ minutes: 1 }).toString() });
    await world.sql.query('update subscription set ended_at = opens_at where subscription_id = $1', [
      ended.subscriptionId,
    ]);
    const mates = await contractMates(world.sql, own.subscriptionId, world.clock.now());
    expect(mates.map(({ subscriptionId, isLinked }) => [subscriptionId, isLinked])).toEqual([
      [linked.subscriptionId, true],
      [unlinked.subscriptionId, false],
    ]);
  });

  test('that was declined is over for its receiver, and waits for its sender', async () => {
    const [a, b] = [await world.subscription(), await world.subscription()];
    const { gift } = await offered(a, await numberOf(b));
    const requestId = newId();
    const first = await decline(gift, b, requestId);
    expect(await decline(gift, b, requestId)).toEqual({ ...first, isReplay: true });
    expect(outcome(await decline(gift, b))).toBe('no-longer-offered');
    expect(outcome(await claim(gift, b))).toBe('no-longer-offered');
    expect(await receivedGifts(world.sql, b.lineUserId)).toEqual([]);
    expect(await namedGift(world.sql, b.lineUserId, gift.giftId)).not.toBeNull();
    expect(await world.left(a.subscriptionId)).toEqual({ base: 2 * GB });
    const back = { requestId: newId(), gift: { ...gift, receiverSubscriptionId: null }, reason: 'taken-back' as const };
    expect(outcome(await world.gifts.returnGift({ ...back, byLineUserId: a.lineUserId }))).toBe('returned');
    expect(await world.left(a.subscriptionId)).toEqual({ base: 3 * GB });
  });

  test('received, declined and taken back at once has one end', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [a, b] = [await world.subscription(), await world.subscription()];
      const { gift } = await offered(a, await numberOf(b));
      const back = { gift: { ...gift, receiverSubscriptionId: null }, reason: 'taken-back' as const };
      const ends = await Promise.all([
        claim(gift, b),
        decline(gift, b),
        world.gifts.returnGift({ requestId: newId(), ...back, byLineUserId: a.lineUserId }),
      ]);
      const received = (await world.left(b.subscriptionId)).gift ?? 0;
      const kept = (await world.left(a.subscriptionId)).base ?? 0;
      expect(received + kept).toBe(3 * GB);
      expect(ends.map(outcome).filter((each) => each === 'claimed')).toHaveLength(received === 0 ? 0 : 1);
    }
  });

  test('never arrives by itself, also where gifts do: its sender would see whose number it is', async () => {
    const giftPolicy = { ...testOperator.giftPolicy, acceptance: 'automatic' as const };
    const automatic = createGiftWorld(database, NOON, { ...testOperator, giftPolicy });
    const [a, b] = [await automatic.subscription(), await automatic.subscription()];
    const submitted = await offerToNumber(
      { ...deps(), actions: automatic.gifts },
      {
        requestId: newId(),
        senderSubscriptionId: a.subscriptionId,
        senderLineUserId: a.lineUserId,
        amountBytes: GB,
        number: await numberOf(b),
      },
    );
    expect(submitted).toMatchObject({ answer: { result: 'offered' } });
    expect(await automatic.left(b.subscriptionId)).toEqual({ base: 3 * GB });
    await automatic.close();
  });

  test('nobody else receives it, whoever the number is', async () => {
    const [a, b, c] = [
      await world.subscription({ planCode: 'p6' }),
      await world.subscription(),
      await world.subscription(),
    ];
    for (const number of [await numberOf(b), '090-9999-9998']) {
      const { gift } = await offered(a, number);
      expect(outcome(await claim(gift, c))).toBe('for-somebody-else');
    }
  });

  test('to the sender’s own number is told as what it is', async () => {
    const a = await world.subscription();
    expect(await offer(a, await numberOf(a))).toMatchObject({
      answer: { result: 'refused', code: 'receiver-is-sender' },
    });
  });

  test('a repeat is the same gift, also when the number has become somebody’s; another number is another request', async () => {
    const a = await world.subscription();
    const requestId = newId();
    const first = await offer(a, '090-8888-0001', requestId);
    await world.sql.query(`update subscription set msisdn = '819088880001' where subscription_id = $1`, [
      (await world.subscription()).subscriptionId,
    ]);
    expect(await offer(a, '+81 90 8888 0001', requestId)).toEqual({ ...first, isReplay: true });
    expect(await offer(a, '090-8888-0002', requestId)).toEqual({ ok: false, code: 'request-id-reused' });
  });

  test('what is no number is told; ten numbers a day are enough', async () => {
    const a = await world.subscription({ planCode: 'p12' });
    expect(await offer(a, '12-34')).toEqual({ ok: false, code: 'not-a-number' });
    const requestId = newId();
    const told = [await offer(a, '090-9999-0000', requestId), await offer(a, '090-9999-0000', requestId)];
    for (let nth = 1; nth < 11; nth += 1) told.push(await offer(a, `090-9999-${String(nth).padStart(4, '0')}`));
    expect(told.map((each) => each.ok)).toEqual([...Array.from({ length: 11 }, () => true), false]);
    expect(told.at(-1)).toMatchObject({ code: 'too-many-tries' });
    expect(await offer(a, '090-9999-0000', requestId)).toMatchObject({ ok: true, isReplay: true });
  });
});
