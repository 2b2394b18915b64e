import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { pretendMailServer } from '../../../tests/support/smtp.ts';
import { createAdjustableClock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { type Database, inTransaction, runnerOf } from '../db/index.ts';
import { enqueueMail } from './mail.ts';
import { mailJob } from './mail-job.ts';
import { smtpTransport } from './smtp.ts';

const clock = createAdjustableClock('2026-11-18T05:00:00Z');
let database: Database;
let server: Awaited<ReturnType<typeof pretendMailServer>>;
const lost: object[] = [];

beforeAll(async () => {
  database = await testDatabase();
  server = await pretendMailServer();
});
afterAll(async () => {
  await server.close();
  await database.close();
});
beforeEach(() => {
  server.behave('takes');
  server.taken.length = 0;
  lost.length = 0;
});

const run = (url = server.url) =>
  mailJob({
    db: database.db,
    transport: smtpTransport({ url, from: 'no-reply@my.example.jp' }),
    onLost: (mail) => void lost.push(mail),
  }).run(clock.now());

async function write(dedupeKey: string = newId()): Promise<string> {
  const mail = { to: 'tanaka@example.jp', subject: '確認コード 123456', text: 'コードは 123456 です。', dedupeKey };
  await enqueueMail(runnerOf(database.db), clock.now(), mail);
  return dedupeKey;
}

async function stateOf(dedupeKey: string) {
  const { rows } = await database.pool.query<{ state: string; body: unknown }>(
    'select state, body from mail_outbox where dedupe_key = $1',
    [dedupeKey],
  );
  return rows[0];
}

describe('a mail', () => {
  test('leaves once, in the operator’s name, and its text is forgotten', async () => {
    const key = await write();
    await write(key);
    expect(await run()).toBe(1);
    expect(await run()).toBe(0);
    expect(server.taken).toHaveLength(1);
    expect(server.taken[0]).toMatch(/From: no-reply@my\.example\.jp\r\nTo: tanaka@example\.jp/);
    expect(await stateOf(key)).toEqual({ state: 'sent', body: null });
  });

  test('does not leave when what caused it is undone', async () => {
    const undone = inTransaction(database.db, async (tx) => {
      const mail = { to: 'a@example.jp', subject: 'x', text: 'x', dedupeKey: newId() };
      await enqueueMail(runnerOf(tx), clock.now(), mail);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await run()).toBe(0);
  });

  test('that is refused for the moment comes again, later and later', async () => {
    server.behave('is-full');
    const key = await write();
    expect(await run()).toBe(1);
    expect(await run()).toBe(0);
    clock.advance('PT30S');
    server.behave('takes');
    expect(await run()).toBe(1);
    expect((await stateOf(key))?.state).toBe('sent');
  });

  test('that is refused for good is given up, and told', async () => {
    server.behave('refuses-person');
    const key = await write();
    await run();
    expect(await stateOf(key)).toEqual({ state: 'failed', body: null });
    expect(lost).toEqual([{ mailId: expect.any(String), state: 'failed', because: 'MailRefused' }]);
  });

  test('waits while no server is there, and is given up after a day', async () => {
    const key = await write();
    for (let tries = 0; tries < 3; tries += 1) {
      await run('smtp://127.0.0.1:1');
      clock.advance('PT1H');
    }
    expect((await stateOf(key))?.state).toBe('waiting');
    clock.advance('PT24H');
    await run('smtp://127.0.0.1:1');
    expect((await stateOf(key))?.state).toBe('failed');
  });

  test('that may have arrived is not sent again', async () => {
    server.behave('breaks-after-data');
    const key = await write();
    await run();
    clock.advance('PT1H');
    server.behave('takes');
    await run();
    expect(server.taken).toHaveLength(1);
    expect((await stateOf(key))?.state).toBe('unknown');
  });

  test('that was under way when the process died is not sent again', async () => {
    const key = await write();
    await database.pool.query(`update mail_outbox set state = 'sending' where dedupe_key = $1`, [key]);
    expect(await run()).toBe(0);
    expect([server.taken.length, (await stateOf(key))?.state]).toEqual([0, 'unknown']);
  });

  test('is the only one under way: those behind it wait until it has left', async () => {
    const keys = [await write(), await write()];
    const states: (string | undefined)[][] = [];
    const job = mailJob({
      db: database.db,
      transport: {
        async send() {
          states.push(await Promise.all(keys.map(async (key) => (await stateOf(key))?.state)));
        },
      },
      onLost: () => undefined,
    });
    expect(await job.run(clock.now())).toBe(2);
    expect(states).toEqual([
      ['sending', 'waiting'],
      ['sent', 'sending'],
    ]);
  });
});
