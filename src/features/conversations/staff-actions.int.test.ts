import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StaffName, type StaffWorld, staffWorld } from '../../../tests/support/staff.ts';
import { newId } from '../../base/ids.ts';
import { runnerOf } from '../../infra/db/index.ts';
import { type Conversations, createConversations } from './index.ts';
import type { StaffActions } from './staff-actions.ts';
import { insertMessage, loadConversation, loadTranscript } from './store.ts';

let world: StaffWorld;
let staff: StaffActions;
let jobs: Conversations['jobs'];
beforeAll(async () => {
  world = await staffWorld();
  const { database, clock, operator } = { ...world, operator: world.staff.operator };
  ({ staff, jobs } = createConversations({
    db: database.db,
    talkDb: database.db,
    clock,
    operator,
    publicUrl: 'https://my.example.jp',
    linkStateOf: async () => 'user',
    menuLabelOf: () => null,
    publicNamesOf: world.staff.publicNamesOf,
    sessions: world.sessions,
    pictureKey: world.secrets.show,
    colleagues: world.staff.colleagues,
    onSent: () => undefined,
  }));
});
afterAll(() => world.database.close());

const sql = () => runnerOf(world.database.db);
const by = (name: StaffName) => ({ by: world.member(name), requestId: newId() });

/** Somebody waits in the queue, and has said one thing, whose reply token is still good for a while. */
async function waiting({ state = 'waiting', origin = 'talk' } = {}): Promise<string> {
  const conversationId = newId();
  const lineUserId = `U${conversationId.replaceAll('-', '')}`;
  await sql().query(
    `insert into conversation (conversation_id, line_user_id, state, origin, language, begun_by_event, asked_at, queued_at,
       reply_token, reply_until) values ($1, $2, $3, $4, 'ja', $2, $5, $5, 'token', $6)`,
    [
      conversationId,
      lineUserId,
      state,
      origin,
      world.clock.now().toString(),
      world.clock.now().add({ seconds: 50 }).toString(),
    ],
  );
  const content = { kind: 'text', text: 'つながりません' } as const;
  await insertMessage(sql(), { conversationId, at: world.clock.now(), author: 'person', content });
  return conversationId;
}

const sentTo = async (conversationId: string) =>
  sql().query<{ body: { messages: { text: string; sender?: { name: string } }[] }; token: string | null }>(
    `select o.body, o.reply_token as token from outbox o
     where o.line_user_id = (select line_user_id from conversation where conversation_id = $1)
       and o.body #> '{messages,0,sender}' is not null order by o.outbox_id`,
    [conversationId],
  );

describe('taking', () => {
  test('of many at once one gets it, and the others learn that', async () => {
    const conversationId = await waiting();
    const names: StaffName[] = ['agent', 'supervisor', 'admin'];
    const answers = await Promise.all(names.map((name) => staff.take({ conversationId, ...by(name) })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.flatMap((answer) => (answer.ok ? [] : [answer.code]))).toEqual(['has-somebody', 'has-somebody']);
    const taken = await loadConversation(sql(), conversationId);
    expect([taken?.state, taken?.takenAt !== null]).toEqual(['open', true]);
  });

  test('the same request twice is one act; its id is good for nothing else', async () => {
    const conversationId = await waiting();
    const act = { conversationId, ...by('agent') };
    const [first, second] = [await staff.take(act), await staff.take(act)];
    expect(second).toEqual(first);
    expect((await loadConversation(sql(), conversationId))?.version).toBe(2);
    const other = await waiting();
    expect(await staff.take({ ...act, conversationId: other })).toEqual({ ok: false, code: 'request-id-reused' });
  });

  test('what there is not is not found', async () => {
    for (const conversationId of [newId(), 'rubbish'])
      expect(await staff.take({ conversationId, ...by('agent') })).toEqual({ ok: false, code: 'not-found' });
  });
});

test('what staff do is in the audit log, each once and by whom; what is refused is not', async () => {
  const conversationId = await waiting();
  const take = { conversationId, ...by('agent') };
  await staff.take(take);
  await staff.take(take);
  await staff.take({ conversationId, ...by('supervisor') });
  await staff.reply({ conversationId, ...by('agent'), text: 'はい' });
  await staff.note({ conversationId, ...by('supervisor'), text: 'メモ' });
  await staff.handOver({ conversationId, ...by('agent'), to: world.member('supervisor').staffId });
  await staff.close({ conversationId, ...by('supervisor') });
  const rows = await sql().query<{ action: string; actor: string }>(
    `select action, actor_id as actor from audit_log where detail ->> 'conversationId' = $1 order by audit_id`,
    [conversationId],
  );
  const [agent, supervisor] = [world.member('agent').staffId, world.member('supervisor').staffId];
  expect(rows.map(({ action, actor }) => [action, actor])).toEqual([
    ['conversations.taken', agent],
    ['conversations.replied', agent],
    ['conversations.noted', supervisor],
    ['conversations.handed-over', agent],
    ['conversations.closed', supervisor],
  ]);
});

describe('replying', () => {
  test('goes out with the reply token once, then as pushes, as staff’s and under no account’s name', async () => {
    const conversationId = await waiting();
    await staff.take({ conversationId, ...by('agent') });
    const first = { conversationId, ...by('agent'), text: ' こんにちは ' };
    await Promise.all([staff.reply(first), staff.reply(first)]);
    await staff.reply({ conversationId, ...by('agent'), text: '電源を入れ直してみてください' });
    const sent = await sentTo(conversationId);
    expect(sent.map(({ body, token }) => [body.messages[0]?.text, token])).toEqual([
      ['こんにちは', 'token'],
      ['電源を入れ直してみてください', null],
    ]);
    expect(sent[0]?.body.messages[0]?.sender).toEqual({ name: '担当者' });
    const transcript = await loadTranscript(sql(), conversationId);
    expect(transcript.map(({ author, delivery }) => [author, delivery])).toEqual([
      ['person', null],
      ['system', null],
      ['bot', 'waiting'],
      ['staff', 'waiting'],
      ['staff', 'waiting'],
    ]);
  });

  test('is for whoever has it; a note is for everybody and reaches nobody outside', async () => {
    const conversationId = await waiting();
    await staff.take({ conversationId, ...by('agent') });
    const other = { conversationId, ...by('supervisor'), text: 'わたしからも' };
    expect(await staff.reply(other)).toEqual({ ok: false, code: 'not-yours' });
    expect((await staff.note({ ...other, requestId: newId() })).ok).toBe(true);
    expect(await sentTo(conversationId)).toEqual([]);
  });
});

describe('handing over', () => {
  test('to a colleague, who then has it; back to the queue, where it keeps its place', async () => {
    const conversationId = await waiting();
    const before = await loadConversation(sql(), conversationId);
    await staff.take({ conversationId, ...by('agent') });
    const to = world.member('supervisor').staffId;
    expect((await staff.handOver({ conversationId, ...by('agent'), to })).ok).toBe(true);
    expect(await staff.reply({ conversationId, ...by('agent'), text: 'あ' })).toEqual({ ok: false, code: 'not-yours' });
    expect((await staff.handOver({ conversationId, ...by('supervisor'), to: null })).ok).toBe(true);
    const after = await loadConversation(sql(), conversationId);
    expect([after?.state, after?.staffId, after?.queuedAt.toString()]).toEqual([
      'waiting',
      null,
      before?.queuedAt.toString(),
    ]);
    const told = await sql().query(
      `select 1 from conversation_message where conversation_id = $1 and content::text like '%別の担当者に%'`,
      [conversationId],
    );
    expect(told).toHaveLength(1);
  });

  test('an auditor is given nothing, and an agent assigns nothing', async () => {
    const conversationId = await waiting();
    const to = world.member('auditor').staffId;
    const refused = (answer: Awaited<ReturnType<typeof staff.take>>) => (answer.ok ? 'ok' : answer.code);
    expect(refused(await staff.assign({ conversationId, ...by('supervisor'), to }))).toBe('nobody-to-give-it-to');
    expect(refused(await staff.assign({ conversationId, ...by('agent'), to }))).toBe('not-allowed');
    const agent = world.member('agent').staffId;
    expect(refused(await staff.assign({ conversationId, ...by('supervisor'), to: agent }))).toBe('ok');
  });
});

describe('closing', () => {
  test('not over words that were not seen; then nothing more is said, but noted', async () => {
    const conversationId = await waiting();
    await staff.take({ conversationId, ...by('agent') });
    expect(await staff.close({ conversationId, ...by('agent'), seenVersion: 1 })).toEqual({
      ok: false,
      code: 'changed-meanwhile',
    });
    expect((await staff.close({ conversationId, ...by('agent'), seenVersion: 2 })).ok).toBe(true);
    expect(await staff.reply({ conversationId, ...by('agent'), text: 'あ' })).toEqual({ ok: false, code: 'closed' });
    expect((await staff.note({ conversationId, ...by('supervisor'), text: '折り返し済み' })).ok).toBe(true);
    const closed = await loadConversation(sql(), conversationId);
    expect([closed?.state, closed?.closedBecause]).toEqual(['closed', 'staff']);
  });
});

test('conversations are deleted when their time is over, with what was said; those that live are not', async () => {
  const [conversationId, living] = [await waiting(), await waiting()];
  await staff.close({ conversationId, ...by('supervisor') });
  const retention = jobs.find(({ name }) => name === 'conversations.retention');
  const day = 24;
  await retention?.run(world.clock.now().add({ hours: 365 * day }));
  expect(await loadConversation(sql(), conversationId)).not.toBeNull();
  await retention?.run(world.clock.now().add({ hours: 365 * day + 1 }));
  expect(await loadConversation(sql(), conversationId)).toBeNull();
  expect(await loadTranscript(sql(), conversationId)).toEqual([]);
  expect(await loadConversation(sql(), living)).not.toBeNull();
});

test('every change tells the channel which conversation it was', async () => {
  const heard: string[] = [];
  const listener = await world.database.pool.connect();
  listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
  await listener.query('listen conversation');
  const conversationId = await waiting();
  await staff.take({ conversationId, ...by('agent') });
  await staff.note({ conversationId, ...by('agent'), text: '本人確認済み' });
  await expect.poll(() => heard.length).toBeGreaterThanOrEqual(4);
  expect(new Set(heard)).toEqual(new Set([conversationId]));
  listener.release(true);
});
