import { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { type AdjustableClock, createAdjustableClock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { type Database, runnerOf } from '../db/index.ts';
import { createSessions, type Sessions } from './session.ts';

const NOON = '2026-11-23T03:00:00Z';
let database: Database;
let clock: AdjustableClock;
let sessions: Sessions;
let app: Hono;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

beforeEach(() => {
  clock = createAdjustableClock(NOON);
  sessions = createSessions({ db: database.db, clock, isSecure: false });
  app = appOf(sessions);
});

/** Doors that sign in, out, and change what is between; all but the first say who is there then. */
function appOf(own: Sessions): Hono {
  return new Hono()
    .post('/in/:who', async (c) => {
      await own.start(c, { lineUserId: c.req.param('who'), method: 'line-login' });
      return c.text('in');
    })
    .post('/in-as/:contractor', async (c) => {
      await own.start(c, { contractorId: c.req.param('contractor'), method: 'password' });
      return c.text('in');
    })
    .get('/who', async (c) => c.json({ session: await own.current(c) }))
    .post('/prove', async (c) => {
      await own.prove(c, 'mail-code');
      return c.json({ session: await own.current(c) });
    })
    .post('/wake', async (c) => {
      await own.wake(c);
      return c.json({ session: await own.current(c) });
    })
    .post('/act-for/:contractor', async (c) => {
      await own.actFor(c, c.req.param('contractor'), { isProven: false });
      return c.json({ session: await own.current(c) });
    })
    .post('/out', async (c) => {
      await own.end(c);
      return c.text('out');
    });
}

async function signIn(path: string, cookie = ''): Promise<string> {
  const response = await app.request(path, { method: 'POST', headers: { cookie, 'user-agent': 'Test/1' } });
  const [set = ''] = response.headers.getSetCookie();
  return set.split(';')[0] ?? '';
}

async function who(cookie: string): Promise<string | null> {
  const response = await app.request('/who', { headers: { cookie } });
  const { session } = (await response.json()) as { session: { lineUserId: string } | null };
  return session?.lineUserId ?? null;
}

async function contractor(): Promise<string> {
  const contractorId = newId();
  await runnerOf(database.db).query(
    `insert into contractor (contractor_id, login_id, password_hash, name, email, created_at)
     values ($1, $2, 'x', '田中 太郎', 'tanaka@example.jp', $3)`,
    [contractorId, `id-${contractorId}`, NOON],
  );
  return contractorId;
}

describe('a sign-in', () => {
  test('is remembered by a cookie that scripts and other sites cannot use', async () => {
    const response = await app.request('/in/Ua', { method: 'POST' });
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^renkei=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await who(cookie.split(';')[0] ?? '')).toBe('Ua');
  });

  test('over https has a cookie bound to this host', async () => {
    const secure = appOf(createSessions({ db: database.db, clock, isSecure: true }));
    const [cookie = ''] = (await secure.request('/in/Ua', { method: 'POST' })).headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-renkei=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  test('keeps only the hash of its secret', async () => {
    const secret = (await signIn('/in/Ub')).replace('renkei=', '');
    const rows = await runnerOf(database.db).query<{ row: string }>(
      `select web_session::text || encode(secret_hash, 'escape') as row from web_session where line_user_id = 'Ub'`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(secret);
    expect(rows[0]?.row).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
  });

  test('makes a new secret and ends the one before', async () => {
    const first = await signIn('/in/Uc');
    const second = await signIn('/in/Uc', first);
    expect(second).not.toBe(first);
    expect(await who(first)).toBeNull();
    expect(await who(second)).toBe('Uc');
  });

  test('nobody can choose the secret beforehand', async () => {
    const planted = `renkei=${'A'.repeat(43)}`;
    expect(await signIn('/in/Ud', planted)).not.toBe(planted);
    expect(await who(planted)).toBeNull();
  });

  test.each(['', 'renkei=', 'renkei=x', `renkei=${'A'.repeat(43)}`, `renkei=${"'".repeat(43)}`])(
    'the cookie "%s" is nobody',
    async (cookie) => expect(await who(cookie)).toBeNull(),
  );
});

describe('a session ends', () => {
  test('after 14 days without a visit', async () => {
    const cookie = await signIn('/in/Ue');
    clock.advance('P13D');
    const visit = await app.request('/who', { headers: { cookie } });
    // The browser keeps the cookie for as long again.
    expect(visit.headers.getSetCookie()).toEqual([expect.stringMatching(`^${cookie}; Max-Age=1209600;`)]);
    clock.advance('P13DT23H59M');
    expect(await who(cookie)).toBe('Ue');
    clock.advance('P14D');
    expect(await who(cookie)).toBeNull();
  });

  test('by signing out', async () => {
    const cookie = await signIn('/in/Uf');
    const response = await app.request('/out', { method: 'POST', headers: { cookie } });
    expect(response.headers.getSetCookie()[0]).toMatch(/^renkei=; Max-Age=0/);
    expect(await who(cookie)).toBeNull();
  });

  test('when its contractor revokes it, but not when another contractor tries', async () => {
    const [mine, other] = [await contractor(), await contractor()];
    await signIn(`/in-as/${mine}`);
    const [row] = await sessions.list(mine);
    const sessionId = row?.sessionId ?? '';
    expect(await sessions.revoke(other, sessionId)).toBe(false);
    expect(await sessions.list(mine)).toHaveLength(1);
    expect(await sessions.revoke(mine, sessionId)).toBe(true);
    expect(await sessions.list(mine)).toEqual([]);
    // Tapped twice.
    expect(await sessions.revoke(mine, sessionId)).toBe(true);
    expect(await sessions.revoke(other, sessionId)).toBe(false);
    expect(await sessions.revoke(mine, 'not an id')).toBe(false);
  });

  test('with all others at once, this one excepted', async () => {
    const mine = await contractor();
    await signIn(`/in-as/${mine}`);
    await signIn(`/in-as/${mine}`);
    const [last] = await sessions.list(mine);
    const ended = await sessions.endAll({ contractorId: mine, exceptSessionId: last?.sessionId ?? '' });
    expect(ended).toBe(1);
    expect((await sessions.list(mine)).map((row) => row.sessionId)).toEqual([last?.sessionId]);
  });

  test('never everybody by mistake', async () => expect(sessions.endAll({})).rejects.toThrow());
});

test('a list shows the browser, the last visit and the way in', async () => {
  const mine = await contractor();
  const cookie = await signIn(`/in-as/${mine}`);
  clock.advance('PT1H');
  await who(cookie);
  const [row] = await sessions.list(mine);
  expect(row).toMatchObject({ userAgent: 'Test/1', method: 'password' });
  expect(row?.createdAt.toString()).toBe('2026-11-23T03:00:00Z');
  expect(row?.seenAt.toString()).toBe('2026-11-23T04:00:00Z');
});

test('a second proof is kept with the session, and the password alone is none', async () => {
  const mine = await contractor();
  const cookie = await signIn(`/in-as/${mine}`);
  const proven = async () =>
    ((await (await app.request('/who', { headers: { cookie } })).json()) as { session: { provenAt: string | null } })
      .session.provenAt;
  expect(await proven()).toBeNull();
  await app.request('/prove', { method: 'POST', headers: { cookie } });
  expect(await proven()).toBe('2026-11-23T03:00:00Z');
});

describe('what is done in a browser is done to its session alone', () => {
  /** As it is in the database, whatever the browser was answered. */
  async function session(cookie: string) {
    const answer = await app.request('/who', { headers: { cookie } });
    return ((await answer.json()) as { session: { isRested: boolean; provenAt: string | null; contractorId: string } })
      .session;
  }
  const post = (path: string, cookie: string) => app.request(path, { method: 'POST', headers: { cookie } });

  test('a rest, its end, and a second proof', async () => {
    const mine = await contractor();
    const [one, other] = [await signIn(`/in-as/${mine}`), await signIn(`/in-as/${mine}`)];
    const isRested = async () => [(await session(one)).isRested, (await session(other)).isRested];
    clock.advance('PT30M');
    expect((await session(one)).isRested).toBe(false);
    clock.advance('PT1M');
    expect(await isRested()).toEqual([false, true]);
    clock.advance('PT31M');
    expect(await isRested()).toEqual([true, true]);
    await post('/wake', one);
    expect(await isRested()).toEqual([false, true]);
    await post('/prove', other);
    expect(await isRested()).toEqual([false, false]);
    expect([(await session(one)).provenAt, (await session(other)).provenAt]).toEqual([null, '2026-11-23T04:02:00Z']);
  });

  test('the rest of a request sees it as the next one does', async () => {
    const cookie = await signIn('/in/Ui');
    clock.advance('PT31M');
    for (const path of ['/prove', `/act-for/${await contractor()}`]) {
      const answer = (await (await post(path, cookie)).json()) as { session: unknown };
      expect(answer.session).toEqual(await session(cookie));
    }
    expect((await session(cookie)).provenAt).toBeNull();
    clock.advance('PT31M');
    const woken = (await (await post('/wake', cookie)).json()) as { session: { isRested: boolean } };
    expect([woken.session.isRested, (await session(cookie)).isRested]).toEqual([false, false]);
  });

  test('a contractor acted for, a list, a history, and the end of a LINE account', async () => {
    const [mine, theirs] = [await contractor(), await contractor()];
    const [one, other] = [await signIn('/in/Ug'), await signIn('/in/Uh')];
    await post(`/act-for/${mine}`, one);
    expect([(await session(one)).contractorId, (await session(other)).contractorId]).toEqual([mine, null]);
    clock.advance('PT1M');
    await signIn(`/in-as/${mine}`);
    clock.advance('P13D');
    await session(one);
    const seen = async () => (await sessions.list(mine)).map(({ seenAt }) => seenAt.toString());
    expect(await seen()).toEqual(['2026-12-06T03:01:00Z', '2026-11-23T03:01:00Z']);
    clock.advance('P1D');
    expect(await seen()).toEqual(['2026-12-06T03:01:00Z']);
    expect(await sessions.history(theirs, 9)).toEqual([]);
    expect((await sessions.history(mine, 9)).map(({ createdAt }) => createdAt.toString())).toEqual([
      '2026-11-23T03:01:00Z',
      '2026-11-23T03:00:00Z',
    ]);
    await signIn('/in/Uh');
    expect(await sessions.endAll({ lineUserId: 'Ug' })).toBe(1);
    expect(await sessions.list(mine)).toEqual([]);
  });
});
