import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD } from '../../../tests/support/linking.ts';
import { type MyPageWorld, myPageWorld } from '../../../tests/support/my-page.ts';
import { stoppedAtLook } from '../../../tests/support/stopping.ts';

let world: MyPageWorld;
beforeAll(async () => {
  world = await myPageWorld();
});
afterAll(() => world.close());

const NEW = 'a new long password';
const ask = (loginId: string, browser = world.browser()) => browser.post('/login/forgotten', { loginId });
const linkIn = (text: string) => /https:\/\/my\.example\.jp(\/login\/reset\/[A-Za-z0-9_-]{43})/.exec(text)?.[1] ?? '';

/** The path of the link that was mailed last. */
async function mailedLink(loginId: string): Promise<string> {
  await ask(loginId);
  return linkIn((await world.mails()).at(-1)?.text ?? '');
}

describe('a forgotten password', () => {
  test('is replaced by a mailed link: everybody is signed out, and it is told afterwards', async () => {
    await world.family('forgets');
    await world.family('bystander');
    const bystander = await world.signIn('bystander');
    const signedIn = await world.signIn('forgets');
    const path = await mailedLink(' Forgets ');
    expect((await world.mails()).at(-1)).toMatchObject({ to: 'forgets@example.jp' });
    const browser = world.browser();
    const opened = await browser.get(path);
    expect([opened.status, opened.location]).toEqual([303, '/login/reset']);
    expect(opened.headers.get('referrer-policy')).toBe('no-referrer');
    expect((await browser.get('/login/reset')).text).toContain('新しいパスワード');
    expect((await browser.post('/login/reset', { wanted: 'short' })).status).toBe(422);
    expect((await browser.post('/login/reset', { wanted: NEW })).location).toBe('/login/reset?done=1');
    expect((await signedIn.get('/security')).status).toBe(303);
    const login = (password: string) => world.browser().post('/login', { loginId: 'forgets', password, next: '/' });
    expect([(await login(PASSWORD)).status, (await login(NEW)).status]).toEqual([422, 303]);
    // Nobody else.
    expect((await bystander.get('/security')).status).toBe(200);
    await world.signIn('bystander');
    expect((await world.mails()).at(-1)?.text).toContain('再設定されました');
    expect(await world.count('audit_log', `action = 'credentials.password-reset'`)).toBe(1);
  });

  test('says the same of a login ID that is not there, and mails nobody', async () => {
    await world.family('known');
    const before = (await world.mails()).length;
    const [known, unknown] = [await ask('known'), await ask('unknown')];
    expect([known.status, known.location]).toEqual([unknown.status, unknown.location]);
    const page = await world.browser().get(known.location);
    expect(page.text).toContain('ご登録があれば');
    expect(await world.mails()).toHaveLength(before + 1);
  });

  test('does no look-up while somebody waits for the answer', async () => {
    await ask('unlooked');
    const { rows } = await world.database.pool.query<{ login_id: string }>(
      'select login_id from password_reset_request',
    );
    expect(rows).toEqual([{ login_id: 'unlooked' }]);
    await world.mails();
    expect((await world.database.pool.query('select 1 from password_reset_request')).rows).toEqual([]);
  });

  test('a link works once, also of twenty at a time', async () => {
    await world.family('once');
    const path = await mailedLink('once');
    const browsers = Array.from({ length: 20 }, () => world.browser());
    for (const browser of browsers) await browser.get(path);
    const answers = await Promise.all(
      browsers.map((browser, n) => browser.post('/login/reset', { wanted: `a password of number ${n}` })),
    );
    expect(answers.filter((answer) => answer.status === 303)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 410)).toHaveLength(19);
  });

  test('a link works for thirty minutes', async () => {
    await world.family('slow');
    const path = await mailedLink('slow');
    const browser = world.browser();
    world.clock.advance('PT29M');
    await browser.get(path);
    expect((await browser.get('/login/reset')).status).toBe(200);
    world.clock.advance('PT1M');
    expect((await browser.get('/login/reset')).status).toBe(410);
    expect((await browser.post('/login/reset', { wanted: NEW })).status).toBe(410);
  });

  test('an older link is dead once a newer was used, or the password was changed', async () => {
    await world.family('two-links');
    await world.family('waits');
    const others = await mailedLink('waits');
    const [older, newer] = [await mailedLink('two-links'), await mailedLink('two-links')];
    const browser = world.browser();
    await browser.get(newer);
    await browser.post('/login/reset', { wanted: NEW });
    await browser.get(older);
    expect((await browser.get('/login/reset')).status).toBe(410);

    await world.family('changes-meanwhile');
    const link = await mailedLink('changes-meanwhile');
    const owner = await world.signIn('changes-meanwhile');
    await owner.post('/security/password', { present: PASSWORD, wanted: NEW });
    await browser.get(link);
    expect((await browser.get('/login/reset')).status).toBe(410);
    // Somebody else's is good all the while.
    await browser.get(others);
    expect((await browser.get('/login/reset')).status).toBe(200);
  });

  test.each(['/login/reset/nonsense', `/login/reset/${'A'.repeat(43)}`])('%s opens nothing', async (path) => {
    const browser = world.browser();
    await browser.get(path);
    expect((await browser.get('/login/reset')).status).toBe(410);
    expect((await browser.post('/login/reset', { wanted: NEW })).status).toBe(410);
  });

  test('is asked for three times an hour, known or not', async () => {
    for (const loginId of ['often-known', 'often-unknown']) {
      if (loginId === 'often-known') await world.family(loginId);
      const statuses = [];
      for (let n = 0; n < 4; n += 1) statuses.push((await ask(loginId)).status);
      expect(statuses).toEqual([303, 303, 303, 429]);
    }
  });

  test('where many ask, a process that stops has answered whole portions, and leaves the rest', async () => {
    await world.mails();
    await world.database.pool.query(
      `insert into password_reset_request (request_id, login_id, language, requested_at)
       select gen_random_uuid(), 'nobody-' || n, 'ja', now() from generate_series(1, 51) as n`,
    );
    const job = world.credentials.jobs.find(({ name }) => name === 'credentials.resets');
    await expect(job?.run(world.clock.now(), stoppedAtLook(2))).rejects.toThrow('aborted');
    expect(await world.count('password_reset_request', 'true')).toBe(1);
    await world.mails();
    expect(await world.count('password_reset_request', 'true')).toBe(0);
  });

  test('is asked for twenty times an hour from one address, for whomever', async () => {
    const from = (n: number, address: string) => ask(`many-${n}`, world.browser(address));
    const statuses = new Set<number>();
    for (let n = 0; n < 20; n += 1) statuses.add((await from(n, '198.51.100.7')).status);
    expect([...statuses]).toEqual([303]);
    expect((await from(20, '198.51.100.7')).status).toBe(429);
    expect((await from(20, '198.51.100.8')).status).toBe(303);
  });

  test('nothing of it is left a day later', async () => {
    await world.family('remembered');
    await mailedLink('remembered');
    world.clock.advance('PT25H');
    await world.mails();
    expect((await world.database.pool.query('select from password_reset')).rows).toEqual([]);
  });

  test('tokens are kept as hashes only', async () => {
    const path = await mailedLink('known');
    const token = path.split('/').at(-1) ?? '';
    const { rows } = await world.database.pool.query<{ all: string }>(
      `select (select coalesce(string_agg(r::text, ''), '') from password_reset r)
         || (select coalesce(string_agg(m::text, ''), '') from mail_outbox m)
         || (select coalesce(string_agg(a::text, ''), '') from audit_log a) as all`,
    );
    expect(token).toHaveLength(43);
    expect(rows[0]?.all).not.toContain(token);
  });
});
