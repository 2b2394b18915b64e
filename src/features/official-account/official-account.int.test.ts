import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { GroupView, TalkEntry } from '../../../simulator/contract.ts';
import { testDatabase } from '../../../tests/support/database.ts';
import { serveDoors } from '../../../tests/support/doors.ts';
import { testOperator } from '../../../tests/support/operator.ts';
import { channelSecret, type SimulatedLine, simulatedLine } from '../../../tests/support/simulated-line.ts';
import { createAdjustableClock } from '../../base/clock.ts';
import type { LinkState } from '../../base/link-state.ts';
import { type Database, inTransaction, preparedRunnerOf, runnerOf } from '../../infra/db/index.ts';
import { signatureOf } from '../../infra/line/arrivals/signature.ts';
import { createWebhookDoor } from '../../infra/line/arrivals/webhook.ts';
import { text } from '../../infra/line/flex.ts';
import type { StoredEvent } from '../../infra/line/hearing/lanes.ts';
import { createTalkWorker, type Outcome, type TalkWorker } from '../../infra/line/hearing/worker.ts';
import { enqueueMessages } from '../../infra/line/outbox/outbox.ts';
import { createOutboxSender, type OutboxSender } from '../../infra/line/outbox/sender.ts';
import type { AccountLinkResult, TalkHandler } from '../../infra/line/talk.ts';
import { loadAllowance } from './allowance-store.ts';
import { createOfficialAccount, lineAccountsOf, type OfficialAccount, refreshMenu } from './index.ts';

// Everything real: the simulated LINE signs and delivers, the door stores, the worker hears, the sender answers.
let database: Database;
let line: SimulatedLine;
let door: { origin: string; stop(): Promise<void> };
let account: OfficialAccount;
let worker: TalkWorker;
let sender: OutboxSender;
const clock = createAdjustableClock();
const states = new Map<string, LinkState>();
const accountLinks: AccountLinkResult[] = [];
/** Whose talk staff have. */
const withStaff = new Set<string>();

const echo: TalkHandler = {
  name: 'data',
  words: ['残量', 'データ', 'data'],
  hear: async (context, heard) => [
    text(`${context.displayName}:${context.language}:${heard.kind === 'word' ? heard.word : heard.action}`),
  ],
};
const broken: TalkHandler = {
  name: 'gifts',
  words: ['プレゼント'],
  hear: () => Promise.reject(new Error('the ledger is away')),
};

beforeAll(async () => {
  database = await testDatabase();
  line = await simulatedLine();
  const { db } = database;
  account = createOfficialAccount({
    db,
    clock,
    line: line.client(clock),
    operator: testOperator,
    publicUrl: 'https://renkei.example',
    handlers: [echo, broken],
    linkStateOf: async (_sql, lineUserId) => states.get(lineUserId) ?? 'nobody',
    ears: {
      hear: async ({ lineUserId }) => (withStaff.has(lineUserId) ? [] : null),
      unsent: async () => undefined,
      blocked: async () => undefined,
    },
    onQuestion: async (context, question) =>
      question.includes('圏外') ? [text(`${context.language}: ${question}`)] : null,
    async onAccountLink(result) {
      accountLinks.push(result);
      if (result.outcome.result === 'failed') return null;
      return { lineUserId: result.outcome.lineUserId, messages: [text('連携しました')] };
    },
  });
  sender = createOutboxSender({ db, clock, line: line.client(clock), richMenuIdOf: account.menus.idOf });
  worker = createTalkWorker({ db, clock, handle: account.handleEvent, apologise: account.apologise });
  door = await serveDoors(
    createWebhookDoor({
      sql: preparedRunnerOf(database.pool),
      clock,
      channelSecrets: [channelSecret],
      onStored: () => undefined,
    }),
  );
  await line.sendWebhooksTo(`${door.origin}/webhook/line`);
  await account.menus.sync();
});

afterAll(async () => {
  await line.stop();
  await door.stop();
  await database.close();
});

let taken = 0;
let taro: string;
beforeEach(async () => {
  taken += 1;
  taro = await line.person(`たろう${taken}`);
});

/** Until every webhook has come in, every event is heard and every answer is out. */
async function settle(): Promise<void> {
  do {
    await line.delivered();
    await worker.drain();
    await sender.flush();
  } while (!((await worker.isIdle()) && (await sender.isIdle())));
}

const labelsOf = async (userId: string) => (await line.screen(userId)).richMenu?.areas.map((area) => area.label);

describe('what LINE lets the account push in a month', () => {
  const look = async () => {
    for (const job of account.upkeep) await job.run(clock.now());
    return loadAllowance(runnerOf(database.db));
  };

  test('is asked of LINE, and what it said last stays while it does not answer', async () => {
    expect(await look()).toMatchObject({ limitPerMonth: null });
    await line.monthlyLimit(1_000);
    await line.follow(taro);
    await settle();
    await inTransaction(database.db, (tx) =>
      enqueueMessages(runnerOf(tx), clock.now(), [
        { lineUserId: taro, messages: [text('お知らせ')], dedupeKey: `notice:${taro}` },
      ]),
    );
    const before = await look();
    await settle();
    const seen = await look();
    expect(seen).toMatchObject({ limitPerMonth: 1_000, used: (before?.used ?? 0) + 1 });
    await line.faults({ api: { status: 500 } });
    await line.monthlyLimit(null);
    expect(await look()).toEqual(seen);
    await line.clearFaults();
    expect(await look()).toMatchObject({ limitPerMonth: null });
  });
});

describe('read marks', () => {
  const isRead = async () =>
    (await line.screen(taro)).talk.filter((entry) => entry.from === 'person').map((entry) => entry.isRead);
  const marks = async () => (await line.calls('/v2/bot/chat/markAsRead')).length;

  test('what the bot answered is read, what staff hear waits for them', async () => {
    await line.follow(taro);
    await line.say(taro, '残量');
    await line.say(taro, 'むにゃむにゃ');
    await settle();
    await vi.waitFor(async () => expect(await isRead()).toEqual([true, true]));
    withStaff.add(taro);
    const before = await marks();
    await line.say(taro, 'まだですか');
    await settle();
    await line.say(await line.person('はなこ'), '残量');
    await settle();
    await vi.waitFor(async () => expect(await marks()).toBe(before + 1));
    expect(await isRead()).toEqual([true, true, false]);
  });

  test('where chat is off in LINE’s manager, LINE marks by itself and is not asked to', async () => {
    await line.control('PATCH', '/account', { chatMode: 'bot' });
    clock.shift(11 * 60_000);
    const before = await marks();
    await line.say(taro, '残量');
    await settle();
    expect([await isRead(), await marks()]).toEqual([[true], before]);
    clock.shift(0);
    await line.control('PATCH', '/account', { chatMode: 'chat' });
  });
});

describe('following', () => {
  test('greets by name, tells what linking brings, and shows the menu of six', async () => {
    await line.follow(taro);
    await settle();
    const [hello, card] = await line.heard(taro);
    expect(hello).toMatch(/^たろう\d+さん、友だち追加ありがとうございます。さくらモバイル/);
    expect(card).toContain('契約者連携');
    expect(card).toContain('利用者連携');
    expect(await labelsOf(taro)).toEqual([
      '契約者連携',
      '利用者連携',
      'データプレゼント',
      'データ残量確認',
      'いつでもヘルプ',
      '新規申し込み',
    ]);
  });

  test('greets in English where LINE says so, with an English menu', async () => {
    const userId = await line.person('Hanako', 'en');
    await line.follow(userId);
    await settle();
    expect((await line.heard(userId))[0]).toBe('Hanako, thank you for adding Sakura Mobile.');
    expect(await labelsOf(userId)).toContain('Link contract');
  });
});

test('who asks for English is answered in English from then on, and has an English menu', async () => {
  const jiro = await line.person('じろう');
  await line.follow(taro);
  await line.follow(jiro);
  await settle();
  await line.say(taro, 'English please');
  await settle();
  expect((await line.heard(taro)).at(-1)).toContain('in English from now on');
  expect(await labelsOf(taro)).toContain('Link contract');
  await line.tap(taro, 'Data left');
  await settle();
  expect((await line.heard(taro)).at(-1)).toMatch(/:en:open$/);
  // And nobody else.
  await line.tap(jiro, 'データ残量確認');
  await settle();
  expect((await line.heard(jiro)).at(-1)).toMatch(/:ja:open$/);
});

describe('the menu follows the links', () => {
  test('マイページ and 連携済み after both links, and again after a block', async () => {
    await line.follow(taro);
    await settle();
    states.set(taro, 'both');
    await inTransaction(database.db, (tx) => refreshMenu(runnerOf(tx), clock.now(), taro, 'both'));
    await settle();
    expect((await labelsOf(taro))?.slice(0, 2)).toEqual(['マイページ', '連携済み']);
    expect(await line.tap(taro, 'マイページ')).toEqual({ opened: 'https://renkei.example/login/line?next=/' });

    await line.block(taro);
    await settle();
    states.set(taro, 'contractor');
    await inTransaction(database.db, (tx) => refreshMenu(runnerOf(tx), clock.now(), taro, 'contractor'));
    await settle();
    await line.follow(taro);
    await settle();
    expect((await labelsOf(taro))?.slice(0, 2)).toEqual(['マイページ', '利用者連携']);
    expect((await line.heard(taro)).at(-1)).toMatch(/^たろう\d+さん、おかえりなさい。/);
  });

  test('a menu that is right already is not given again', async () => {
    await line.follow(taro);
    await settle();
    const before = (await line.calls()).length;
    await inTransaction(database.db, (tx) => refreshMenu(runnerOf(tx), clock.now(), taro, 'nobody'));
    await settle();
    expect((await line.calls()).length).toBe(before);
  });
});

describe('who answers', () => {
  beforeEach(async () => {
    await line.follow(taro);
    await settle();
  });
  const last = async () => (await line.heard(taro)).at(-1);

  test('a button of the menu', async () => {
    await line.tap(taro, 'データ残量確認');
    await settle();
    expect(await last()).toMatch(/^たろう\d+:ja:open$/);
  });

  test('a word, however wide it is typed', async () => {
    await line.say(taro, ' ＤＡＴＡ ');
    await settle();
    expect(await last()).toMatch(/:data$/);
  });

  test.each([
    ['an unknown word', () => line.say(taro, 'きょうはいい天気ですね'), '聞き取れませんでした'],
    ['a greeting', () => line.say(taro, 'こんばんは'), 'ご連絡ありがとうございます'],
    ['a sticker', () => line.sticker(taro), 'ご連絡ありがとうございます'],
  ])('%s gets the short menu', async (_, act, words) => {
    await act();
    await settle();
    expect(await last()).toContain(words);
    expect((await line.screen(taro)).quickReplies).toHaveLength(6);
  });

  test('a function that keeps failing: the person is told, and heard again', async () => {
    await line.say(taro, 'プレゼント');
    await line.say(taro, '残量');
    for (let round = 0; round < 6; round += 1) {
      await line.delivered();
      await worker.drain();
      clock.advance('PT40S');
    }
    await settle();
    const heard = await line.heard(taro);
    expect(heard.filter((words) => words.startsWith('申し訳ありません'))).toHaveLength(1);
    expect(heard.at(-1)).toMatch(/:残量$/);
  });
});

describe('blocking', () => {
  test('nothing is sent to a person who blocked, whatever was waiting', async () => {
    await line.follow(taro);
    await settle();
    await line.say(taro, '残量');
    await line.delivered();
    await worker.drain();
    await line.block(taro);
    await line.delivered();
    await worker.drain();
    const before = (await line.calls()).filter((call) => call.direction === 'received').length;
    await sender.flush();
    expect((await line.calls()).filter((call) => call.direction === 'received')).toHaveLength(before);
    const rows = await database.db
      .selectFrom('outbox')
      .select('state')
      .where('line_user_id', '=', taro)
      .orderBy('outbox_id', 'desc')
      .execute();
    expect(rows[0]?.state).toBe('dropped');
    expect(await sender.isIdle()).toBe(true);
  });
});

test('no answer is a dead end: a function that offers nothing below it is followed by the menu', async () => {
  await line.follow(taro);
  await line.say(taro, '残量');
  await settle();
  expect((await line.screen(taro)).quickReplies.map(({ label }) => label)).toEqual(['メニュー']);
  await line.tap(taro, 'メニュー');
  await settle();
  expect((await line.screen(taro)).quickReplies).toHaveLength(6);
});

test.each([
  ['image', '写真や動画'],
  ['video', '写真や動画'],
  ['audio', '音声'],
  ['file', 'ファイル'],
  ['sticker', 'ご連絡ありがとうございます'],
])('what the account makes of a %s is said, with the menu below', async (kind, words) => {
  await line.follow(taro);
  await line.control('POST', `/people/${taro}/${kind}`);
  await settle();
  expect((await line.heard(taro)).at(-1)).toContain(words);
  expect((await line.screen(taro)).quickReplies).toHaveLength(6);
});

describe('in a group', () => {
  const timesCalled = async (path: string) => (await line.calls(path)).length;
  const talk = (groupId: string) => line.control<TalkEntry[]>('GET', `/groups/${groupId}/talk`);

  test.each(['group', 'room'])('(a %s) it says once that it talks one to one, and goes', async (kind) => {
    const { groupId } = await line.control<GroupView>('POST', '/groups', { kind, members: [taro] });
    await line.control('POST', `/groups/${groupId}/account`);
    await line.control('POST', `/groups/${groupId}/say`, { userId: taro, text: '残量' });
    await settle();
    const [, answer, ...more] = (await talk(groupId)).toSorted((a, b) => b.from.localeCompare(a.from));
    expect([answer?.message.altText, more]).toEqual([expect.stringContaining('1対1のトーク'), []]);
    expect(JSON.stringify(answer)).toContain('https://line.me/R/ti/p/%40');
    const groups = await line.control<GroupView[]>('GET', '/groups');
    expect(groups.find((each) => each.groupId === groupId)?.hasAccount).toBe(false);
    expect(await line.heard(taro)).toEqual([]);
  });

  test('what was said there is kept nowhere', async () => {
    const rows = await runnerOf(database.db).query(
      `select 1 from line_event where event_type <> 'join' and payload #>> '{source,type}' in ('group', 'room')`,
    );
    expect(rows).toEqual([]);
  });

  test('a LINE that does not answer is asked again until the account is out; the sentence is said once', async () => {
    const { groupId } = await line.control<GroupView>('POST', '/groups', { members: [taro] });
    await line.control('POST', `/groups/${groupId}/account`);
    await line.delivered();
    await line.faults({ api: { dropAfterAccept: 1 } });
    await worker.drain();
    await line.clearFaults();
    clock.advance('PT1M');
    await settle();
    expect(await timesCalled(`/v2/bot/group/${groupId}/leave`)).toBe(2);
    expect(await talk(groupId)).toHaveLength(1);
  });
});

describe('events out of order, and of no ordinary kind', () => {
  const at = (seconds: number) => clock.now().add({ seconds });
  const event = (type: string, seconds: number, payload: object = {}): StoredEvent => ({
    eventId: `${type}-${taro}-${seconds}`,
    lineUserId: taro,
    type,
    occurredAt: at(seconds),
    receivedAt: clock.now(),
    attempts: 1,
    payload: { type, mode: 'active', source: { type: 'user', userId: taro }, ...payload },
  });
  async function handle(stored: StoredEvent): Promise<void> {
    await write(await account.handleEvent(stored));
  }
  async function write(outcome: Outcome | undefined): Promise<void> {
    if (!outcome) return;
    await inTransaction(database.db, async (tx) => {
      await enqueueMessages(runnerOf(tx), clock.now(), await outcome(runnerOf(tx)));
    });
  }
  const isFriend = async () => (await lineAccountsOf(runnerOf(database.db), [taro])).get(taro)?.isFriend;

  test('a follow that comes in after a later block leaves the block', async () => {
    await handle(event('unfollow', 2));
    await handle(event('follow', 1));
    expect(await isFriend()).toBe(false);
    await handle(event('follow', 3));
    expect(await isFriend()).toBe(true);
    await handle(event('unfollow', 2));
    expect(await isFriend()).toBe(true);
  });

  test('a hundred redeliveries of one day of talk, shuffled, have one effect', async () => {
    await line.follow(taro);
    await settle();
    const before = (await line.heard(taro)).length;
    const events = Array.from({ length: 5 }, (_, n) => ({
      type: 'message',
      mode: 'active',
      timestamp: clock.now().epochMilliseconds + n,
      source: { type: 'user', userId: taro },
      webhookEventId: `SHUFFLED${taro.slice(-8)}${n}`,
      deliveryContext: { isRedelivery: n > 0 },
      message: { type: 'text', id: `${n}`, text: '残量' },
    }));
    const deliveries = Array.from({ length: 100 }, (_, n) => events[(n * 7) % 5]);
    await Promise.all(
      deliveries.map(async (each, n) => {
        const body = JSON.stringify({ destination: 'U0', events: [each, deliveries[99 - n]] });
        const headers = { 'x-line-signature': signatureOf(Buffer.from(body), channelSecret) };
        await fetch(`${door.origin}/webhook/line`, { method: 'POST', body, headers });
        if (n % 10 === 0) await worker.drain();
      }),
    );
    await settle();
    expect((await line.heard(taro)).length - before).toBe(5);
  });

  test('words of somebody never heard of make them known', async () => {
    await handle(event('message', 1, { message: { type: 'text', text: '残量' } }));
    expect(await isFriend()).toBe(true);
  });

  test('an account link is told to its feature, with the person LINE names or as failed', async () => {
    accountLinks.length = 0;
    await handle(event('accountLink', 1, { link: { result: 'ok', nonce: 'n1' } }));
    await handle({ ...event('accountLink', 2, { link: { result: 'failed', nonce: 'n2' } }), lineUserId: null });
    await handle({ ...event('accountLink', 3, { link: { result: 'ok', nonce: 'n3' } }), lineUserId: null });
    expect(accountLinks.map(({ nonce, outcome }) => [nonce, outcome])).toEqual([
      ['n1', { result: 'ok', lineUserId: taro }],
      ['n2', { result: 'failed' }],
      ['n3', { result: 'failed' }],
    ]);
  });

  test.each([
    ['another system answers', { mode: 'standby', message: { type: 'text', text: '残量' } }],
    ['it is said in a group', { source: { type: 'group' }, message: { type: 'text', text: '残量' } }],
  ])('nothing is said while %s', async (_, payload) =>
    expect(await account.handleEvent(event('message', 1, payload))).toBeUndefined(),
  );

  test('in standby a friendship and a link are noted, and nothing is said', async () => {
    const sentTo = async () =>
      runnerOf(database.db).query(`select 1 from outbox where line_user_id = $1 and kind = 'message'`, [taro]);
    await handle(event('unfollow', 1));
    const before = (await sentTo()).length;
    await handle(event('follow', 2, { mode: 'standby' }));
    accountLinks.length = 0;
    await handle(event('accountLink', 3, { mode: 'standby', link: { result: 'ok', nonce: 'n4' } }));
    expect([await isFriend(), accountLinks.length, (await sentTo()).length - before]).toEqual([true, 1, 0]);
  });

  test('an event that was given up is answered when it is tried again', async () => {
    const given = event('message', 1, { message: { type: 'text', text: '残量' } });
    await write(await account.apologise(given));
    await handle(given);
    const keys = await runnerOf(database.db).query<{ key: string }>(
      `select dedupe_key as key from outbox where dedupe_key like '%' || $1 order by 1`,
      [given.eventId],
    );
    expect(keys.map(({ key }) => key)).toEqual([`apology:${given.eventId}`, `event:${given.eventId}`]);
  });

  test.each(['unsend', 'videoPlayComplete', 'of-next-year'])('%s asks for nothing', async (type) =>
    expect(await account.handleEvent(event(type, 1))).toBeUndefined(),
  );
});

describe('making the menus', () => {
  test('a second time is quick: nothing is made, drawn or deleted', async () => {
    const before = (await line.calls()).length;
    await account.menus.sync();
    const paths = (await line.calls()).slice(before).map((call) => `${call.method} ${call.path}`);
    expect(paths.filter((path) => /^(DELETE|POST \/v2\/bot\/richmenu)/.test(path))).toEqual([]);
  });

  test('menus that LINE lost are made anew and given to those who had them; old ones go', async () => {
    await line.follow(taro);
    await settle();
    await database.db.updateTable('rich_menu').set({ fingerprint: 'of an older picture' }).execute();
    await account.menus.sync();
    await settle();
    await account.menus.sync();
    expect(await labelsOf(taro)).toHaveLength(6);
    const client = line.client(clock);
    const listed = await client.listRichMenus();
    expect(listed.kind === 'ok' && listed.value).toHaveLength(8);
  });
});
