import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../tests/support/database.ts';
import { newId } from '../base/ids.ts';
import type { Database } from './db/index.ts';
import { createRetention } from './retention.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const now = Temporal.Instant.from('2026-11-23T03:00:00Z');
const ago = (days: number) => now.subtract({ minutes: Math.round(days * 1_440) }).toString();

test('words are forgotten, then what kept them from being said twice', async () => {
  const { db } = database;
  const event = (id: string, ended: object) => ({
    webhook_event_id: id,
    event_type: 'message',
    occurred_at: ago(500),
    received_at: ago(500),
    next_attempt_at: ago(500),
    payload: '{"words":1}',
    ...ended,
  });
  await db
    .insertInto('line_event')
    .values([
      event('under way', {}),
      event('done just now', { done_at: ago(0.9) }),
      event('done before yesterday', { done_at: ago(1.1) }),
      event('done long ago', { done_at: ago(31) }),
      event('given up', { parked_at: ago(29) }),
      event('given up long ago', { parked_at: ago(31) }),
    ])
    .execute();
  const message = (key: string, settledAt: string | null) => ({
    outbox_id: newId(),
    line_user_id: 'U0',
    kind: 'message' as const,
    body: '{"words":1}',
    dedupe_key: key,
    created_at: ago(500),
    next_attempt_at: ago(500),
    state: settledAt ? ('sent' as const) : ('waiting' as const),
    settled_at: settledAt,
  });
  await db
    .insertInto('outbox')
    .values([
      message('waiting', null),
      message('sent', ago(29)),
      message('sent last month', ago(31)),
      message('sent last year', ago(401)),
    ])
    .execute();

  const arrival = (events: string, days: number, refusal: string | null) => ({
    received_at: ago(days),
    events,
    refusal,
  });
  await db
    .insertInto('line_arrival')
    .values([arrival('waits', 31, null), arrival('set aside', 29, '22P02'), arrival('set aside long ago', 31, '22P02')])
    .execute();

  const job = createRetention({ db });
  expect(await job.run(now)).toBe(8);

  const arrivals = await db.selectFrom('line_arrival').selectAll().orderBy('arrival_id').execute();
  expect(arrivals.map((row) => row.events)).toEqual(['waits', 'set aside']);

  const events = await db.selectFrom('line_event').selectAll().orderBy('webhook_event_id').execute();
  expect(events.map((row) => [row.webhook_event_id, row.payload])).toEqual([
    ['done before yesterday', {}],
    ['done just now', { words: 1 }],
    ['given up', { words: 1 }],
    ['under way', { words: 1 }],
  ]);
  const messages = await db.selectFrom('outbox').selectAll().orderBy('dedupe_key').execute();
  expect(messages.map((row) => [row.dedupe_key, row.body])).toEqual([
    ['sent', { words: 1 }],
    ['sent last month', {}],
    ['waiting', { words: 1 }],
  ]);
  expect(await job.run(now)).toBe(0);
});

test('whom a mail was for is forgotten after a month, and a session half a year after its last use with what was asked in it', async () => {
  const { pool, db } = database;
  const mails = { waiting: null, fresh: ago(29), old: ago(31), 'a year old': ago(401) };
  for (const [key, settledAt] of Object.entries(mails)) {
    await pool.query(
      `insert into mail_outbox (mail_id, recipient, dedupe_key, created_at, next_attempt_at, state, settled_at)
       values ($1, 'a@example.jp', $2, $3, $3, 'sent', $4)`,
      [newId(), key, ago(500), settledAt],
    );
  }
  for (const [agent, seenAt] of Object.entries({ used: ago(179), unused: ago(181) })) {
    const sessionId = newId();
    await pool.query(
      `insert into web_session (session_id, secret_hash, line_user_id, method, user_agent, created_at, authenticated_at, seen_at)
       values ($1, decode(md5($2), 'hex'), 'U0', 'line-login', $2, $3, $3, $4)`,
      [sessionId, agent, ago(200), seenAt],
    );
    await pool.query(`insert into proof_mail_code (session_id, code_hash, sent_at) values ($1, 'hash', $2)`, [
      sessionId,
      seenAt,
    ]);
  }

  const job = createRetention({ db });
  expect(await job.run(now)).toBe(4);

  const { rows } = await pool.query<{ key: string; recipient: string }>(
    'select dedupe_key as key, recipient from mail_outbox order by created_at, mail_id',
  );
  expect(rows.map(({ key, recipient }) => [key, recipient])).toEqual([
    ['waiting', 'a@example.jp'],
    ['fresh', 'a@example.jp'],
    ['old', ''],
  ]);
  const sessions = await pool.query('select user_agent from web_session join proof_mail_code using (session_id)');
  expect(sessions.rows).toEqual([{ user_agent: 'used' }]);
  expect(await job.run(now)).toBe(0);
});
