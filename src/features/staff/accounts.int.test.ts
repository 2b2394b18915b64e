import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pretendAuthenticator } from '../../../tests/support/authenticator.ts';
import { whileHeld } from '../../../tests/support/held.ts';
import type { Browser } from '../../../tests/support/linking.ts';
import { codeAt, type StaffWorld, staffWorld } from '../../../tests/support/staff.ts';
import { newId } from '../../base/ids.ts';

let world: StaffWorld;
let admin: Browser;
beforeAll(async () => {
  world = await staffWorld();
});
afterAll(() => world.close());

const STAFF = '/console/staff';
const SITE = { rpId: 'my.example.jp', origin: 'https://my.example.jp' };
const found = (pattern: RegExp, html: string) => pattern.exec(html)?.[1] ?? '';

/** Posts a form of the staff pages and reads the one-time password on the page it leads to. */
async function post(path: string, form: Record<string, string> = {}, by = admin) {
  const { status, location, text } = await by.post(`${STAFF}/${path}`, { requestId: newId(), ...form });
  if (status !== 303) return { status, text, staffId: '', password: '' };
  const page = await by.get(location);
  const password = found(/class="code">([a-z2-9-]+)</, page.text);
  return { status, text: page.text, staffId: found(/staff\/([0-9a-f-]{36})/, location), password };
}
const add = (loginId: string, role = 'agent') => post('new', { loginId, name: '山田 花', role });

async function firstSteps(loginId: string, given: string, chosen = 'mikan-to-ringo') {
  const browser = world.browser();
  const entered = await browser.post('/console/sign-in', { loginId, password: given, next: '/console/requests' });
  if (entered.location !== '/console/first') return { browser, entered, seed: '' };
  await browser.post('/console/first', { wanted: chosen });
  const seed = found(/class="seed">([A-Z2-7 ]+)</, (await browser.get('/console/first/step')).text);
  return { browser, entered, seed: seed.replaceAll(' ', '') };
}
const finish = (browser: Browser, seed: string) =>
  browser.post('/console/first/step', { code: codeAt(seed, world.clock.now()) });

beforeAll(async () => {
  admin = await world.signIn('admin');
});

describe('a new member of staff', () => {
  test('comes in by the one-time password, a password of their own and an authenticator app, and only so', async () => {
    const { password, staffId, text } = await add('Yamada');
    expect(password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(text).toContain('はじめてのログイン待ち');
    expect((await admin.get(`${STAFF}/${staffId}`)).text).not.toContain(password);

    // Invited at the same moment: what one of them chooses is nothing to the other.
    const neighbour = await add('neighbour');
    const { browser, seed } = await firstSteps('yamada', password);
    expect((await browser.get('/console')).status).toBe(303);
    expect((await browser.post('/console/first/step', { code: '000000' })).status).toBe(422);
    const done = await finish(browser, seed);
    expect([done.status, done.location]).toEqual([303, '/console/requests']);
    expect((await browser.get('/console')).text).toContain('山田 花');

    expect((await firstSteps('yamada', password)).entered.status).toBe(422);
    expect((await firstSteps('neighbour', neighbour.password)).entered.location).toBe('/console/first');
    world.clock.advance('PT30S');
    const again = world.browser();
    await again.post('/console/sign-in', { loginId: 'yamada', password: 'mikan-to-ringo', next: '' });
    const typed = codeAt(seed, world.clock.now());
    expect((await again.post('/console/sign-in/code', { code: typed })).location).toBe('/console');
  });

  test('or with a passkey alone, which from then on is both steps', async () => {
    const { password } = await add('passkey');
    const { browser } = await firstSteps('passkey', password);
    const chip = pretendAuthenticator(SITE);
    const options = async (path: string) => JSON.parse((await browser.post(`${path}/options`, {})).text);
    const response = chip.create(await options('/console/first/passkey'));
    expect((await browser.post('/console/first/passkey', { response: '{}' })).status).toBe(422);
    expect((await browser.post('/console/first/passkey', { response })).location).toBe('/console/requests');
    await browser.post('/console/sign-out', {});
    const shown = chip.get(await options('/console/sign-in/passkey'));
    expect((await browser.post('/console/sign-in/passkey', { response: shown, next: '' })).location).toBe('/console');
  });

  test('chooses no password that others would guess', async () => {
    const { password } = await add('careless');
    const { browser } = await firstSteps('careless', password, 'password123');
    expect((await browser.get('/console/first/step')).location).toBe('/console/sign-in?again=1');
  });

  test('has 72 hours, and is told to ask again afterwards', async () => {
    const { password } = await add('late');
    world.clock.advance('PT71H59M');
    const half = await firstSteps('late', password);
    world.clock.advance('PT1M');
    expect((await finish(half.browser, half.seed)).location).toBe('/console/sign-in?again=1');
    const { entered } = await firstSteps('late', password);
    expect([entered.status, entered.text.includes('仮のパスワードの期限が過ぎました')]).toEqual([422, true]);
    admin = await world.signIn('admin');
  });

  test('is one, however often the form is sent; a taken login ID is refused', async () => {
    const form = { loginId: 'twice', name: '二度', role: 'agent', requestId: newId() };
    const answers = await Promise.all([1, 2].map(() => admin.post(`${STAFF}/new`, form)));
    expect(new Set(answers.map((answer) => answer.location)).size).toBe(1);
    expect((await add('twice')).status).toBe(422);
    expect(await world.count('staff', `login_id = 'twice'`)).toBe(1);

    const slowly = { loginId: 'slowly', name: '三度', role: 'agent', requestId: newId() };
    const { password } = await post('new', slowly);
    // The repeat hands over no other password.
    expect((await post('new', slowly)).password).toBe('');
    expect((await firstSteps('slowly', password)).entered.location).toBe('/console/first');
  });

  test.each([
    [{ loginId: 'あ', name: '名', role: 'agent' }, 'ログインIDは'],
    [{ loginId: 'ok-id', name: ' ', role: 'agent' }, '名前を入力してください。'],
    [{ loginId: 'ok-id', name: '名', role: 'king' }, '役割を選んでください。'],
  ])('%j is refused, and what was typed stays', async (form, said) => {
    const refused = await admin.post(`${STAFF}/new`, { ...form, requestId: newId() });
    expect([refused.status, refused.text.includes(said)]).toEqual([422, true]);
    expect(refused.text).toContain(`value="${form.loginId}"`);
  });
});

describe('an account', () => {
  test('closed is signed out at once and opens to nothing; open again it begins anew', async () => {
    const { staffId } = world.member('agent');
    const browser = await world.signIn('agent');
    await post(`${staffId}/close`);
    expect((await browser.get('/console')).status).toBe(303);
    await expect(world.signIn('agent')).rejects.toThrow('not signed in');
    expect((await post(`${staffId}/role`, { role: 'auditor' })).text).toContain('もう一度開いてから');
    const { password } = await post(`${staffId}/reopen`);
    const { browser: back, seed } = await firstSteps('agent', password, 'renkei-demo-agent');
    expect((await finish(back, seed)).location).toBe('/console/requests');
  });

  test('with another role sees other pages from the next request on', async () => {
    const { password, staffId } = await add('riser');
    const { browser, seed } = await firstSteps('riser', password);
    await finish(browser, seed);
    expect((await browser.get('/console/audit')).status).toBe(404);
    await post(`${staffId}/role`, { role: 'auditor' });
    expect((await browser.get('/console/audit')).status).toBe(200);
  });

  test('reset: what opened it opens nothing more, and a first sign-in under way is over', async () => {
    const { staffId } = world.member('supervisor');
    const browser = await world.signIn('supervisor');
    const asked = await browser.post('/console/account/passkeys/options', {});
    const response = pretendAuthenticator(SITE).create(JSON.parse(asked.text));
    await browser.post('/console/account/passkeys', { response });
    const factors = async (whose: string) => [
      await world.count('one_time_seed', `owner_id ${whose} '${staffId}'`),
      await world.count('passkey', `owner_id ${whose} '${staffId}'`),
    ];
    const ofOthers = await factors('<>');
    expect(await factors('=')).toEqual([1, 1]);
    const form = { requestId: newId() };
    const first = await post(`${staffId}/reset`, form);
    expect((await post(`${staffId}/reset`, form)).password).toBe('');
    expect([await factors('='), await factors('<>')]).toEqual([[0, 0], ofOthers]);
    expect((await browser.get('/console')).status).toBe(303);
    await expect(world.signIn('supervisor')).rejects.toThrow('not signed in');
    const half = await firstSteps('supervisor', first.password);
    expect(half.entered.location).toBe('/console/first');
    world.clock.advance('PT1S');
    const second = await post(`${staffId}/reset`);
    expect((await finish(half.browser, half.seed)).location).toBe('/console/sign-in?again=1');
    const { browser: back, seed } = await firstSteps('supervisor', second.password, 'renkei-demo-supervisor');
    expect((await finish(back, seed)).location).toBe('/console/requests');
  });

  test('is changed by no one whose second step is older than ten minutes, nor by who is no admin', async () => {
    const { staffId } = world.member('auditor');
    const auditor = await world.signIn('auditor');
    expect((await post(`${staffId}/close`, {}, auditor)).status).toBe(404);
    const early = await world.signIn('admin');
    world.clock.advance('PT10M');
    const late = await early.post(`${STAFF}/${staffId}/close`, { requestId: newId() });
    expect(late.location).toBe('/console/confirm?next=%2Fconsole%2Fstaff');
    expect(await world.count('staff', `login_id = 'auditor' and closed_at is null`)).toBe(1);
    admin = await world.signIn('admin');
  });

  test('of the last admin is neither closed nor lowered; of two who close each other one stays', async () => {
    const own = world.member('admin').staffId;
    for (const [change, form] of [
      ['close', {}],
      ['role', { role: 'agent' }],
    ] as const) {
      const refused = await post(`${own}/${change}`, form);
      expect([refused.status, refused.text.includes('ログインできる管理者が、ほかにいません')]).toEqual([422, true]);
    }
    const second = await add('second-admin', 'admin');
    const refused = await post(`${own}/close`);
    expect(refused.status).toBe(422);
    const { browser: other, seed } = await firstSteps('second-admin', second.password);
    await finish(other, seed);
    const hold = { text: `select from staff where role = 'admin' for no key update`, waiting: 2 };
    const [one, another] = await whileHeld(world.database.pool, hold, () =>
      Promise.all([post(`${second.staffId}/close`), post(`${own}/close`, {}, other)]),
    );
    // Whoever comes second is refused.
    expect([one?.status, another?.status].sort()).toEqual([303, 422]);
    expect(await world.count('staff', `role = 'admin' and closed_at is null`)).toBe(1);
  });
});

describe('an account made by a command', () => {
  const make = (loginId: string, password = 'mikan-to-ringo') =>
    world.staff.addStaff({ loginId, name: '端末', role: 'agent', password }, { kind: 'provisioning' });

  test('has the seed that is answered, and signs in by it', async () => {
    const added = await make('terminal');
    const browser = world.browser();
    await browser.post('/console/sign-in', { loginId: 'terminal', password: 'mikan-to-ringo', next: '' });
    const typed = codeAt(added.ok ? added.value.seed : '', world.clock.now());
    expect((await browser.post('/console/sign-in/code', { code: typed })).location).toBe('/console');
  });

  test.each([
    ['another-one', 'password123', 'password-common'],
    ['あ', undefined, 'login-id-malformed'],
    ['terminal', undefined, 'login-id-taken'],
  ])('%s with %s is refused', async (loginId, password, code) => {
    expect(await make(loginId, password)).toMatchObject({ ok: false, code });
  });
});

test('all of it is on record, with who did it to whom', async () => {
  const { rows } = await world.database.pool.query<{ action: string }>(
    `select distinct action from audit_log where action like 'staff.%' and detail ? 'staff'
       and actor_kind = 'staff' order by 1`,
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'staff.account-added',
    'staff.account-closed',
    'staff.account-reopened',
    'staff.role-changed',
    'staff.sign-in-reset',
  ]);
  expect(await world.count('audit_log', `action = 'staff.first-sign-in'`)).toBeGreaterThan(3);
  const added = `action = 'staff.account-added' and actor_kind = 'system'`;
  expect(await world.count('audit_log', added)).toBe(4);
  const raised = `action = 'staff.role-changed' and detail ->> 'from' = 'agent' and detail ->> 'role' = 'auditor'`;
  expect(await world.count('audit_log', raised)).toBe(1);
  const auditor = await world.signIn('auditor');
  expect((await auditor.get('/console/audit?action=staff.sign-in-reset')).text).toContain('staff: 上田 責任');
});
