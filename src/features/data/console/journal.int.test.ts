import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../../tests/support/database.ts';
import { createGiftWorld, type GiftWorld } from '../../../../tests/support/gift-world.ts';
import { GB, MB } from '../../../base/bytes.ts';
import { newId } from '../../../base/ids.ts';
import type { Database } from '../../../infra/db/index.ts';
import { giftsById } from '../../gifts/view-store.ts';
import { createCalendar } from '../rules/calendar.ts';
import { listConflicts, removeConflict } from '../usage/conflict-store.ts';
import { takeRecords } from '../usage/feed.ts';
import { usageRequestId } from '../usage/request-key.ts';
import { type JournalEntry, readJournal } from './journal.ts';

let database: Database;
let world: GiftWorld;

beforeAll(async () => {
  database = await testDatabase();
  world = createGiftWorld(database, '2026-04-10T12:00:00+09:00');
});
afterEach(async () => expect(await world.faults()).toEqual([]));
afterAll(async () => {
  await world.close();
  await database.close();
});

const read = (subscriptionId: string, of: { before?: string | null; limit?: number } = {}) =>
  readJournal(world.sql, { giftsOf: giftsById, calendar: createCalendar('Asia/Tokyo') }, { subscriptionId, ...of });

/** The parts that say what happened. */
const said = ({ reason, direction, amountBytes, bucket, bucketAfterBytes, totalAfterBytes }: JournalEntry) =>
  `${reason} ${direction} ${amountBytes / MB} ${bucket} ${bucketAfterBytes / MB} ${totalAfterBytes / MB}`;

function feed(subject: string, of: { id: string; bytes: number }) {
  const deps = {
    sql: world.sql,
    actions: world.data,
    calendar: createCalendar('Asia/Tokyo'),
    now: world.clock.now,
    keptDays: 40,
  };
  const data = { uplinkBytes: 0, downlinkBytes: of.bytes };
  const time = '2026-04-09T11:00:00+09:00';
  return takeRecords(deps, [
    { specversion: '1.0', type: 'usage', id: of.id, source: '/radius "1"', subject, time, data },
  ]);
}

const people = { reason: 'a mast was down', askedBy: 'agent', approvedBy: 'supervisor' };

describe('what was counted', () => {
  test.each(['0199f3a2-5b6c-7d01-8e23-456789abcdef', 'x","0199f3a2-5b6c-7d01-8e23-456789abcdef'])(
    'is found again by the keys of before, and by the same key in the database: %s',
    async (id) => {
      const { subscriptionId } = await world.subscription();
      await feed(subscriptionId, { id, bytes: GB });
      const told = await read(subscriptionId);
      expect(told.entries[0]?.about).toMatchObject({ record: { id }, usedOn: '2026-04-09', isLate: false });
      await world.sql.query(
        `with moved as (delete from usage_record where record_key = usage_record_key($1) returning *)
         insert into usage_record_by_hash
         select ledger_request_key('data', $1), record_hash, counted_at, used_on, drawn_bytes, over_bytes, is_late from moved`,
        [usageRequestId({ source: '/radius "1"', id })],
      );
      expect(await read(subscriptionId)).toEqual(told);
      expect(await feed(subscriptionId, { id, bytes: GB })).toMatchObject([{ status: 'duplicate' }]);
      expect(await feed(subscriptionId, { id, bytes: MB })).toMatchObject([{ status: 'conflict' }]);
      const [conflict] = await listConflicts(world.sql, { subscriptionId });
      expect(conflict?.counted?.drawnBytes).toBe(GB);
    },
  );
});

describe('the journal of a subscription', () => {
  test('tells every movement once, newest first, with what is needed to say it', async () => {
    world.clock.freeze('2026-04-10T12:00:00+09:00');
    const a = await world.subscription();
    const b = await world.subscription();
    const id = newId();
    await feed(a.subscriptionId, { id, bytes: GB });
    await world.data.topUp({ requestId: newId(), subscriptionId: a.subscriptionId, amountBytes: GB });
    const offered = await world.gifts.offerGift({
      requestId: newId(),
      senderSubscriptionId: a.subscriptionId,
      senderLineUserId: a.lineUserId,
      amountBytes: 500 * MB,
      way: 'share-link',
      receiverSubscriptionId: null,
    });
    const giftId = offered.ok && offered.answer.result === 'offered' ? offered.answer.giftId : '';
    await world.gifts.claimGift({
      requestId: newId(),
      gift: { giftId, senderSubscriptionId: a.subscriptionId },
      receiverSubscriptionId: b.subscriptionId,
      receiverLineUserId: b.lineUserId,
    });
    await world.gifts.giveDirectly({
      requestId: newId(),
      senderSubscriptionId: b.subscriptionId,
      receiverSubscriptionId: a.subscriptionId,
      amountBytes: GB,
    });
    const expiresAt = '2026-05-01T00:00:00+09:00';
    await world.data.correct({
      requestId: newId(),
      subscriptionId: a.subscriptionId,
      amountBytes: 200 * MB,
      into: { bucket: 'carry-over', expiresAt },
      ...people,
    });
    world.clock.freeze('2026-05-01T00:00:00+09:00');
    await world.run();

    const { entries, next } = await read(a.subscriptionId);
    expect(next).toBeNull();
    expect(entries.map(said)).toEqual([
      'plan-grant in 3000 base 3000 5500',
      'expiry out 200 carry-over 0 2500',
      'expiry out 1000 gift 0 2700',
      'adjustment in 200 carry-over 200 3700',
      'gift-claimed in 1000 gift 1000 3500',
      'gift-set-aside out 500 base 1500 2500',
      'purchase in 1000 top-up 1000 3000',
      'usage out 1000 base 2000 2000',
      'plan-grant in 3000 base 3000 3000',
    ]);
    const other = { otherSubscriptionId: b.subscriptionId, otherName: 'test', state: 'claimed' };
    expect(entries.flatMap(({ about }) => about ?? [])).toEqual([
      { kind: 'correction', ...people },
      { kind: 'gift', giftId: expect.any(String), way: 'direct', ...other },
      { kind: 'gift', giftId, way: 'share-link', ...other },
      { kind: 'use', record: { source: '/radius "1"', id }, usedOn: '2026-04-09', isLate: false },
    ]);
    expect(entries[3]?.bucketEndsAt.toString()).toBe('2026-04-30T15:00:00Z');

    const pages: string[] = [];
    for (let before: string | null = null, page = 0; page < 3; page += 1) {
      const shown: Awaited<ReturnType<typeof read>> = await read(a.subscriptionId, { before, limit: 3 });
      pages.push(...shown.entries.map(said));
      before = shown.next;
      expect(before === null).toBe(page === 2);
    }
    expect(pages).toEqual(entries.map(said));
  });

  test('tells what was lent to the network and what came back, with what was used', async () => {
    const { subscriptionId } = await world.subscription();
    const lent = await world.data.reserve({ requestId: newId(), subscriptionId, bytes: GB, validForSeconds: 60 });
    const reservationId = lent.ok && lent.answer.result === 'reserved' ? lent.answer.reservationId : '';
    await world.data.settleSlice({ subscriptionId, reservationId, usedBytes: 300 * MB, endedAt: null });
    const { entries } = await read(subscriptionId);
    expect(entries.slice(0, 2).map(said)).toEqual([
      'reservation-returned in 700 base 2700 2700',
      'reserved out 1000 base 2000 2000',
    ]);
    const about = { kind: 'reservation', reservationId, state: 'settled', usedBytes: 300 * MB, overBytes: 0 };
    expect(entries.slice(0, 2).map((entry) => entry.about)).toEqual([about, about]);
  });

  test.each([newId(), 'x'])('nobody’s is empty: %s', async (id) =>
    expect(await read(id)).toEqual({ entries: [], next: null }),
  );
});

describe('a correction', () => {
  test('is made once for a request, is audited with both people, and refuses what is not there', async () => {
    const { subscriptionId } = await world.subscription();
    const asked = { requestId: newId(), subscriptionId, amountBytes: -GB, into: null, ...people };
    const results = await Promise.all(Array.from({ length: 5 }, () => world.data.correct(asked)));
    for (const result of results) expect(result).toMatchObject({ answer: { result: 'changed', totalBytes: 2 * GB } });
    expect(await world.data.correct({ ...asked, reason: 'another' })).toMatchObject({ code: 'request-id-reused' });
    const tooMuch = { ...asked, requestId: newId(), amountBytes: -3 * GB };
    expect(await world.data.correct(tooMuch)).toMatchObject({ answer: { code: 'not-enough-data' } });
    expect(await world.left(subscriptionId)).toEqual({ base: 2 * GB });
    const audits = await world.sql.query(
      `select actor_id as by, detail from audit_log where action = 'data.corrected' and subscription_id = $1`,
      [subscriptionId],
    );
    const { reason, askedBy } = people;
    expect(audits).toEqual([{ by: 'supervisor', detail: { amountBytes: -GB, reason, askedBy } }]);
  });
});

describe('conflicts of the feed', () => {
  test('are listed with what was counted, and put away once, by somebody, with a reason', async () => {
    const { subscriptionId } = await world.subscription();
    const id = newId();
    await feed(subscriptionId, { id, bytes: 100 });
    await feed(subscriptionId, { id, bytes: 101 });
    const [conflict, ...others] = await listConflicts(world.sql, { subscriptionId });
    expect(others).toEqual([]);
    expect(conflict).toMatchObject({
      source: '/radius "1"',
      recordId: id,
      subscriptionId,
      record: { data: { downlinkBytes: 101 } },
      counted: { usedOn: '2026-04-09', drawnBytes: 100, overBytes: 0 },
    });
    const put = {
      conflictId: conflict?.conflictId ?? '',
      staffId: 'agent',
      reason: 'the network says the first was right',
      now: world.clock.now(),
    };
    expect(await removeConflict(database.db, put)).toBe(true);
    expect(await removeConflict(database.db, put)).toBe(false);
    expect(await listConflicts(world.sql, { subscriptionId })).toEqual([]);
  });
});
