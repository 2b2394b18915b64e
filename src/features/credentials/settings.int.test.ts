import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, PASSWORD } from '../../../tests/support/linking.ts';
import { type MyPageWorld, myPageWorld } from '../../../tests/support/my-page.ts';
import { codeAt } from '../../../tests/support/staff.ts';

let world: MyPageWorld;
beforeAll(async () => {
  world = await myPageWorld();
});
afterAll(() => world.close());

const OTHER = 'another long password';
const login = (loginId: string, password = PASSWORD, browser = world.browser()) =>
  browser.post('/login', { loginId, password, next: '/links' });
const seedOn = (html: string) =>
  /<p class="seed">([A-Z2-7]{4}( [A-Z2-7]{4}){7}|[A-Z2-7]{32})<\/p>/.exec(html)?.[1]?.replaceAll(' ', '') ?? '';
const ofLogin = (loginId: string) =>
  `contractor_id = (select contractor_id from contractor where login_id = '${loginId}')`;
const code = (seed: string) => codeAt(seed, world.clock.now());

/** A contractor who uses one-time codes: the browser, the seed, the recovery codes. */
async function withCodes(loginId: string) {
  await world.family(loginId);
  const browser = await world.prove(await world.signIn(loginId));
  const seed = seedOn((await browser.get('/security/codes')).text);
  const on = await browser.post('/security/codes', { code: code(seed) });
  expect(on.status).toBe(200);
  const recovery = on.text.match(/[A-Z2-7]{4}(-[A-Z2-7]{4}){3}/g) ?? [];
  return { browser, seed, recovery };
}

describe('changing the password', () => {
  test('asks for the present one, signs other browsers out, and is told', async () => {
    await world.family('changes');
    const [browser, other] = [await world.signIn('changes'), await world.signIn('changes')];
    const person = await world.person('けいやくしゃ');
    await world.linkContractor(person, 'changes');
    const change = (present: string, wanted: string) => browser.post('/security/password', { present, wanted });
    expect((await change('not-the-password', OTHER)).text).toContain('いまのパスワードが違います');
    expect((await change(PASSWORD, 'too short')).text).toContain('短すぎます');
    expect((await change(PASSWORD, 'passwordpassword')).text).toContain('推測されやすい');
    expect((await change(PASSWORD, '')).status).toBe(422);
    const done = await change(PASSWORD, OTHER);
    expect([done.status, done.location]).toEqual([303, '/security?done=password']);
    expect((await browser.get('/security')).status).toBe(200);
    expect((await other.get('/security')).status).toBe(303);
    expect((await login('changes')).status).toBe(422);
    expect((await login('changes', OTHER)).status).toBe(303);
    expect((await world.told(person)).at(-1)).toContain('パスワードが変更されました');
    expect((await world.mails()).at(-1)).toMatchObject({ to: 'changes@example.jp' });
    expect(await world.count('audit_log', `action = 'credentials.password-changed'`)).toBe(1);
  });

  test('counts wrong ones like a sign-in', async () => {
    await world.family('guessed-inside');
    const browser = await world.signIn('guessed-inside');
    const statuses = new Set<string>();
    for (let n = 0; n < 12; n += 1) {
      const { text } = await browser.post('/security/password', { present: `wrong ${n}`, wanted: OTHER });
      statuses.add(text.includes('お試しが続いた') ? 'closed' : 'wrong');
    }
    expect([...statuses]).toEqual(['wrong', 'closed']);
  });
});

describe('one-time codes', () => {
  test('are asked for at the next sign-in, each once', async () => {
    const { seed } = await withCodes('uses-codes');
    world.clock.advance('PT30S');
    const browser = world.browser();
    const first = await login('uses-codes', PASSWORD, browser);
    expect([first.status, first.location]).toEqual([303, '/login/code']);
    expect((await browser.get('/security')).status).toBe(303);
    const seen = code(seed);
    const second = await browser.post('/login/code', { code: seen });
    expect([second.status, second.location]).toEqual([303, '/links']);
    expect((await browser.get('/security/recovery')).status).toBe(200);
    const thief = world.browser();
    await login('uses-codes', PASSWORD, thief);
    expect((await thief.post('/login/code', { code: seen })).status).toBe(422);
    expect((await thief.get('/security')).status).toBe(303);
  });

  test('the one that turned them on does not sign in', async () => {
    const { seed } = await withCodes('same-code');
    const browser = world.browser();
    await login('same-code', PASSWORD, browser);
    expect((await browser.post('/login/code', { code: code(seed) })).status).toBe(422);
  });

  test('the code step needs the password before it, within five minutes', async () => {
    const { seed } = await withCodes('steps');
    world.clock.advance('PT30S');
    expect((await world.browser().post('/login/code', { code: code(seed) })).status).toBe(422);
    const browser = world.browser();
    await login('steps', PASSWORD, browser);
    world.clock.advance('PT5M');
    expect((await browser.post('/login/code', { code: code(seed) })).status).toBe(422);
  });

  test('cannot be guessed', async () => {
    await withCodes('guessed-code');
    const browser = world.browser();
    await login('guessed-code', PASSWORD, browser);
    const tries = await Promise.all(
      Array.from({ length: 12 }, (_, n) => browser.post('/login/code', { code: String(n).padStart(6, '0') })),
    );
    expect(tries.filter((answer) => answer.status === 429)).toHaveLength(7);
  });

  test('are asked for before a LINE account is linked, too', async () => {
    const { seed } = await withCodes('links-with-code');
    world.clock.advance('PT30S');
    const person = await world.person('たろう');
    const browser = world.browser();
    await browser.open(await world.tap(person, 'contractor'));
    const first = await browser.post('/link/contractor', { loginId: 'links-with-code', password: PASSWORD });
    expect([first.status, first.location]).toEqual([303, '/link/contractor']);
    expect((await browser.get('/link/contractor')).text).toContain('認証アプリのコード');
    const link = (typed: string) => browser.post('/link/contractor/code', { code: typed });
    expect((await link('000000')).status).toBe(422);
    const answer = await link(code(seed));
    expect([answer.status, answer.location]).toEqual([303, expect.stringContaining('accountLink')]);
  });

  test('a recovery code does instead, once, and is told', async () => {
    const { recovery } = await withCodes('lost-phone');
    expect(recovery).toHaveLength(10);
    const browser = world.browser();
    await login('lost-phone', PASSWORD, browser);
    const [one = ''] = recovery;
    const typed = one.toLowerCase().replaceAll('-', ' ');
    expect((await browser.post('/login/code', { code: typed })).status).toBe(303);
    expect((await browser.get('/security')).text).toContain('予備コードは残り9個です');
    const again = world.browser();
    await login('lost-phone', PASSWORD, again);
    expect((await again.post('/login/code', { code: typed })).status).toBe(422);
    expect((await world.mails()).map((mail) => mail.text).join()).toContain('予備コードが1つ使われました');
    const { rows } = await world.database.pool.query<{ all: string }>(
      `select string_agg(encode(code_hash, 'escape'), '') as all from recovery_code`,
    );
    expect(rows[0]?.all).not.toContain(one.replaceAll('-', ''));
  });

  test('a right code counts as no try, however many there are', async () => {
    const { recovery } = await withCodes('right-codes');
    for (const typed of recovery.slice(0, 7)) {
      const browser = world.browser();
      await login('right-codes', PASSWORD, browser);
      expect((await browser.post('/login/code', { code: typed })).status).toBe(303);
    }
  });

  test('turned on, they are not set anew by a page from before', async () => {
    await world.family('two-tabs');
    const browser = await world.prove(await world.signIn('two-tabs'));
    const seed = seedOn((await browser.get('/security/codes')).text);
    const page = browser.cookies.get('__Host-renkei-new-seed') ?? '';
    await browser.post('/security/codes', { code: code(seed) });
    browser.cookies.set('__Host-renkei-new-seed', page);
    world.clock.advance('PT30S');
    const again = await browser.post('/security/codes', { code: code(seed) });
    expect([again.status, again.location]).toEqual([303, '/security']);
    expect(await world.count('audit_log', `action = 'credentials.code-on' and ${ofLogin('two-tabs')}`)).toBe(1);
  });

  test('new recovery codes end the old ones', async () => {
    const { browser, recovery } = await withCodes('renews-recovery');
    const others = await withCodes('keeps-recovery');
    const page = await browser.post('/security/recovery', {});
    expect(page.text.match(/[A-Z2-7]{4}(-[A-Z2-7]{4}){3}/g)).toHaveLength(10);
    const other = world.browser();
    await login('renews-recovery', PASSWORD, other);
    expect((await other.post('/login/code', { code: recovery[0] ?? '' })).status).toBe(422);
    // Somebody else's are good for them, and for nobody else.
    expect((await other.post('/login/code', { code: others.recovery[0] ?? '' })).status).toBe(422);
    await login('keeps-recovery', PASSWORD, other);
    expect((await other.post('/login/code', { code: others.recovery[0] ?? '' })).status).toBe(303);
  });

  test('a wrong code turns nothing on; another’s offered seed neither', async () => {
    await world.family('wrong-on');
    const browser = await world.prove(await world.signIn('wrong-on'));
    const seed = seedOn((await browser.get('/security/codes')).text);
    const refused = await browser.post('/security/codes', { code: '000000' });
    expect([refused.status, seedOn(refused.text)]).toEqual([422, seed]);
    await world.family('victim-of-seed');
    const victim = await world.prove(await world.signIn('victim-of-seed'));
    victim.cookies.set('__Host-renkei-new-seed', browser.cookies.get('__Host-renkei-new-seed') ?? '');
    expect((await victim.post('/security/codes', { code: code(seed) })).status).toBe(422);
    expect((await login('victim-of-seed')).location).toBe('/links');
  });

  test('are turned off with the password, which must stand alone', async () => {
    const { browser } = await withCodes('turns-off');
    const off = (password: string) => browser.post('/security/codes/off', { password });
    expect((await off('not-the-password')).text).toContain('いまのパスワードが違います');
    await browser.post('/security/password', { present: PASSWORD, wanted: 'kawa 8xy' });
    expect((await off('kawa 8xy')).text).toContain('短すぎます');
    await browser.post('/security/password', { present: 'kawa 8xy', wanted: OTHER });
    expect((await off(OTHER)).location).toBe('/security?done=codes-off');
    expect(await world.count('recovery_code', ofLogin('turns-off'))).toBe(0);
    expect((await login('turns-off', OTHER)).location).toBe('/links');
  });
});

describe('the record of sign-ins', () => {
  test('says when, on what and how, refused ones too', async () => {
    const { contractorId } = await world.family('history');
    await login('history', 'not-the-password');
    await world.family('other-history');
    await login('other-history', 'not-the-password');
    world.clock.advance('PT1M');
    const browser = await world.signIn('history');
    await world.database.pool.query(
      `update web_session set user_agent = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1' where contractor_id = $1`,
      [contractorId],
    );
    const { text } = await browser.get('/security');
    expect(text).toContain('iPhoneのSafari（ログインIDとパスワード）');
    expect(text.match(/パスワードが違うため、ログインできませんでした/g)).toHaveLength(1);
  });
});

test('all other browsers are signed out, and the one that asks stays', async () => {
  await world.family('signs-out');
  const [browser, other] = [await world.signIn('signs-out'), await world.signIn('signs-out')];
  expect((await browser.post('/security/sign-out-others', {})).location).toBe('/security?done=signed-out');
  expect([(await browser.get('/security')).status, (await other.get('/security')).status]).toEqual([200, 303]);
});

test('nothing of it is a stranger’s', async () => {
  await world.family('not-yours');
  const strangers: Browser[] = [world.browser(), await world.signInWithLine(await world.person('よその人'))];
  for (const browser of strangers) {
    for (const path of ['/security', '/security/password', '/security/codes', '/security/recovery', '/proof']) {
      expect((await browser.get(path)).location).toMatch(/^\/login\?next=/);
      expect((await browser.post(path, {})).location).toMatch(/^\/login\?next=/);
    }
  }
});

test('all of it is on record, right or wrong, with the kind of proof and never what was typed', async () => {
  const { rows } = await world.database.pool.query<{ what: string }>(
    `select distinct concat_ws(' ', action, detail ->> 'by') as what from audit_log
     where actor_kind = 'contractor' and action like 'credentials.%' and contractor_id::text = actor_id order by 1`,
  );
  expect(rows.map(({ what }) => what.replace('credentials.', ''))).toEqual([
    'code-off',
    'code-on',
    'password-changed',
    'proof-refused',
    'proven mail-code',
    'proven one-time-code',
    'proven recovery-code',
    'recovery-renewed',
    'recovery-used',
  ]);
});
