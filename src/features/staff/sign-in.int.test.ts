import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD } from '../../../tests/support/linking.ts';
import { codeAt, type StaffName, type StaffWorld, seedOf, staffWorld } from '../../../tests/support/staff.ts';

let world: StaffWorld;
beforeAll(async () => {
  world = await staffWorld();
});
afterAll(() => world.close());

const heading = (html: string) => /<h1>(.*?)<\/h1>/.exec(html)?.[1];
const firstStep = (loginId: StaffName, next = '') => ({ loginId, password: `renkei-demo-${loginId}`, next });
const code = (loginId: StaffName) => ({ code: codeAt(seedOf(loginId), world.clock.now()) });

describe('the door of the console', () => {
  test('takes a password, then a code, and leads to where the person wanted', async () => {
    const browser = world.browser();
    const wanted = await browser.get('/console/audit?actor=staff');
    expect(wanted.location).toBe('/console/sign-in?next=%2Fconsole%2Faudit%3Factor%3Dstaff');
    expect((await browser.get(wanted.location)).text).toContain('value="/console/audit?actor=staff"');
    const first = await browser.post('/console/sign-in', firstStep('auditor', '/console/audit?actor=staff'));
    expect([first.status, first.location]).toEqual([303, '/console/sign-in/code']);
    const second = await browser.post('/console/sign-in/code', code('auditor'));
    expect([second.status, second.location]).toEqual([303, '/console/audit?actor=staff']);
    expect(heading((await browser.get('/console/audit')).text)).toBe('監査ログ');
  });

  test('never opens by the password alone', async () => {
    const browser = world.browser();
    await browser.post('/console/sign-in', firstStep('agent'));
    expect((await browser.get('/console')).location).toBe('/console/sign-in');
  });

  test('nor by a code alone, or by a code five minutes after the password', async () => {
    const browser = world.browser();
    expect((await browser.post('/console/sign-in/code', code('agent'))).status).toBe(422);
    await browser.post('/console/sign-in', firstStep('agent'));
    world.clock.advance('PT5M');
    expect((await browser.post('/console/sign-in/code', code('agent'))).status).toBe(422);
    expect((await browser.get('/console')).location).toBe('/console/sign-in');
  });

  test('takes each code once, whoever shows it again, at once or later', async () => {
    world.clock.advance('PT1M');
    const [one, other] = [world.browser(), world.browser()];
    for (const browser of [one, other]) await browser.post('/console/sign-in', firstStep('agent'));
    const seen = code('agent');
    const answers = await Promise.all([one, other].map((browser) => browser.post('/console/sign-in/code', seen)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([303, 422]);
    world.clock.advance('PT20S');
    expect((await other.post('/console/sign-in/code', seen)).status).toBe(422);
  });

  test('does not take an older code after a newer one', async () => {
    world.clock.advance('PT2M');
    const early = code('supervisor');
    // Half a minute later, with the next code: the one before would still be in time.
    await world.signIn('supervisor');
    const browser = world.browser();
    await browser.post('/console/sign-in', firstStep('supervisor'));
    expect((await browser.post('/console/sign-in/code', early)).status).toBe(422);
  });

  test('counts wrong codes before looking, and closes for a while even to the right one', async () => {
    world.clock.advance('PT1M');
    const browser = world.browser();
    await browser.post('/console/sign-in', firstStep('auditor'));
    const tries = await Promise.all(
      Array.from({ length: 12 }, () => browser.post('/console/sign-in/code', { code: '000000' })),
    );
    expect(tries.filter((answer) => answer.status === 422)).toHaveLength(5);
    expect(tries.filter((answer) => answer.status === 429)).toHaveLength(7);
    expect((await browser.post('/console/sign-in/code', code('auditor'))).status).toBe(429);
    world.clock.advance('PT16M');
    await world.signIn('auditor');
  });

  test('says the same of a wrong password and an unknown login ID', async () => {
    const ask = (loginId: string) =>
      world.browser().post('/console/sign-in', { loginId, password: 'not-the-password', next: '' });
    const [known, unknown] = [await ask('admin'), await ask('nimda')];
    expect([known.status, unknown.status]).toEqual([422, 422]);
    expect(known.text.replaceAll('admin', 'nimda')).toBe(unknown.text);
    expect(known.text).not.toContain('not-the-password');
  });

  test.each([
    '//evil.example',
    '/contract',
    '/console/../contract',
    '/console/sign-out',
    'https://evil.example/console',
  ])('never leads to %s', async (next) => {
    const browser = world.browser();
    world.clock.advance('PT1M');
    await browser.post('/console/sign-in', firstStep('admin', next));
    expect((await browser.post('/console/sign-in/code', code('admin'))).location).toBe('/console');
  });
});

describe('a session of staff', () => {
  test('has a cookie of its own, that no other site can have sent along', async () => {
    world.clock.advance('PT1M');
    const browser = world.browser();
    await browser.post('/console/sign-in', firstStep('agent'));
    const { headers } = await browser.post('/console/sign-in/code', code('agent'));
    const cookie = headers.getSetCookie().find((line) => line.startsWith('__Host-renkei-staff='));
    expect(cookie).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect(cookie).not.toContain('Max-Age');
  });

  test('ends after half an hour without a visit, and after twelve hours whatever happens', async () => {
    const browser = await world.signIn('agent');
    world.clock.advance('PT29M59S');
    expect((await browser.get('/console')).status).toBe(200);
    world.clock.advance('PT30M');
    expect((await browser.get('/console')).status).toBe(303);

    const left = await world.signIn('agent');
    const busy = await world.signIn('agent');
    for (let passed = 0; passed < 12 * 60 - 25; passed += 25) {
      world.clock.advance('PT25M');
      expect((await busy.get('/console')).status).toBe(200);
    }
    // Of one's own in another browser, which nobody touched.
    expect((await left.get('/console')).status).toBe(303);
    world.clock.advance('PT25M');
    expect((await busy.get('/console')).status).toBe(303);
  });

  test('is not kept open by what a page asks by itself: its stream, its parts, its pictures', async () => {
    const { cookies } = await world.signIn('agent');
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const asks = async (headers: Record<string, string>) =>
      (await world.web.request('/console', { headers: { cookie, ...headers } })).status;
    const byItself = [{ accept: 'text/event-stream' }, { 'x-renkei-untouched': '1' }, { 'sec-fetch-dest': 'image' }];
    for (const headers of byItself) {
      world.clock.advance('PT9M');
      expect(await asks(headers)).toBe(200);
    }
    expect(await asks({})).toBe(200);
    world.clock.advance('PT29M');
    for (const headers of byItself) expect(await asks(headers)).toBe(200);
    world.clock.advance('PT1M');
    for (const headers of byItself) expect(await asks(headers)).toBe(303);
  });

  test('ends with signing out, also for whoever copied the cookie', async () => {
    const browser = await world.signIn('agent');
    const copy = world.browser();
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
    expect((await copy.get('/console')).status).toBe(200);
    await browser.post('/console/sign-out', {});
    expect((await copy.get('/console')).status).toBe(303);
  });

  test('ends with the next one in the same browser', async () => {
    const browser = await world.signIn('agent');
    const copy = world.browser();
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
    world.clock.advance('PT1M');
    await browser.post('/console/sign-in', firstStep('agent'));
    expect((await browser.post('/console/sign-in/code', code('agent'))).status).toBe(303);
    expect((await browser.get('/console')).status).toBe(200);
    expect((await copy.get('/console')).status).toBe(303);
  });

  test('ends when the account is closed', async () => {
    const browser = await world.signIn('supervisor');
    const close = (at: string) =>
      world.database.pool.query(`update staff set closed_at = ${at} where login_id = 'supervisor'`);
    await close('now()');
    expect((await browser.get('/console')).status).toBe(303);
    await close('null');
  });

  test('is never a customer’s, nor a customer’s one of staff', async () => {
    await world.contractor('customer');
    const customer = world.browser();
    const link = await world.person('たろう');
    await customer.open(await world.tap(link, 'contractor'));
    await customer.post('/link/contractor', { loginId: 'customer', password: PASSWORD });
    const staff = await world.signIn('agent');
    const swapped = world.browser();
    swapped.cookies.set('__Host-renkei', staff.cookies.get('__Host-renkei-staff') ?? '');
    swapped.cookies.set('__Host-renkei-staff', customer.cookies.get('__Host-renkei') ?? '');
    expect((await swapped.get('/console')).location).toBe('/console/sign-in');
  });

  test('is on record, with every step that failed', async () => {
    const { rows } = await world.database.pool.query<{ action: string; step: string }>(
      `select distinct action, detail ->> 'step' as step from audit_log where action like 'staff.sign%' order by 1, 2`,
    );
    expect(rows).toEqual([
      { action: 'staff.sign-in-refused', step: 'code' },
      { action: 'staff.sign-in-refused', step: 'password' },
      { action: 'staff.signed-in', step: 'code' },
      { action: 'staff.signed-out', step: null },
    ]);
  });
});

test('seeds are never stored as they are', async () => {
  const { rows } = await world.database.pool.query<{ text: string }>(
    `select encode(seed_cipher, 'escape') as text from one_time_seed`,
  );
  expect(rows).toHaveLength(4);
  expect(rows.filter((row) => row.text.includes('RENKEI'))).toEqual([]);
});
