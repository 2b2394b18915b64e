import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../../tests/support/database.ts';
import { createGiftWorld, type GiftWorld } from '../../../../tests/support/gift-world.ts';
import { testOperator } from '../../../../tests/support/operator.ts';
import { GB, MB } from '../../../base/bytes.ts';
import { newId } from '../../../base/ids.ts';
import type { Database } from '../../../infra/db/index.ts';
import type { Heard } from '../../../infra/line/talk.ts';
import { createNoticeTalk } from '../../official-account/index.ts';
import { createCalendar } from '../rules/calendar.ts';
import { findEndings, tellNotices } from './notices.ts';
import { noticeKinds } from './text.ts';

let database: Database;
let world: GiftWorld;

beforeAll(async () => {
  database = await testDatabase();
  world = createGiftWorld(database, '2026-04-10T12:00:00+09:00');
});
afterAll(async () => {
  await world.close();
  await database.close();
});

function use(subscriptionId: string, bytes: number) {
  const amount = { mode: 'delta' as const, bytes };
  const endedAt = world.clock.now().toString();
  return world.data.recordUse({ requestId: newId(), subscriptionId, endedAt, isZeroRated: false, amount });
}

/** Runs the jobs of notices twice, and answers all that this person was ever told. */
async function told(lineUserId: string): Promise<string[]> {
  const deps = { db: database.db, operator: testOperator, calendar: createCalendar('Asia/Tokyo') };
  for (const job of [findEndings(deps), tellNotices(deps), findEndings(deps), tellNotices(deps)]) {
    await job.run(world.clock.now());
  }
  return (await world.messagesTo(lineUserId)).map((alt) => alt.replace(/^.*?（末尾\d{4}）\s/, ''));
}

const half = (left: string) => `今月のデータ量が残り50%になりました（残り${left}）。`;
const fifth = (left: string) => `今月のデータ量が残り20%になりました（残り${left}）。`;
const nothing = expect.stringContaining('使えるデータ量がなくなりました');

describe('what is left of the month', () => {
  test('is told at a half, at a fifth and at nothing, each once', async () => {
    const { subscriptionId, lineUserId } = await world.subscription();
    await use(subscriptionId, 1_499 * MB);
    expect(await told(lineUserId)).toEqual([]);
    await use(subscriptionId, 1 * MB);
    expect(await told(lineUserId)).toEqual([half('1.5GB')]);
    await use(subscriptionId, 900 * MB);
    await use(subscriptionId, 100 * MB);
    await use(subscriptionId, 600 * MB);
    expect(await told(lineUserId)).toEqual([half('1.5GB'), fifth('600MB'), nothing]);
  });

  test('is told by the plan of the month, written with its turn; of a month without one by the subscription itself', async () => {
    const [written, unwritten] = [await world.subscription(), await world.subscription()];
    const planIs = (of: typeof written, planCode: string | null) =>
      world.sql.query('update data_month set plan_code = $2 where subscription_id = $1', [of.subscriptionId, planCode]);
    await planIs(written, 'no longer sold');
    await planIs(unwritten, null);
    for (const { subscriptionId } of [written, unwritten]) await use(subscriptionId, 1_600 * MB);
    await use(written.subscriptionId, 900 * MB);
    expect([await told(written.lineUserId), await told(unwritten.lineUserId)]).toEqual([[], [half('1.4GB')]]);
  });

  test('is told once more after another grant', async () => {
    const { subscriptionId, lineUserId } = await world.subscription();
    await use(subscriptionId, 3 * GB);
    expect(await told(lineUserId)).toEqual([nothing]);
    await world.data.topUp({ requestId: newId(), subscriptionId, amountBytes: GB });
    await use(subscriptionId, 400 * MB);
    await use(subscriptionId, 600 * MB);
    expect(await told(lineUserId)).toEqual([nothing, fifth('600MB'), nothing]);
  });

  test('is not told once more of what a smaller total gave back, which the network hears of', async () => {
    const { subscriptionId, lineUserId } = await world.subscription();
    const total = (readBytes: number) =>
      world.data.recordUse({
        requestId: newId(),
        subscriptionId,
        endedAt: world.clock.now().toString(),
        isZeroRated: false,
        amount: { mode: 'total', source: 'daily', session: 'day', readBytes },
      });
    await total(3 * GB);
    await total(2_900 * MB);
    await total(3 * GB);
    expect(await told(lineUserId)).toEqual([nothing]);
    const events = await world.sql.query<{ type: string }>(
      'select type from network_event where subscription_id = $1 order by position',
      [subscriptionId],
    );
    expect(events.map(({ type }) => type.replace('data.throttle.', ''))).toEqual(['set', 'lifted', 'set']);
    // What is granted is told again when it is used up, and lifts once, whatever was given back before it.
    await total(2_900 * MB);
    await world.data.topUp({ requestId: newId(), subscriptionId, amountBytes: GB });
    await total(4 * GB);
    expect(await told(lineUserId)).toEqual([nothing, nothing]);
  });

  test('is told to nobody when nobody is linked', async () => {
    const { subscriptionId, lineUserId } = await world.subscription({ isLinked: false });
    await use(subscriptionId, 2 * GB);
    expect(await told(lineUserId)).toEqual([]);
  });
});

describe('what ends', () => {
  test('is told three days before its last day, in the morning, once', async () => {
    const { lineUserId } = await world.subscription();
    world.clock.freeze('2026-05-28T09:59:00+09:00');
    await world.run();
    expect(await told(lineUserId)).toEqual([]);
    world.clock.freeze('2026-05-28T10:00:00+09:00');
    const ending = ['3GBが、もうすぐ期限です（5月31日まで使えます）。'];
    expect(await told(lineUserId)).toEqual(ending);
    world.clock.freeze('2026-05-29T11:00:00+09:00');
    expect(await told(lineUserId)).toEqual(ending);
  });

  test('is not told again of what came with its end named a moment ago', async () => {
    const [sender, receiver] = [await world.subscription(), await world.subscription()];
    await world.gifts.giveDirectly({
      requestId: newId(),
      senderSubscriptionId: sender.subscriptionId,
      receiverSubscriptionId: receiver.subscriptionId,
      amountBytes: GB,
    });
    expect((await told(receiver.lineUserId)).filter((said) => said.includes('もうすぐ期限'))).toEqual([]);
  });
});

describe('whoever does not want them', () => {
  const noticeTalk = createNoticeTalk({ kinds: noticeKinds, linkStateOf: async () => 'user' });
  const button = (action: string, kind: string): Heard => ({
    kind: 'button',
    action,
    params: new URLSearchParams({ kind }),
  });

  async function hear(lineUserId: string, heard: Heard): Promise<string> {
    const [message] = await noticeTalk.hear(
      {
        db: database.db,
        now: Temporal.Instant.from('2026-06-10T03:00:00Z'),
        eventId: newId(),
        lineUserId,
        displayName: null,
        language: 'ja',
      },
      heard,
    );
    return message?.type === 'flex' ? message.altText : '';
  }

  test('switches a kind off and on again by the talk, and gets the others', async () => {
    world.clock.freeze('2026-06-10T12:00:00+09:00');
    const { subscriptionId, lineUserId } = await world.subscription();
    expect(await hear(lineUserId, { kind: 'word', word: 'お知らせ' })).not.toContain('受け取らない');
    expect(await hear(lineUserId, button('off', 'low'))).toContain('残りが少なくなったとき: 受け取らない');
    expect(await hear(lineUserId, button('off', 'low'))).toContain('期限が近づいたとき: 受け取る');
    await use(subscriptionId, 3 * GB - MB);
    await use(subscriptionId, MB);
    expect(await told(lineUserId)).toEqual([nothing]);
    expect(await hear(lineUserId, button('on', 'low'))).not.toContain('受け取らない');
  });

  test('changes nothing for others, and nothing by a kind that does not exist', async () => {
    const { subscriptionId, lineUserId } = await world.subscription();
    await hear(`U${newId()}`, button('off', 'low'));
    expect(await hear(lineUserId, button('off', 'everything'))).not.toContain('受け取らない');
    await use(subscriptionId, 2_500 * MB);
    expect(await told(lineUserId)).toEqual([fifth('500MB')]);
  });
});
