import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pretendAuthenticator } from '../../../tests/support/authenticator.ts';
import { type Browser, PASSWORD } from '../../../tests/support/linking.ts';
import { type MyPageWorld, myPageWorld } from '../../../tests/support/my-page.ts';

let world: MyPageWorld;
beforeAll(async () => {
  world = await myPageWorld();
});
afterAll(() => world.close());

const SITE = { rpId: 'my.example.jp', origin: 'https://my.example.jp' };
const options = async (browser: Browser, path: string) =>
  JSON.parse((await browser.post(`${path}/options`, {})).text) as { challenge: string };

/** A contractor with a passkey. */
async function owner(loginId: string) {
  const { contractorId } = await world.family(loginId);
  const browser = await world.prove(await world.signIn(loginId));
  const chip = pretendAuthenticator(SITE);
  const created = chip.create(await options(browser, '/security/passkeys'));
  const answer = await browser.post('/security/passkeys', { response: created });
  expect([answer.status, answer.location]).toEqual([303, '/security?done=passkey-added']);
  return { contractorId, browser, chip, created };
}

async function signIn(response: string, browser = world.browser()) {
  return browser.post('/login/passkey', { response, next: '/security/codes' });
}

describe('a passkey', () => {
  test('signs in without a password, and is a second proof by itself', async () => {
    const { chip } = await owner('has-passkey');
    const browser = world.browser();
    const answer = await signIn(chip.get(await options(browser, '/login/passkey')), browser);
    expect([answer.status, answer.location]).toEqual([303, '/security/codes']);
    expect((await browser.get('/security/codes')).status).toBe(200);
    expect((await browser.get('/security')).text).toContain('1個のパスキー');
    expect((await world.mails()).map((mail) => mail.text).join()).toContain('パスキーが追加されました');
  });

  test('proves who is signed in by password, and only its owner', async () => {
    const { chip } = await owner('proves');
    const browser = await world.signIn('proves');
    expect((await browser.get('/proof')).text).toContain('data-passkey="get"');
    expect((await browser.get('/proof')).text).not.toContain('/proof/mail');
    const shown = chip.get(await options(browser, '/proof/passkey'));
    const answer = await browser.post('/proof/passkey', { response: shown, next: '/security/codes' });
    expect([answer.status, answer.location]).toEqual([303, '/security/codes']);

    const other = await owner('other-passkey');
    const again = await world.signIn('proves');
    const foreign = other.chip.get(await options(again, '/proof/passkey'));
    expect((await again.post('/proof/passkey', { response: foreign, next: '/' })).status).toBe(422);
  });

  test('is not added without a second proof, nor twice', async () => {
    await world.family('no-proof');
    const browser = await world.signIn('no-proof');
    expect((await browser.post('/security/passkeys/options', {})).location).toContain('/proof');
    expect((await browser.post('/security/passkeys', { response: '{}' })).location).toContain('/proof');
    const { browser: own, chip } = await owner('twice');
    const again = chip.create(await options(own, '/security/passkeys'));
    expect((await own.post('/security/passkeys', { response: again })).status).toBe(422);
  });

  test('is removed by its owner alone, and then opens nothing', async () => {
    const { browser, chip } = await owner('removes');
    const stranger = await owner('stranger');
    const remove = (by: Browser) => by.post('/security/passkeys/remove', { credentialId: chip.id });
    await remove(stranger.browser);
    const before = world.browser();
    expect((await signIn(chip.get(await options(before, '/login/passkey')), before)).status).toBe(303);
    expect((await remove(browser)).location).toBe('/security?done=passkey-removed');
    const door = world.browser();
    expect((await signIn(chip.get(await options(door, '/login/passkey')), door)).status).toBe(422);
  });
});

describe('attacks', () => {
  test('a response shown again opens nothing, from the same browser or another', async () => {
    const { chip } = await owner('replayed');
    const browser = world.browser();
    const response = chip.get(await options(browser, '/login/passkey'));
    expect((await signIn(response, browser)).status).toBe(303);
    expect((await signIn(response, browser)).status).toBe(422);
    expect((await signIn(response)).status).toBe(422);
  });

  test('of twenty at once with one response, one signs in', async () => {
    const { chip } = await owner('raced');
    const response = chip.get(await options(world.browser(), '/login/passkey'));
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(response)));
    expect(answers.filter((answer) => answer.status === 303)).toHaveLength(1);
  });

  test.each([
    ['made on another site', { origin: 'https://my-example.jp.evil.example' }],
    ['for another name', { rpId: 'evil.example' }],
    ['by a chip that asked nobody', { flags: 0x01 }],
    ['with nobody there', { flags: 0x00 }],
  ])('%s', async (what, tricks) => {
    const { chip } = await owner(`tricked-${what.length}`);
    const response = chip.get(await options(world.browser(), '/login/passkey'), tricks);
    expect((await signIn(response)).status).toBe(422);
  });

  test('a challenge of our own making, of another purpose, or five minutes old', async () => {
    const { chip, browser } = await owner('challenged');
    expect((await signIn(chip.get({ challenge: 'bXkgb3duIGNoYWxsZW5nZQ' }))).status).toBe(422);
    expect((await signIn(chip.get(await options(browser, '/proof/passkey')))).status).toBe(422);
    expect((await signIn(chip.get(await options(browser, '/security/passkeys')))).status).toBe(422);
    const late = chip.get(await options(browser, '/login/passkey'));
    world.clock.advance('PT5M');
    expect((await signIn(late)).status).toBe(422);
  });

  test('another chip that claims the same credential', async () => {
    const { chip } = await owner('cloned');
    const thief = pretendAuthenticator(SITE);
    const forged = thief.get(await options(world.browser(), '/login/passkey')).replaceAll(thief.id, chip.id);
    expect((await signIn(forged)).status).toBe(422);
  });

  test('a copy of a chip that counts, left behind by the chip itself', async () => {
    const { chip } = await owner('counted');
    const show = async (counter: number) => {
      const browser = world.browser();
      return (await signIn(chip.get(await options(browser, '/login/passkey'), { counter }), browser)).status;
    };
    expect([await show(7), await show(7), await show(8)]).toEqual([303, 422, 303]);
  });

  test('a passkey of the staff, at the door of contractors', async () => {
    const { chip } = await owner('staff-once');
    await world.sql.query(`update passkey set owner_kind = 'staff' where credential_id = $1`, [chip.id]);
    const browser = world.browser();
    expect((await signIn(chip.get(await options(browser, '/login/passkey')), browser)).status).toBe(422);
  });

  test('a LINE account in the browser stays only where it is linked to whose passkey it is', async () => {
    const { chip, contractorId } = await owner('keeps-line');
    const [linked, stranger] = [await world.person('つながり'), await world.person('よその人')];
    await world.linkContractor(linked, 'keeps-line');
    const accounts = [];
    for (const lineUserId of [linked, stranger]) {
      const browser = await world.signInWithLine(lineUserId);
      await signIn(chip.get(await options(browser, '/login/passkey')), browser);
      const [session] = await world.sql.query<{ account: string | null }>(
        `select line_user_id as account from web_session where contractor_id = $1 and method = 'passkey'
         order by session_id desc limit 1`,
        [contractorId],
      );
      accounts.push(session?.account);
    }
    expect(accounts).toEqual([linked, null]);
  });

  test.each(['', '{}', 'null', '[1]', '{"id":1}', 'x'.repeat(30_000)])('nonsense: %.12s', async (response) =>
    expect((await signIn(response)).status).toBe(422),
  );

  test('registering with a challenge made for somebody else', async () => {
    const victim = await owner('victim-of-key');
    await world.family('attacker');
    const attacker = await world.prove(await world.signIn('attacker'));
    const chip = pretendAuthenticator(SITE);
    const created = chip.create(await options(victim.browser, '/security/passkeys'));
    expect((await attacker.post('/security/passkeys', { response: created })).status).toBe(422);
  });
});

test('on a link page it proves its owner, on record', async () => {
  const { chip, contractorId } = await owner('links-by-key');
  const browser = world.browser();
  await browser.open(await world.tap(await world.person('たろう'), 'contractor'));
  await browser.post('/link/contractor', { loginId: 'links-by-key', password: PASSWORD });
  const given = async (from: typeof chip) =>
    browser.post('/link/contractor/passkey', {
      response: from.get(await options(browser, '/link/contractor/passkey')),
    });
  const other = await owner('links-not');
  expect((await given(other.chip)).status).toBe(422);
  expect((await given(chip)).location).toContain('accountLink');
  const records = await world.sql.query<{ action: string }>(
    `select action from audit_log where contractor_id = $1 and action in ('credentials.proven', 'credentials.proof-refused')
     order by audit_id desc limit 2`,
    [contractorId],
  );
  expect(records.map(({ action }) => action)).toEqual(['credentials.proven', 'credentials.proof-refused']);
});

test('all of it is on record', async () => {
  const { rows } = await world.database.pool.query<{ action: string }>(
    `select distinct action from audit_log where action like 'credentials.passkey%' and contractor_id::text = actor_id
     order by 1`,
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'credentials.passkey-added',
    'credentials.passkey-removed',
    'credentials.passkey-signed-in',
  ]);
});

test('one address begins a sign-in 300 times in ten minutes, and then no more', async () => {
  world.clock.advance('PT20M');
  const browser = world.browser();
  const begin = async () => (await browser.post('/login/passkey/options', {})).status;
  const answers: number[] = [];
  for (let count = 0; count < 301; count += 1) answers.push(await begin());
  expect(answers.slice(0, 300).every((status) => status === 200)).toBe(true);
  expect(answers.at(-1)).toBe(429);
  world.clock.advance('PT10M1S');
  expect(await begin()).toBe(200);
});
