import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../../tests/support/database.ts';
import { type SimulatedLine, simulatedLine } from '../../../../tests/support/simulated-line.ts';
import { createAdjustableClock } from '../../../base/clock.ts';
import { type Database, runnerOf } from '../../db/index.ts';
import type { LineClient } from '../client.ts';
import { text } from '../flex.ts';
import { enqueueFacts, enqueueMessages, enqueueRichMenu, type Wording } from './outbox.ts';
import { createOutboxSender, type OutboxSenderOptions } from './sender.ts';
import { leaseRows } from './store.ts';

let database: Database;
let line: SimulatedLine;
let client: LineClient;
/** Gives up soon, for what comes too late. */
let hasty: LineClient;
let person: string;
const clock = createAdjustableClock();
const lost: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  line = await simulatedLine();
  client = line.client(clock);
  hasty = line.client(clock, 250);
  await hasty.listRichMenus(); // it has its token, and the simulator is warm
});
afterAll(async () => {
  await line.stop();
  await database.close();
});
beforeEach(async () => {
  clock.shift(0);
  lost.length = 0;
  await line.clearFaults();
  await database.db.deleteFrom('outbox').execute();
  person = await line.person('あきら');
  await line.follow(person);
});

function senderWith(change: Partial<OutboxSenderOptions> = {}) {
  return createOutboxSender({
    db: database.db,
    clock,
    line: client,
    richMenuIdOf: async () => undefined,
    onLost: ({ state }) => lost.push(state),
    chance: () => 0,
    ...change,
  });
}

const sql = () => runnerOf(database.db);
async function push(words: string, to = person): Promise<void> {
  await enqueueMessages(sql(), clock.now(), [{ lineUserId: to, messages: [text(words)], dedupeKey: randomUUID() }]);
}
async function reply(words: string, to = person): Promise<void> {
  const now = clock.now();
  const token = line.replyToken(to);
  await enqueueMessages(sql(), now, [
    {
      lineUserId: to,
      messages: [text(words)],
      dedupeKey: randomUUID(),
      reply: { token, until: now.add({ seconds: 50 }) },
    },
  ]);
}
const states = async () =>
  (await database.db.selectFrom('outbox').select('state').orderBy('outbox_id').execute()).map((row) => row.state);
const sends = async () =>
  (await line.calls()).filter(
    (call) => /message\/(push|reply)$/.test(call.path) && JSON.stringify(call.body).includes(tag),
  );
let tag: string;
beforeEach(() => {
  tag = randomUUID();
});

/** Flushes, and lets the program's clock run until nothing waits any more. */
async function sendAll(sender = senderWith()): Promise<void> {
  for (let round = 0; round < 40; round += 1) {
    await sender.flush();
    if (await sender.isIdle()) return;
    clock.advance('PT1S');
    await database.db.updateTable('outbox').set({ leased_until: null }).execute();
  }
}

describe('how a message leaves', () => {
  test('as a reply while its token is fresh, free of charge', async () => {
    await reply(tag);
    await senderWith().flush();
    expect((await sends()).map((call) => call.path)).toEqual(['/v2/bot/message/reply']);
    expect(await states()).toEqual(['sent']);
  });

  test('facts are put into words when they leave: in the language and with the name of that moment', async () => {
    const other = await line.person('はなこ');
    for (const [lineUserId, name, language] of [
      [person, 'あきら', 'en'],
      [other, 'はな', 'ja'],
    ] as const) {
      await database.db
        .insertInto('line_account')
        .values({
          line_user_id: lineUserId,
          display_name: name,
          language,
          is_friend: true,
          updated_at: clock.now().toString(),
        })
        .onConflict((known) => known.column('line_user_id').doUpdateSet({ display_name: name, language }))
        .execute();
    }
    await enqueueFacts(sql(), clock.now(), 'greetings', [
      { lineUserId: person, namedLineUserId: other, facts: { tag } },
      { lineUserId: person, namedLineUserId: null, facts: { tag } },
    ]);
    const greetings: Wording = (facts, { language, otherName }) => [
      text(`${JSON.stringify(facts)} ${language} ${otherName}`),
    ];
    await sendAll(senderWith({ wordings: { greetings } }));
    expect((await sends()).map(({ body }) => JSON.stringify(body).match(/(en|ja) [^"]*/)?.[0])).toEqual([
      'en はな',
      'en null',
    ]);
    expect(await states()).toEqual(['sent', 'sent']);
  });

  test('what the ledger tells waits in one row until the sender opens it, and nothing younger leaves before', async () => {
    const other = await line.person('けん');
    await line.follow(other);
    const told = (lineUserId: string, n: number) => ({ lineUserId, namedLineUserId: null, facts: `${tag} ${n}` });
    await enqueueFacts(sql(), clock.now(), 'facts', [told(person, 1), told(other, 1), told(person, 2)]);
    await enqueueFacts(sql(), clock.now(), 'facts', [told(person, 3)]);
    clock.advance('PT1S');
    await push(`${tag} 4`);
    expect(await leaseRows(sql(), clock.now(), { limit: 10, leaseSeconds: 15 })).toEqual([]);
    const sender = senderWith({ wordings: { facts: (facts) => [text(String(facts))] } });
    expect(await sender.isIdle()).toBe(false);
    await sendAll(sender);
    expect(await line.heard(person)).toEqual([1, 2, 3, 4].map((n) => `${tag} ${n}`));
    expect(await line.heard(other)).toEqual([`${tag} 1`]);
  });

  test('as a push once the token is stale, with its own id as the retry key', async () => {
    await reply(tag);
    clock.advance('PT51S');
    await senderWith().flush();
    const calls = await sends();
    const row = await database.db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow();
    expect(calls.map((call) => call.path)).toEqual(['/v2/bot/message/push']);
    expect(calls[0]?.headers['x-line-retry-key']).toBe(row.outbox_id);
    expect(row).toMatchObject({ state: 'sent', reply_token: null });
    expect(row.line_request_id).not.toBeNull();
  });

  test('as a push when LINE will not have the token', async () => {
    const now = clock.now();
    await enqueueMessages(sql(), now, [
      {
        lineUserId: person,
        messages: [text(tag)],
        dedupeKey: tag,
        reply: { token: 'of-yesterday', until: now.add({ seconds: 50 }) },
      },
    ]);
    await senderWith().flush();
    expect((await sends()).map((call) => [call.path, call.status])).toEqual([
      ['/v2/bot/message/reply', 400],
      ['/v2/bot/message/push', 200],
    ]);
    expect(await line.heard(person)).toEqual([tag]);
  });

  test('once, however often its cause was processed', async () => {
    for (let n = 0; n < 3; n += 1) {
      await enqueueMessages(sql(), clock.now(), [
        { lineUserId: person, messages: [text(tag)], dedupeKey: 'one cause' },
      ]);
    }
    await senderWith().flush();
    expect(await line.heard(person)).toEqual([tag]);
  });

  test('in order for each person, whoever sends', async () => {
    const words = Array.from({ length: 12 }, (_, n) => `${n}`);
    for (const each of words) await push(each);
    const senders = [senderWith(), senderWith()];
    while (!(await senders[0]?.isIdle())) await Promise.all(senders.map((sender) => sender.flush()));
    expect(await line.heard(person)).toEqual(words);
  });

  test('not at all to a person who blocked: LINE is not even asked', async () => {
    await database.db
      .insertInto('line_account')
      .values({ line_user_id: person, is_friend: false, updated_at: clock.now().toString() })
      .execute();
    await push(tag);
    await senderWith().flush();
    expect(await states()).toEqual(['dropped']);
    expect(await sends()).toEqual([]);
  });
});

describe('when LINE stumbles', () => {
  test.each(['push', 'reply'] as const)(
    'a %s that was accepted while the answer got lost is not sent twice',
    async (way) => {
      await (way === 'push' ? push(tag) : reply(tag));
      await line.faults({ api: { dropAfterAccept: 1 } });
      // The token for the channel must not be what is lost.
      await line.clearFaults();
      await client.listRichMenus();
      await line.faults({ api: { dropAfterAccept: 1 } });
      await senderWith().flush();
      expect(await states()).toEqual(['waiting']);
      await line.clearFaults();
      await sendAll();
      expect(await states()).toEqual(['sent']);
      expect(await line.heard(person)).toEqual([tag]);
      expect((await sends()).map((call) => call.status)).toEqual([null, way === 'push' ? 409 : 400]);
    },
  );

  test('a reply that took too long, and arrived after we had given up waiting', async () => {
    await reply(tag);
    await line.faults({ api: { delayMs: 400 } });
    await senderWith({ line: hasty }).flush();
    expect(await states()).toEqual(['waiting']);
    await line.clearFaults();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await sendAll();
    expect(await states()).toEqual(['sent']);
    expect(await line.heard(person)).toEqual([tag]);
  });

  test('500, then well again: once', async () => {
    await push(tag);
    await line.faults({ api: { status: 500 } });
    await senderWith().flush();
    await line.clearFaults();
    await sendAll();
    expect(await line.heard(person)).toEqual([tag]);
    const keys = new Set((await sends()).map((call) => call.headers['x-line-retry-key']));
    expect(keys.size).toBe(1);
  });

  test('too fast: later', async () => {
    await push(tag);
    await line.faults({ api: { status: 429 } });
    await senderWith().flush();
    expect(await states()).toEqual(['waiting']);
    await line.clearFaults();
    await sendAll();
    expect(await line.heard(person)).toEqual([tag]);
  });

  test('a message LINE does not accept is given up and told, and does not hold up the next', async () => {
    await enqueueMessages(sql(), clock.now(), [{ lineUserId: person, messages: [text('')], dedupeKey: randomUUID() }]);
    await push(tag);
    await sendAll();
    expect(await states()).toEqual(['failed', 'sent']);
    expect(lost).toEqual(['failed']);
  });

  test('after a day without an answer the fate is unknown: shown, and never sent again', async () => {
    await push(tag);
    await line.faults({ api: { status: 500 } });
    const sender = senderWith();
    await sender.flush();
    clock.advance('PT24H1S');
    await line.clearFaults();
    await sender.flush();
    expect(await states()).toEqual(['unknown']);
    expect(await line.heard(person)).toEqual([]);
  });

  test.each(['push', 'reply'] as const)('a sender killed between the %s and its own notes', async (way) => {
    await (way === 'push' ? push(tag) : reply(tag));
    const [row] = await leaseRows(sql(), clock.now(), { limit: 1, leaseSeconds: 60 });
    if (!row || !('messages' in row.content)) throw new Error('nothing to send');
    const { messages } = row.content;
    await (row.replyToken ? client.reply(row.replyToken, messages) : client.push(person, messages, row.outboxId));

    await senderWith().flush();
    expect(await states()).toEqual(['waiting']);
    await database.db.updateTable('outbox').set({ leased_until: '2000-01-01T00:00:00Z' }).execute();
    await senderWith().flush();
    expect(await states()).toEqual(['sent']);
    expect(await line.heard(person)).toEqual([tag]);
  });
});

test('through drops, errors and delays every message arrives exactly once', async () => {
  const people = await Promise.all(Array.from({ length: 10 }, (_, n) => line.person(`人${n}`)));
  await Promise.all(people.map((each) => line.follow(each)));
  await line.faults({ api: { dropAfterAccept: 0.3, status: 500, rate: 0.2 } });
  for (const each of people) {
    await reply('0', each);
    await push('1', each);
    await push('2', each);
  }
  await sendAll();
  await line.clearFaults();
  await sendAll();
  for (const each of people) expect(await line.heard(each)).toEqual(['0', '1', '2']);
  expect(new Set(await states())).toEqual(new Set(['sent']));
});

describe('menus', () => {
  test('a menu that has not been made yet waits, and messages do not wait for it', async () => {
    await enqueueRichMenu(sql(), clock.now(), { lineUserId: person, menu: 'nobody:ja', dedupeKey: randomUUID() });
    await push(tag);
    await senderWith().flush();
    expect(await states()).toEqual(['waiting', 'sent']);
  });
});
