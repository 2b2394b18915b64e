import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleStage, consoleStage } from '../../../../tests/support/console.ts';
import { newId } from '../../../base/ids.ts';

let play: ConsoleStage;
const failed = newId();
beforeAll(async () => {
  play = await consoleStage();
  await pool().query(
    `insert into line_account (line_user_id, display_name, is_friend, updated_at) values ('U1', 'たろう', false, now())`,
  );
  await pool().query(
    `insert into outbox (outbox_id, line_user_id, kind, body, dedupe_key, created_at, next_attempt_at, state, last_error)
     values ($1, 'U1', 'message', $2, 'lost', '2026-11-18T03:00:00Z', '2026-11-18T03:00:00Z', 'failed', '400 Bad Request')`,
    [failed, JSON.stringify({ messages: [{ type: 'text', text: 'ひみつの言葉' }] })],
  );
  await pool().query(
    `insert into line_event (webhook_event_id, event_type, occurred_at, received_at, payload, attempts, next_attempt_at,
       parked_at, last_error) values ('e1', 'postback', now(), now(), '{}', 3, now(), now(), 'TypeError')`,
  );
});
afterAll(() => play.close());

const pool = () => play.stage.app.database.pool;

test('what did not arrive is listed without what was said, and counted on the first page', async () => {
  const page = await play.as('agent').at('/console/messages');
  for (const said of ['たろう', '届きませんでした', '400 Bad Request', 'postback', 'TypeError'])
    expect(page.text).toContain(said);
  expect(page.html).not.toContain('ひみつ');
  expect(page.html).not.toContain(failed);
  expect((await play.as('agent').at('/console')).text).toContain('2件待っています');
});

test('a supervisor sends it again with a reason, once, as a new message', async () => {
  const supervisor = play.as('supervisor');
  const form = await (await supervisor.at('/console/messages')).follow('送り直す');
  const refused = await form.submit({ reason: 'はい' }, '送り直す');
  expect([refused.status, refused.text.includes('5文字以上')]).toEqual([422, true]);
  const path = `/console/messages/${failed}`;
  const answers = await Promise.all([1, 2, 3].map(() => supervisor.post(path, { reason: '届いていないとの電話' })));
  expect(answers.some(({ status }) => status === 200)).toBe(true);
  const { rows } = await pool().query<{ key: string }>(
    `select dedupe_key as key from outbox where line_user_id = 'U1' and outbox_id <> $1`,
    [failed],
  );
  expect(rows).toEqual([{ key: `sent-again:${failed}` }]);
  const audited = await pool().query<{ reason: string }>(
    `select detail ->> 'reason' as reason from audit_log where action = 'official-account.message-sent-again'`,
  );
  expect(audited.rows).toEqual([{ reason: '届いていないとの電話' }]);
  expect((await supervisor.at(path)).status).toBe(404);
  expect((await supervisor.at('/console/messages')).text).toContain('送り直しました');
});

describe('the month’s messages', () => {
  const LIMIT = '429 You have reached your monthly limit.';
  async function lost(name: string, error: string, createdAt: string) {
    await pool().query(
      `insert into outbox (outbox_id, line_user_id, kind, body, dedupe_key, created_at, next_attempt_at, state, last_error)
       values ($1, 'U1', 'message', $2, $3, $4, $4, 'failed', $5)`,
      [newId(), JSON.stringify({ messages: [{ type: 'text', text: name }] }), `limit:${name}`, createdAt, error],
    );
  }
  const seen = (used: number) =>
    pool().query(
      `insert into line_allowance (limit_per_month, used, seen_at) values (5000, $1, $2)
       on conflict (is_only) do update set used = excluded.used`,
      [used, play.stage.clock.now().toString()],
    );
  const again = async () => {
    const { rows } = await pool().query<{ words: string }>(
      `select again.body #>> '{messages,0,text}' as words from outbox lost
       join outbox again on again.dedupe_key = 'sent-again:' || lost.outbox_id
       where lost.dedupe_key like 'limit:%' order by again.created_at`,
    );
    return rows.map(({ words }) => words);
  };

  test('are shown with what is left, and everybody is told once they run out', async () => {
    const agent = play.as('agent');
    expect((await agent.at('/console/messages')).text).not.toContain('今月LINEで送れる');
    await seen(3_000);
    expect((await agent.at('/console/messages')).text).toContain('上限 5,000通 送った数 3,000通 残り 2,000通');
    await seen(4_000);
    expect((await agent.at('/console')).text).toContain('今月LINEで送れるメッセージが残りわずかです');
    await seen(5_000);
    expect((await agent.at('/console')).text).toContain('今月LINEで送れるメッセージがなくなりました');
    expect((await agent.at('/console')).text).not.toContain('残りわずかです');
  });

  test('what did not arrive for want of them is sent again in one go, in its order, once; nothing else', async () => {
    const now = play.stage.clock.now();
    await lost('あとのお知らせ', LIMIT, now.subtract({ hours: 1 }).toString());
    await lost('さきのお知らせ', LIMIT, now.subtract({ hours: 71 }).toString());
    await lost('古いお知らせ', LIMIT, now.subtract({ hours: 73 }).toString());
    await lost('断られた', '400 Bad Request', now.subtract({ hours: 1 }).toString());
    const agent = await play.as('agent').at('/console/messages');
    expect(agent.text).toContain('届かなかったお知らせが2通あります');
    expect(agent.text).not.toContain('まとめて送り直す');
    const askedByAgent = { reason: '送り直したいから' };
    expect((await play.as('agent').post('/console/messages/over-allowance/again', askedByAgent)).status).toBe(404);
    const supervisor = play.as('supervisor');
    const form = await (await supervisor.at('/console/messages')).follow('まとめて送り直す');
    expect(form.text).toContain('上限はまだそのままです');
    expect((await form.submit({ reason: 'はい' }, 'まとめて送り直す')).status).toBe(422);
    const reason = { reason: '追加メッセージを有効にした' };
    const answers = await Promise.all([1, 2, 3].map(() => supervisor.post(form.url.pathname, reason)));
    expect(answers.some(({ text }) => text.includes('まとめて送り直しました'))).toBe(true);
    expect(await again()).toEqual(['さきのお知らせ', 'あとのお知らせ']);
    expect((await supervisor.at(form.url.pathname)).status).toBe(404);
    const { rows } = await pool().query(
      `select detail ->> 'messages' as messages from audit_log where action = 'official-account.messages-sent-again'`,
    );
    expect(rows).toEqual([{ messages: '2' }]);
  });
});

test('a supervisor lets an event be tried once more, with a reason; then it is done', async () => {
  const supervisor = play.as('supervisor');
  const form = await (await supervisor.at('/console/messages')).follow('もう一度処理する');
  const refused = await form.submit({ reason: 'はい' }, 'もう一度処理する');
  expect([refused.status, refused.text.includes('5文字以上')]).toEqual([422, true]);
  const done = await form.submit({ reason: '不具合が直ったため' }, 'もう一度処理する');
  expect(done.text).toContain('もう一度処理します');
  await play.stage.control.settle();
  const { rows } = await pool().query(
    `select done_at is not null as done, parked_at as parked from line_event where webhook_event_id = 'e1'`,
  );
  expect(rows).toEqual([{ done: true, parked: null }]);
  expect((await supervisor.at('/console/messages/events/e1')).status).toBe(404);
  expect((await supervisor.at('/console/messages')).text).toContain('処理できなかったできごとはありません');
});

test('the help’s figures list what helped least first, and one entry by day', async () => {
  await pool().query(
    `insert into help_vote_day (entry_id, language, voted_on, helped, not_helped) values
       ('data-slow', 'ja', '2026-11-17', 1, 3), ('data-slow', 'ja', '2026-11-18', 0, 1),
       ('phone-lost', 'ja', '2026-11-18', 9, 1), ('gone', 'en', '2026-09-01', 0, 99)`,
  );
  const agent = play.as('agent');
  const page = await agent.at('/console/help-figures');
  expect(page.text).toMatch(/速度が遅いとき .*0 1 4 .*80% .*スマホをなくしたとき .*0 9 1 .*10%/);
  expect(page.text).not.toContain('gone');
  expect((await page.follow('速度が遅いとき')).text).toContain('2026年11月18日 0 0 1 2026年11月17日 0 1 3');
});
