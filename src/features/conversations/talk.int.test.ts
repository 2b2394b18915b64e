import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wordsIn } from '../../../tests/support/control.ts';
import { type StaffName, type StaffWorld, staffWorld } from '../../../tests/support/staff.ts';
import { newId } from '../../base/ids.ts';
import { runnerOf } from '../../infra/db/index.ts';
import { text } from '../../infra/line/flex.ts';
import { type Conversations, createConversations } from './index.ts';

/** The person's side on a real database, each step as often and in any order as LINE and a dying process may cause it. */

let world: StaffWorld;
let conversations: Conversations;
beforeAll(async () => {
  world = await staffWorld();
  conversations = conversationsWith(20);
});
afterAll(() => world.database.close());

function conversationsWith(queueLimit: number): Conversations {
  const { operator } = world.staff;
  return createConversations({
    db: world.database.db,
    talkDb: world.database.db,
    clock: world.clock,
    operator: { ...operator, conversations: { ...operator.conversations, queueLimit } },
    publicUrl: 'https://my.example.jp',
    linkStateOf: async () => 'user',
    menuLabelOf: () => null,
    publicNamesOf: world.staff.publicNamesOf,
    colleagues: world.staff.colleagues,
    sessions: world.sessions,
    pictureKey: world.secrets.show,
    onSent: () => undefined,
  });
}

const sql = () => runnerOf(world.database.db);
const somebody = () => `U${newId().replaceAll('-', '')}`;
const by = (name: StaffName) => ({ by: world.member(name), requestId: newId() });

const asks = (lineUserId: string, { of = conversations, eventId = newId(), action = 'open' } = {}) =>
  of.talk.hear(
    { db: world.database.db, now: world.clock.now(), eventId, lineUserId, displayName: 'た', language: 'ja' },
    { kind: 'button', action, params: new URLSearchParams() },
  );

function says(
  lineUserId: string,
  said: string,
  { eventId = newId(), secondsLater = 0, id = newId(), isStandby = false } = {},
) {
  return conversations.ears.hear({
    db: world.database.db,
    eventId,
    lineUserId,
    language: 'ja',
    occurredAt: world.clock.now().add({ seconds: secondsLater }),
    payload: { type: 'message', message: { type: 'text', id, text: said } },
    reply: { token: `token of ${said}`, until: world.clock.now().add({ seconds: 50 }) },
    isStandby,
  });
}

const live = async (lineUserId: string) => {
  const [found] = await sql().query<{ id: string; state: string; token: string | null }>(
    `select conversation_id as id, state, reply_token as token from conversation where line_user_id = $1
     order by asked_at desc, conversation_id desc limit 1`,
    [lineUserId],
  );
  return found ?? { id: '', state: 'none', token: null };
};
const said = async (lineUserId: string) => {
  const rows = await sql().query<{ author: string; content: { text?: string; kind: string; what?: string } }>(
    `select author, content from conversation_message join conversation using (conversation_id)
     where line_user_id = $1 order by at, position`,
    [lineUserId],
  );
  return rows.map(({ content }) => content.text ?? content.what ?? content.kind);
};

describe('a process that dies and begins again', () => {
  test('asks once, and the person gets the same answer', async () => {
    const [person, eventId] = [somebody(), newId()];
    const first = await asks(person, { eventId });
    const heardAgain = await says(person, '担当者', { eventId });
    expect(heardAgain).toBeNull();
    expect(await asks(person, { eventId })).toEqual(first);
    expect(await said(person)).toEqual(['asked']);
  });

  test('does not begin anew what is over', async () => {
    const [person, eventId] = [somebody(), newId()];
    await asks(person, { eventId });
    await asks(person, { action: 'cancel' });
    expect(wordsIn(await asks(person, { eventId }))).toContain('受付を取り消しました');
    expect((await live(person)).state).toBe('closed');
  });

  test('hears each word once', async () => {
    const [person, eventId] = [somebody(), newId()];
    await asks(person);
    expect(await says(person, 'こんにちは', { eventId })).toEqual([]);
    expect(await says(person, 'こんにちは', { eventId })).toEqual([]);
    expect(await said(person)).toEqual(['asked', 'こんにちは']);
    expect((await live(person)).token).toBe('token of こんにちは');
  });

  test('puts what leaves into the transcript once, and what leaves for others nowhere', async () => {
    const [person, other] = [somebody(), somebody()];
    await asks(person);
    const sent = { outboxId: newId(), createdAt: world.clock.now(), messages: [text('1GBが届きました')] };
    for (const lineUserId of [person, person, other]) await conversations.noteSent({ ...sent, lineUserId });
    expect(await said(person)).toEqual(['asked', 'messages']);
    expect(await says(other, '残量')).toBeNull();
    expect(await said(other)).toEqual([]);
  });
});

describe('the order', () => {
  test('is that in which things were said, not that in which they came in', async () => {
    const person = somebody();
    await asks(person);
    await says(person, '二', { secondsLater: 2 });
    await says(person, '一', { secondsLater: 1 });
    expect(await said(person)).toEqual(['asked', '一', '二']);
  });

  test('has staff after what they answer, though LINE’s clock is ahead', async () => {
    const person = somebody();
    await asks(person);
    await says(person, '質問', { secondsLater: 9 });
    const { id: conversationId } = await live(person);
    await conversations.staff.take({ conversationId, ...by('agent') });
    await conversations.staff.reply({ conversationId, ...by('agent'), text: '答え' });
    const order = await said(person);
    expect(order.indexOf('答え')).toBeGreaterThan(order.indexOf('質問'));
  });

  test('a message taken back before it came in says nothing', async () => {
    const [person, id] = [somebody(), newId()];
    await asks(person);
    await sql().query(
      `insert into line_event (webhook_event_id, line_user_id, event_type, occurred_at, received_at, payload,
         next_attempt_at, done_at) values ($1, $2, 'unsend', $3, $3, $4, $3, $3)`,
      [newId(), person, world.clock.now().toString(), JSON.stringify({ type: 'unsend', unsend: { messageId: id } })],
    );
    await says(person, 'ひみつ', { id });
    expect(await said(person)).toEqual(['asked', 'unsent']);
  });

  test('taking back reaches nobody else’s words', async () => {
    const [person, other, id] = [somebody(), somebody(), newId()];
    for (const each of [person, other]) {
      await asks(each);
      await says(each, 'ひみつ', { id });
    }
    await conversations.ears.unsent(sql(), { lineUserId: person, lineMessageId: id });
    expect([await said(person), await said(other)]).toEqual([
      ['asked', 'unsent'],
      ['asked', 'ひみつ'],
    ]);
  });
});

test('a button of the message that staff have taken meanwhile leads to them', async () => {
  const person = somebody();
  await asks(person, { action: 'leave' });
  await says(person, '機種変更について');
  expect(wordsIn(await asks(person, { action: 'finish-message' }))).toContain('伝言をお預かりしました');
  const { id: conversationId } = await live(person);
  await conversations.staff.take({ conversationId, ...by('agent') });
  expect(wordsIn(await asks(person, { action: 'finish-message' }))).toContain('いま担当者とつながっています');
});

describe('in standby', () => {
  test.each(['open', 'leave'])(
    'nothing is said back to whoever is in a conversation (%s), and all is noted',
    async (action) => {
      const person = somebody();
      await asks(person, { action });
      for (const word of ['こんにちは', '以上です', 'やめる', 'オペレーター']) {
        expect(await says(person, word, { isStandby: true })).toEqual([]);
      }
      expect((await said(person)).slice(1)).toEqual(['こんにちは', '以上です', 'やめる', 'オペレーター']);
    },
  );
});

describe('how it was', () => {
  test('is said by the person it was with, and by nobody else before them', async () => {
    const [person, other] = [somebody(), somebody()];
    await asks(person);
    const { id } = await live(person);
    await conversations.staff.take({ conversationId: id, ...by('agent') });
    await conversations.staff.close({ conversationId: id, ...by('agent') });
    const rates = (lineUserId: string, face: string) =>
      conversations.talk.hear(
        {
          db: world.database.db,
          now: world.clock.now(),
          eventId: newId(),
          lineUserId,
          displayName: null,
          language: 'ja',
        },
        { kind: 'button', action: 'rate', params: new URLSearchParams({ conversation: id, face }) },
      );
    const rating = async () =>
      (
        await sql().query<{ face: number | null }>(
          'select satisfaction as face from conversation where conversation_id = $1',
          [id],
        )
      )[0]?.face;
    await rates(other, '1');
    expect(await rating()).toBeNull();
    await rates(person, '3');
    await rates(person, '1');
    expect(await rating()).toBe(3);
  });
});

describe('a message left', () => {
  test('has room for thirty messages: then it is complete, and is not added to', async () => {
    const person = somebody();
    await asks(person, { action: 'leave' });
    for (let count = 1; count < 30; count += 1) expect(wordsIn(await says(person, `${count}`))).toContain('続けて');
    expect(wordsIn(await says(person, '30'))).toContain('ここまでをお預かりしました');
    expect((await live(person)).state).toBe('left');
    expect(wordsIn(await asks(person, { action: 'leave' }))).toContain('ここまでをお預かりしました');
    expect((await live(person)).state).toBe('left');
  });
});

describe('the queue', () => {
  test('takes no more than its limit, however many ask at once', async () => {
    await sql().query(`update conversation set state = 'closed', closed_at = now() where state = 'waiting'`);
    const small = conversationsWith(2);
    const people = Array.from({ length: 6 }, somebody);
    const answers = await Promise.all(people.map((person) => asks(person, { of: small })));
    const full = answers.filter((answer) => wordsIn(answer).includes('混み合っています'));
    expect([full.length, answers.length - full.length]).toEqual([4, 2]);
    expect(answers.map(wordsIn).filter((words) => words.includes('2番目'))).toHaveLength(1);
  });

  test('one person who asks in many ways at once has one conversation', async () => {
    const person = somebody();
    await Promise.allSettled([
      asks(person),
      asks(person),
      asks(person, { action: 'leave' }),
      asks(person, { action: 'leave' }),
    ]);
    const rows = await sql().query(`select 1 from conversation where line_user_id = $1`, [person]);
    expect(rows).toHaveLength(1);
  });

  test('tells who becomes next, once, and how long it takes once three were served', async () => {
    await sql().query(`delete from conversation`);
    const people = Array.from({ length: 5 }, somebody);
    for (const person of people) await asks(person);
    world.clock.advance('PT6M');
    for (const person of people.slice(0, 3)) {
      const { id: conversationId } = await live(person);
      await conversations.staff.take({ conversationId, ...by('agent') });
    }
    const due = conversations.jobs.find(({ name }) => name === 'conversations.due');
    await due?.run(world.clock.now());
    await due?.run(world.clock.now());
    const told = async (person: string) =>
      wordsIn(
        await sql().query(
          `select body from outbox where line_user_id = $1 and body::text like '%お待たせしています%'`,
          [person],
        ),
      );
    expect([await told(people[3] ?? ''), await told(people[4] ?? '')].map((words) => words.split('\n')[0])).toEqual([
      'お待たせしています。次が順番です。',
      'お待たせしています。順番は2番目です。',
    ]);
    expect(wordsIn(await asks(people[4] ?? ''))).toContain('約10分');
  });

  test('who blocks the account waits no more', async () => {
    const person = somebody();
    await asks(person);
    await conversations.ears.blocked(sql(), person);
    expect((await live(person)).state).toBe('closed');
  });
});

test('a message that is added to and then dropped stays as it was left', async () => {
  const person = somebody();
  await asks(person, { action: 'leave' });
  await says(person, '本文');
  await asks(person, { action: 'finish-message' });
  await asks(person, { action: 'leave' });
  expect((await live(person)).state).toBe('leaving');
  await asks(person, { action: 'drop-message' });
  expect((await live(person)).state).toBe('left');
});
