import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pretendAuthenticator } from '../../../tests/support/authenticator.ts';
import { whileHeld } from '../../../tests/support/held.ts';
import type { Browser } from '../../../tests/support/linking.ts';
import { codeAt, type StaffName, type StaffWorld, seedOf, staffWorld } from '../../../tests/support/staff.ts';

let world: StaffWorld;
beforeAll(async () => {
  world = await staffWorld();
});
afterAll(() => world.close());

const SITE = { rpId: 'my.example.jp', origin: 'https://my.example.jp' };
const options = async (browser: Browser, path: string) =>
  JSON.parse((await browser.post(`${path}/options`, {})).text) as { challenge: string };

const PASSKEYS = '/console/account/passkeys';
const code = (loginId: StaffName) => codeAt(seedOf(loginId), world.clock.now());

async function withPasskey(loginId: StaffName) {
  const browser = await world.signIn(loginId);
  const chip = pretendAuthenticator(SITE);
  const response = chip.create(await options(browser, PASSKEYS));
  expect((await browser.post(PASSKEYS, { response })).location).toBe(`${PASSKEYS}?done=1`);
  return { browser, chip };
}

test('a passkey is both steps in one, once for each challenge', async () => {
  const { chip } = await withPasskey('agent');
  const browser = world.browser();
  const response = chip.get(await options(browser, '/console/sign-in/passkey'));
  const show = (by: Browser) => by.post('/console/sign-in/passkey', { response, next: '/console/requests' });
  const answer = await show(browser);
  expect([answer.status, answer.location]).toEqual([303, '/console/requests']);
  expect((await browser.get('/console/requests')).status).toBe(200);
  expect((await show(world.browser())).status).toBe(422);
  expect(await world.count('audit_log', `action = 'staff.signed-in' and detail ->> 'step' = 'passkey'`)).toBe(1);
});

test('what changes one’s own sign-in asks for a second step of the last ten minutes', async () => {
  const { browser, chip } = await withPasskey('agent');
  const elsewhere = await world.signIn('agent');
  world.clock.advance('PT10M');
  for (const page of ['password', 'codes', 'passkeys']) {
    const asked = await browser.get(`/console/account/${page}`);
    expect([asked.status, asked.location]).toEqual([303, `/console/confirm?next=%2Fconsole%2Faccount%2F${page}`]);
    expect((await browser.post(`/console/account/${page}`, {})).location).toBe(asked.location);
  }
  const confirm = (typed: string) => browser.post('/console/confirm', { code: typed, next: '/console/account/codes' });
  expect((await confirm('000000')).status).toBe(422);
  expect((await confirm(code('agent'))).location).toBe('/console/account/codes');
  expect((await browser.get('/console/account/codes')).status).toBe(200);
  // In this browser alone.
  expect((await elsewhere.get('/console/account/codes')).status).toBe(303);

  world.clock.advance('PT11M');
  const response = chip.get(await options(browser, '/console/confirm/passkey'));
  const shown = await browser.post('/console/confirm/passkey', { response, next: PASSKEYS });
  expect([shown.location, (await browser.get(PASSKEYS)).status]).toEqual([PASSKEYS, 200]);
});

test('somebody else’s passkey confirms nothing', async () => {
  const { chip } = await withPasskey('supervisor');
  const { browser } = await withPasskey('agent');
  const response = chip.get(await options(browser, '/console/confirm/passkey'));
  expect((await browser.post('/console/confirm/passkey', { response, next: '' })).status).toBe(422);
});

describe('a password of one’s own', () => {
  const change = (browser: Browser, present: string, wanted: string) =>
    browser.post('/console/account/password', { present, wanted });

  test.each([
    ['short', 'パスワードは8文字以上にしてください。'],
    ['agentagent', 'ログインIDと同じもの、くり返したものは使えません。'],
    ['password123', '推測されやすい'],
  ])('is not %s', async (wanted, said) => {
    const refused = await change(await world.signIn('agent'), 'renkei-demo-agent', wanted);
    expect([refused.status, refused.text.includes(said)]).toEqual([422, true]);
  });

  test('takes the present one, and signs out every other browser', async () => {
    const [browser, other] = [await world.signIn('agent'), await world.signIn('agent')];
    expect((await change(browser, 'not-this', 'mikan-to-ringo')).status).toBe(422);
    expect((await change(browser, 'renkei-demo-agent', 'mikan-to-ringo')).location).toContain('done=password');
    expect([(await browser.get('/console')).status, (await other.get('/console')).status]).toEqual([200, 303]);
    expect((await change(browser, 'mikan-to-ringo', 'renkei-demo-agent')).status).toBe(303);
  });
});

test('another authenticator app: the old one’s codes are worth nothing from then on', async () => {
  const browser = await world.signIn('auditor');
  const seed = /class="seed">([A-Z2-7 ]+)</.exec((await browser.get('/console/account/codes')).text)?.[1] ?? '';
  const give = (typed: string) => browser.post('/console/account/codes', { code: typed });
  expect((await give(code('auditor'))).status).toBe(422);
  expect((await give(codeAt(seed.replaceAll(' ', ''), world.clock.now()))).location).toContain('done=codes');
  await expect(world.signIn('auditor')).rejects.toThrow('not signed in');
});

test('one’s signed-in browsers are listed, and signed out one by one or all at once', async () => {
  const [browser, second, third] = await Promise.all([1, 2, 3].map(() => world.browser()));
  if (!browser || !second || !third) throw new Error('three browsers');
  for (const each of [browser, second, third]) await world.signIn('supervisor', each);
  const stranger = await world.signIn('agent');
  const ids = async () =>
    [...(await browser.get('/console/account')).text.matchAll(/name="sessionId" value="([0-9a-f-]{36})"/g)].map(
      ([, id = '']) => id,
    );
  const signOut = (by: Browser, sessionId: string) => by.post('/console/account/sign-out', { sessionId });
  const [first = ''] = await ids();
  // Another's browser stays, and the answer does not tell whether there is one.
  expect((await signOut(stranger, first)).location).toContain('done=signed-out');
  expect(await ids()).toContain(first);
  // The second tap is told what the first was.
  for (const _tap of ['first', 'late']) {
    expect((await signOut(browser, first)).location).toContain('done=signed-out');
  }
  expect(await ids()).not.toContain(first);
  expect((await signOut(browser, 'others')).status).toBe(303);
  expect(await ids()).toEqual([]);
  expect([(await second.get('/console')).status, (await third.get('/console')).status]).toEqual([303, 303]);
});

test('another’s is not removed, one’s own is, and then opens nothing', async () => {
  // The only one, beside an authenticator app.
  const { browser, chip } = await withPasskey('admin');
  const other = await world.signIn('agent');
  const remove = (by: Browser) => by.post(`${PASSKEYS}/remove`, { credentialId: chip.id });
  const isThere = () => world.count('passkey', `credential_id = '${chip.id}'`);
  expect([(await remove(other)).status, await isThere()]).toEqual([303, 1]);
  expect([(await remove(browser)).status, await isThere()]).toEqual([303, 0]);
  const door = world.browser();
  const response = chip.get(await options(door, '/console/sign-in/passkey'));
  expect((await door.post('/console/sign-in/passkey', { response, next: '' })).status).toBe(422);
});

test('the last passkey stays while there is no authenticator app, also of two that are removed at once', async () => {
  const both = [await withPasskey('supervisor'), await withPasskey('supervisor')];
  const owner = world.member('supervisor').staffId;
  const { pool } = world.database;
  const kept = both.map(({ chip }) => chip.id);
  await pool.query('delete from passkey where owner_id = $1 and credential_id <> all($2)', [owner, kept]);
  await pool.query('delete from one_time_seed where owner_id = $1', [owner]);
  const hold = { text: 'select from staff where staff_id = $1 for no key update', values: [owner], waiting: 2 };
  const answers = await whileHeld(pool, hold, () =>
    Promise.all(both.map(({ browser, chip }) => browser.post(`${PASSKEYS}/remove`, { credentialId: chip.id }))),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
  expect(await world.count('passkey', `owner_id = '${owner}'`)).toBe(1);
});

test('of somebody who has left opens nothing', async () => {
  const { chip } = await withPasskey('admin');
  await world.database.pool.query(`update staff set closed_at = now() where login_id = 'admin'`);
  const door = world.browser();
  const response = chip.get(await options(door, '/console/sign-in/passkey'));
  expect((await door.post('/console/sign-in/passkey', { response, next: '' })).status).toBe(422);
});

test('all of it is on record, as done by oneself', async () => {
  const { rows } = await world.database.pool.query<{ action: string }>(
    `select distinct action from audit_log where actor_kind = 'staff' and action !~ 'sign(ed)?-in' order by 1`,
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'staff.code-confirmed',
    'staff.codes-changed',
    'staff.others-signed-out',
    'staff.passkey-added',
    'staff.passkey-confirmed',
    'staff.passkey-removed',
    'staff.password-changed',
  ]);
});

test('one address begins a sign-in 300 times in ten minutes, and then no more', async () => {
  world.clock.advance('PT20M');
  const door = world.browser();
  const begin = async () => (await door.post('/console/sign-in/passkey/options', {})).status;
  for (let count = 0; count < 300; count += 1) expect(await begin()).toBe(200);
  expect(await begin()).toBe(429);
  world.clock.advance('PT10M1S');
  expect(await begin()).toBe(200);
});
