import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, nonceOf, PASSWORD } from '../../../tests/support/linking.ts';
import { type MyPageWorld, myPageWorld } from '../../../tests/support/my-page.ts';
import { testOperator } from '../../../tests/support/operator.ts';

// Somebody has the password, and nothing else: what they can do, and what the owner notices.

let world: MyPageWorld;
beforeAll(async () => {
  world = await myPageWorld({ ...testOperator, linking: { ...testOperator.linking, hoursUntilProof: 24 } });
});
afterAll(() => world.close());

const SECRET = '/security/codes';

/** What the last message of a talk asks, as its buttons. */
async function question(lineUserId: string) {
  const rows = await world.sql.query<{ body: unknown }>(
    'select body from outbox where line_user_id = $1 order by created_at desc, outbox_id desc limit 1',
    [lineUserId],
  );
  const said = JSON.stringify(rows);
  return { said, tap: /proof\.yes\?tap=([0-9a-f-]{36})/.exec(said)?.[1] ?? 'none' };
}

async function answer(lineUserId: string, action: 'yes' | 'no', tap?: string): Promise<string> {
  const params = new URLSearchParams({ tap: tap ?? (await question(lineUserId)).tap });
  const context = { db: world.database.db, now: world.clock.now(), eventId: 'e', lineUserId, displayName: null };
  return JSON.stringify(
    await world.credentials.talk.hear({ ...context, language: 'ja' }, { kind: 'button', action, params }),
  );
}

const codeIn = async () => /\d{6}/.exec((await world.mails()).at(-1)?.subject ?? '')?.[0] ?? '';

/** A contractor whose LINE account was linked more than a day ago. */
async function owner(loginId: string) {
  const family = await world.family(loginId);
  const lineUserId = await world.person(`${loginId}の持ち主`);
  await world.linkContractor(lineUserId, loginId);
  world.clock.advance('PT24H');
  return { ...family, lineUserId };
}

/** The thief's own LINE account on a link page, with the stolen password typed. */
async function thief(loginId: string) {
  const lineUserId = await world.person('どろぼう');
  const browser = world.browser();
  await browser.open(await world.tap(lineUserId, 'contractor'));
  const typed = await browser.post('/link/contractor', { loginId, password: PASSWORD });
  return { lineUserId, browser, typed };
}

const undoPath = async (browser: Browser) =>
  /\/links\/[0-9a-f-]{36}\/undo/.exec((await browser.get('/links')).text)?.[0] ?? 'none';

describe('linking a further LINE account', () => {
  test('asks in the talk that is linked, names the new account, and goes on with the tap', async () => {
    const mine = await owner('further');
    const { browser, typed, lineUserId } = await thief('further');
    expect([typed.status, typed.location]).toEqual([303, '/link/contractor']);
    const page = await browser.get('/link/contractor');
    expect(page.text).toContain('action="/link/contractor/talk"');
    expect(page.text).not.toContain('name="password"');
    expect((await browser.post('/link/contractor/talk/answered', {})).status).toBe(422);
    await browser.post('/link/contractor/talk', {});
    expect((await question(mine.lineUserId)).said).toContain('LINEアカウント「どろぼう」との連携');
    expect((await browser.post('/link/contractor/talk/answered', {})).status).toBe(422);
    await answer(mine.lineUserId, 'yes');
    const led = await browser.post('/link/contractor/talk/answered', {});
    expect(led.location).toMatch(/^https:\/\/access\.line\.test\/dialog\/bot\/accountLink/);
    // The tap counted once: another page of the same account asks anew.
    expect((await browser.post('/link/contractor/talk/answered', {})).status).toBe(422);
    await world.report(nonceOf(led), lineUserId);
    // It was a second proof, so the account counts from the beginning.
    const session = await world.signInWithLine(lineUserId);
    expect((await session.get(SECRET)).status).toBe(200);
  });

  test('「いいえ、ちがいます」 links nothing and says what to do', async () => {
    const mine = await owner('refuses');
    const { browser } = await thief('refuses');
    await browser.post('/link/contractor/talk', {});
    expect(await answer(mine.lineUserId, 'no')).toContain('連携しませんでした');
    expect((await browser.post('/link/contractor/talk/answered', {})).status).toBe(422);
    // Nothing is waited for any more: it can be asked anew.
    expect((await browser.get('/link/contractor')).text).toContain('action="/link/contractor/talk"');
    expect(await world.count('contractor_link', `contractor_id = '${mine.contractorId}' and unlinked_at is null`)).toBe(
      1,
    );
  });

  test('is not talked round: no code, no passkey, no other page, no other time', async () => {
    const mine = await owner('talked-round');
    const { browser } = await thief('talked-round');
    const other = await thief('talked-round');
    await other.browser.post('/link/contractor/talk', {});
    await answer(mine.lineUserId, 'yes');
    const tries = [
      await browser.post('/link/contractor/talk/answered', {}),
      await browser.post('/link/contractor/code', { code: '000000' }),
      await browser.post('/link/contractor/passkey', { response: '{}' }),
    ];
    expect(tries.map(({ status }) => status)).toEqual([422, 422, 422]);
    world.clock.advance('PT5M1S');
    expect((await other.browser.post('/link/contractor/talk/answered', {})).status).toBe(422);
    const nobody = world.browser();
    for (const path of ['talk', 'talk/answered', 'code', 'passkey'])
      expect((await nobody.post(`/link/contractor/${path}`, { code: '000000' })).status).toBe(410);
    expect((await nobody.post('/link/contractor/passkey/options', {})).status).toBe(404);
  });
});

describe('the first LINE account', () => {
  test('is linked in one step, told by mail in the owner’s language, and is no second proof for a day', async () => {
    const { contractorId } = await world.family('first');
    await (await world.signIn('first')).get('/?lang=en');
    const { browser, typed, lineUserId } = await thief('first');
    expect(typed.location).toContain('/dialog/bot/accountLink');
    await world.report(nonceOf(typed), lineUserId);
    const mail = (await world.mails()).at(-1);
    expect(mail?.to).toBe('first@example.jp');
    expect(mail?.text).toContain('The LINE account "どろぼう" was linked to your contract.');

    const session = await world.signInWithLine(lineUserId, browser);
    expect((await session.get('/bills')).status).not.toBe(200);
    expect((await session.get('/contract')).status).toBe(200);
    const proof = await session.get(`/proof?next=${SECRET}`);
    expect((await session.get(SECRET)).location).toBe(`/proof?next=${encodeURIComponent(SECRET)}`);
    expect(proof.text).toContain('連携したばかり');
    expect(proof.text).not.toContain('href="/login/line');
    expect(proof.text).not.toContain('action="/proof/talk"');
    expect((await session.post('/proof/talk', { next: SECRET })).status).toBe(404);
    // The mail goes to the owner, who reads what happens.
    expect(proof.text).toContain('action="/proof/mail"');

    world.clock.advance('PT23H59M');
    expect((await (await world.signInWithLine(lineUserId)).get(SECRET)).status).toBe(303);
    world.clock.advance('PT1M');
    expect((await (await world.signInWithLine(lineUserId)).get(SECRET)).status).toBe(200);
    expect(await world.count('contractor_link', `contractor_id = '${contractorId}' and counts_from is not null`)).toBe(
      1,
    );
  });

  test('is not asked beside one that counts, and its word is nobody’s', async () => {
    await world.family('young-beside');
    const [mine, young] = [{ lineUserId: await world.person('きのう') }, await world.person('きょう')];
    for (const lineUserId of [mine.lineUserId, young]) {
      await world.linkContractor(lineUserId, 'young-beside');
      world.clock.advance('PT12H');
    }
    const browser = await world.signIn('young-beside');
    await browser.post('/proof/talk', { next: SECRET });
    const { tap } = await question(mine.lineUserId);
    expect(tap).not.toBe('none');
    expect((await question(young)).said).not.toContain(tap);
    expect(await answer(young, 'yes', tap)).toContain('もう終わっています');
    expect((await browser.post('/proof/talk/answered', { next: SECRET })).status).toBe(422);
    await answer(mine.lineUserId, 'yes');
    expect((await browser.post('/proof/talk/answered', { next: SECRET })).location).toBe(SECRET);
  });

  test('switching to a contract with a younger link leaves the proof behind', async () => {
    const mine = await owner('two-contracts');
    const { contractorId } = await world.family('young-contract');
    await world.linkContractor(mine.lineUserId, 'young-contract');
    const browser = await world.signInWithLine(mine.lineUserId);
    expect((await browser.get(SECRET)).status).toBe(200);
    await browser.post('/switch', { contractorId });
    expect((await browser.get(SECRET)).status).toBe(303);
  });
});

describe('undoing a LINE account', () => {
  test('asks whoever came by password for more; the one account there is may be lost, so by mail, too', async () => {
    const mine = await owner('cut-off');
    const browser = await world.signIn('cut-off');
    const path = await undoPath(browser);
    const ask = `/proof?next=${encodeURIComponent(path)}`;
    expect((await browser.get(path)).location).toBe(ask);
    expect((await browser.post(path, {})).location).toBe(ask);
    expect(await world.count('contractor_link', `contractor_id = '${mine.contractorId}' and unlinked_at is null`)).toBe(
      1,
    );
    const page = await browser.get(ask);
    expect(page.text).toContain('action="/proof/mail"');
    // For anything else the account that is there is asked, and no mail.
    expect((await browser.get(`/proof?next=${SECRET}`)).text).not.toContain('action="/proof/mail"');
    await browser.post('/proof/mail', { next: path });
    await browser.post('/proof/mail/code', { next: path, code: await codeIn() });
    expect((await browser.post(path, {})).location).toBe('/links?done=undone');
    expect((await world.mails()).at(-1)?.text).toContain('LINEアカウント「cut-offの持ち主」との連携が解除されました。');
  });

  test('with another account to ask, no mail is offered for it', async () => {
    await owner('two-accounts');
    await world.linkContractor(await world.person('ふたつめ'), 'two-accounts');
    const browser = await world.signIn('two-accounts');
    const page = await browser.get(`/proof?next=${encodeURIComponent(await undoPath(browser))}`);
    expect(page.text).toContain('action="/proof/talk"');
    expect(page.text).not.toContain('action="/proof/mail"');
  });

  test('LINE itself undoes in three taps', async () => {
    const mine = await owner('three-taps');
    const browser = await world.signInWithLine(mine.lineUserId);
    world.clock.advance('PT20M');
    const path = await undoPath(browser);
    expect((await browser.get(path)).status).toBe(200);
    expect((await browser.post(path, {})).location).toBe('/links?done=undone');
  });

  test('nor does a new link code do it on the side', async () => {
    const { subscriptionId } = await owner('on-the-side');
    const browser = await world.signIn('on-the-side');
    const path = `/contract/${subscriptionId}/reissue`;
    const asked = await browser.post(path, { undoLink: 'yes', requestId: 'x' });
    expect(asked.location).toBe(`/proof?next=${encodeURIComponent(path)}`);
  });
});
