import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whileHeld } from '../../../tests/support/held.ts';
import type { Browser } from '../../../tests/support/linking.ts';
import { type MyPageWorld, myPageWorld } from '../../../tests/support/my-page.ts';
import { newId } from '../../base/ids.ts';
import { runnerOf } from '../../infra/db/index.ts';
import { hasMailCode, insertTap, loadTapOf, saveAnswer, saveMailCode, useMailCode, useTap } from './proof-store.ts';

let world: MyPageWorld;
beforeAll(async () => {
  world = await myPageWorld();
});
afterAll(() => world.close());

const BEHIND = '/security/codes';
const isProven = async (browser: Browser) => (await browser.get(BEHIND)).status === 200;
const lastCode = async () => /\d{6}/.exec((await world.mails()).at(-1)?.subject ?? '')?.[0] ?? '';

/** The question in a person's talk, as its buttons' data. */
async function question(lineUserId: string): Promise<{ yes: string; no: string }> {
  const { rows } = await world.database.pool.query<{ body: unknown }>(
    `select body from outbox where line_user_id = $1 order by created_at desc, outbox_id desc limit 1`,
    [lineUserId],
  );
  const tap = /proof\.yes\?tap=([0-9a-f-]{36})/.exec(JSON.stringify(rows))?.[1] ?? 'none';
  return { yes: `yes?tap=${tap}`, no: `no?tap=${tap}` };
}

async function hear(lineUserId: string, said: string): Promise<string> {
  const [action = '', query = ''] = said.split('?');
  const heard = { kind: 'button', action, params: new URLSearchParams(query) } as const;
  const context = { db: world.database.db, now: world.clock.now(), eventId: 'e', lineUserId, displayName: null };
  return JSON.stringify(await world.credentials.talk.hear({ ...context, language: 'ja' }, heard));
}

async function linked(loginId: string) {
  await world.family(loginId);
  const lineUserId = await world.person(loginId);
  await world.linkContractor(lineUserId, loginId);
  return { lineUserId, browser: await world.signIn(loginId) };
}

describe('a password alone', () => {
  test.each([BEHIND, '/security/codes/off', '/security/recovery'])('does not open %s', async (path) => {
    await world.family(`alone${path.length}`);
    const browser = await world.signIn(`alone${path.length}`);
    const expected = [303, `/proof?next=${encodeURIComponent(path)}`];
    const answers = [await browser.get(path), await browser.post(path, { code: '1', password: 'x' })];
    expect(answers.map((answer) => [answer.status, answer.location])).toEqual([expected, expected]);
  });

  test('LINE opens it by itself', async () => {
    const { lineUserId } = await linked('by-line');
    expect(await isProven(await world.signInWithLine(lineUserId))).toBe(true);
  });

  test('nobody signed in is asked to sign in', async () =>
    expect((await world.browser().get('/proof')).location).toBe('/login?next=%2Fproof'));
});

describe('a mailed code', () => {
  test('is sent once however often the button is tapped', async () => {
    await world.family('mail-twice');
    const browser = await world.signIn('mail-twice');
    const asked = { next: '/', requestId: newId() };
    const answers = await Promise.all(Array.from({ length: 6 }, () => browser.post('/proof/mail', asked)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(303));
    expect((await world.mails()).filter(({ to }) => to === 'mail-twice@example.jp')).toHaveLength(1);
    expect((await browser.post('/proof/mail/code', { next: '/', code: await lastCode() })).status).toBe(303);
  });

  test('goes to the registered address, is typed once, and leads on', async () => {
    await world.family('mailed');
    const browser = await world.signIn('mailed');
    const offer = await browser.get(`/proof?next=${BEHIND}`);
    expect(offer.text).toContain('m•••@example.jp');
    expect(offer.text).not.toContain('action="/proof/talk"');
    await browser.post('/proof/mail', { next: BEHIND });
    const code = await lastCode();
    expect((await world.mails()).at(-1)).toMatchObject({ to: 'mailed@example.jp' });
    const other = await world.signIn('mailed');
    expect((await other.post('/proof/mail/code', { next: BEHIND, code })).status).toBe(422);
    const answer = await browser.post('/proof/mail/code', {
      next: BEHIND,
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
    });
    expect([answer.status, answer.location]).toEqual([303, BEHIND]);
    expect([await isProven(browser), await isProven(other)]).toEqual([true, false]);
    expect((await browser.post('/proof/mail/code', { next: '/', code })).status).toBe(422);
    world.clock.advance('PT5M1S');
    expect(await isProven(browser)).toBe(false);
  });

  test('is over after five minutes, and a newer one replaces it', async () => {
    await world.family('mail-late');
    const browser = await world.signIn('mail-late');
    await browser.post('/proof/mail', { next: '/' });
    const first = await lastCode();
    world.clock.advance('PT5M1S');
    expect((await browser.post('/proof/mail/code', { next: '/', code: first })).status).toBe(422);
    await browser.post('/proof/mail', { next: '/' });
    const second = await lastCode();
    if (first !== second) expect((await browser.post('/proof/mail/code', { next: '/', code: first })).status).toBe(422);
    expect((await browser.post('/proof/mail/code', { next: '/', code: second })).status).toBe(303);
  });

  test('cannot be guessed: five tries, at once or one by one, then none for a while', async () => {
    await world.family('guessed-mail');
    const browser = await world.signIn('guessed-mail');
    await browser.post('/proof/mail', { next: '/' });
    const code = await lastCode();
    const wrong = code === '000000' ? '000001' : '000000';
    const tries = await Promise.all(
      Array.from({ length: 20 }, () => browser.post('/proof/mail/code', { next: '/', code: wrong })),
    );
    expect(tries.filter((answer) => answer.status === 422)).toHaveLength(5);
    expect((await browser.post('/proof/mail/code', { next: '/', code })).status).toBe(429);
  });

  test('counts as no try when it is right, however many there are', async () => {
    await world.family('mail-right');
    const browser = await world.signIn('mail-right');
    for (let nth = 0; nth < 8; nth += 1) {
      await browser.post('/proof/mail', { next: '/' });
      expect((await browser.post('/proof/mail/code', { next: '/', code: await lastCode() })).status).toBe(303);
      world.clock.advance('PT15M');
    }
  });

  test('is sent five times an hour', async () => {
    await world.family('mail-often');
    const browser = await world.signIn('mail-often');
    const sent = [];
    for (let n = 0; n < 6; n += 1) sent.push((await browser.post('/proof/mail', { next: '/' })).status);
    expect(sent).toEqual([303, 303, 303, 303, 303, 429]);
  });

  test('is not there for whoever has LINE', async () => {
    const { browser } = await linked('has-line');
    expect((await browser.get('/proof')).text).not.toContain('/proof/mail');
    expect((await browser.post('/proof/mail', { next: '/' })).status).toBe(404);
    expect((await browser.post('/proof/mail/code', { next: '/', code: '000000' })).status).toBe(404);
    expect((await browser.post('/proof/code', { next: '/', code: '000000' })).status).toBe(404);
  });
});

describe('what is kept of a proof', () => {
  test('a tap is one question’s, and counts for its session, contractor and purpose, in time and once', async () => {
    const [sql, now] = [runnerOf(world.database.db), world.clock.now()];
    const [one, other] = [await world.family('tap-one'), await world.family('tap-other')];
    const asked = { tapId: newId(), sessionId: newId(), contractorId: one.contractorId, purpose: 'links' } as const;
    const strangers = [
      { ...asked, tapId: newId(), sessionId: newId() },
      { ...asked, tapId: newId(), contractorId: other.contractorId },
      { ...asked, tapId: newId(), purpose: 'money' },
    ] as const;
    for (const each of [...strangers, asked]) await insertTap(sql, now, each);
    await saveAnswer(sql, now, { tapId: asked.tapId, answer: 'yes', lineUserId: 'U' });
    for (const each of strangers) {
      expect(await loadTapOf(sql, now, each)).toMatchObject({ tapId: each.tapId, answer: null });
      expect(await useTap(sql, now, { ...each, since: now })).toBe(false);
    }
    expect(await loadTapOf(sql, now, asked)).toMatchObject({ tapId: asked.tapId, answer: 'yes' });
    expect(await useTap(sql, now, { ...asked, since: now.add({ seconds: 1 }) })).toBe(false);
    expect(await useTap(sql, now, { ...asked, since: now })).toBe(true);
    expect(await useTap(sql, now, { ...asked, since: now })).toBe(false);
    expect(await loadTapOf(sql, now, asked)).toBeNull();
  });

  test('a mailed code is one session’s, in time and once', async () => {
    const [sql, now] = [runnerOf(world.database.db), world.clock.now()];
    await world.family('mail-kept');
    for (let nth = 0; nth < 2; nth += 1) await world.signIn('mail-kept');
    const { rows } = await world.database.pool.query<{ session_id: string }>(
      `select session_id from web_session join contractor using (contractor_id) where login_id = 'mail-kept'`,
    );
    const [sessionId = '', other = ''] = rows.map((row) => row.session_id);
    const hash = Buffer.from('code');
    await saveMailCode(sql, now, { sessionId, hash });
    expect(await hasMailCode(sql, now, other)).toBe(false);
    expect(await hasMailCode(sql, now.add({ seconds: 1 }), sessionId)).toBe(false);
    expect(await hasMailCode(sql, now, sessionId)).toBe(true);
    const use = (change: object) => useMailCode(sql, now, { sessionId, hash, since: now, ...change });
    expect(await use({ sessionId: other })).toBe(false);
    expect(await use({ hash: Buffer.from('edoc') })).toBe(false);
    expect(await use({ since: now.add({ seconds: 1 }) })).toBe(false);
    expect(await use({})).toBe(true);
    expect(await use({})).toBe(false);
    expect(await hasMailCode(sql, now, sessionId)).toBe(false);
  });
});

describe('a tap in the talk', () => {
  test('「はい、わたしです」 proves the browser that asked, and no other', async () => {
    const { lineUserId, browser } = await linked('taps');
    const other = await world.signIn('taps');
    await browser.post('/proof/talk', { next: BEHIND });
    expect((await browser.get(`/proof?next=${BEHIND}`)).text).toContain('LINEのトークに送りました');
    expect((await browser.post('/proof/talk/answered', { next: BEHIND })).status).toBe(422);
    const { yes } = await question(lineUserId);
    expect(await hear(lineUserId, yes)).toContain('つづける');
    expect(await hear(lineUserId, yes)).toContain('つづける');
    expect((await other.post('/proof/talk/answered', { next: BEHIND })).status).toBe(422);
    const answer = await browser.post('/proof/talk/answered', { next: BEHIND });
    expect([answer.status, answer.location]).toEqual([303, BEHIND]);
    expect([await isProven(browser), await isProven(other)]).toEqual([true, false]);
  });

  test('counts for what it was asked for, once, and the question says for what', async () => {
    const { lineUserId, browser } = await linked('taps-for');
    await browser.post('/proof/talk', { next: BEHIND });
    const { yes } = await question(lineUserId);
    const asked = await world.sql.query<{ body: object }>('select body from outbox where line_user_id = $1', [
      lineUserId,
    ]);
    expect(JSON.stringify(asked)).toContain('ログイン方法の変更');
    await hear(lineUserId, yes);
    const take = async (next: string) => (await browser.post('/proof/talk/answered', { next })).status;
    expect(await take('/contract')).toBe(422);
    expect(
      (await Promise.all(Array.from({ length: 8 }, () => take(BEHIND)))).filter((status) => status === 303),
    ).toHaveLength(1);
    expect(await isProven(browser)).toBe(true);
    // Nothing else is open by it: not a link code, not a mail address.
    expect((await browser.get('/contract/email')).status).toBe(303);
    world.clock.advance('PT4M');
    expect(await take(BEHIND)).toBe(422);
    world.clock.advance('PT1M1S');
    expect(await isProven(browser)).toBe(false);
  });

  test('of somebody who is not linked, or no longer, changes nothing', async () => {
    const { lineUserId, browser } = await linked('stranger-taps');
    const stranger = await world.person('よその人');
    await browser.post('/proof/talk', { next: '/' });
    const { yes } = await question(lineUserId);
    const { no } = await question(lineUserId);
    for (const said of [yes, no, 'yes?tap=nonsense'])
      expect(await hear(stranger, said)).toContain('もう終わっています');
    expect((await browser.post('/proof/talk/answered', { next: '/' })).status).toBe(422);

    await world.sql.query('update contractor_link set unlinked_at = linked_at where line_user_id = $1', [lineUserId]);
    for (const said of [yes, no]) expect(await hear(lineUserId, said)).toContain('もう終わっています');
    expect((await browser.get('/security')).status).toBe(200);
    expect(await isProven(browser)).toBe(false);
  });

  test('comes too late after five minutes, on either side', async () => {
    const { lineUserId, browser } = await linked('late-taps');
    await browser.post('/proof/talk', { next: '/' });
    const late = await question(lineUserId);
    world.clock.advance('PT5M1S');
    expect(await hear(lineUserId, late.yes)).toContain('もう終わっています');
    await browser.post('/proof/talk', { next: '/' });
    await hear(lineUserId, (await question(lineUserId)).yes);
    world.clock.advance('PT5M1S');
    expect((await browser.post('/proof/talk/answered', { next: '/' })).status).toBe(422);
  });

  test('「いいえ、ちがいます」 signs the browser out that asked', async () => {
    const { lineUserId, browser } = await linked('says-no');
    const other = await world.signIn('says-no');
    await browser.post('/proof/talk', { next: '/' });
    const { no, yes } = await question(lineUserId);
    expect(await hear(lineUserId, no)).toContain('ログアウトしました');
    expect((await browser.get('/security')).location).toBe('/login?next=%2Fsecurity');
    expect((await other.get('/security')).status).toBe(200);
    expect(await hear(lineUserId, yes)).toContain('もう終わっています');
    expect(await hear(lineUserId, no)).toContain('ログアウトしました');
  });

  test('「いいえ、ちがいます」 does so however late it comes, but not after a yes', async () => {
    const { lineUserId, browser } = await linked('says-no-late');
    await browser.post('/proof/talk', { next: BEHIND });
    const first = await question(lineUserId);
    await hear(lineUserId, first.yes);
    expect(await hear(lineUserId, first.no)).toContain('もう終わっています');
    expect((await browser.post('/proof/talk/answered', { next: BEHIND })).status).toBe(303);
    await browser.post('/proof/talk', { next: BEHIND });
    const { no } = await question(lineUserId);
    world.clock.advance('PT5M1S');
    expect(await hear(lineUserId, no)).toContain('ログアウトしました');
    expect((await browser.get('/security')).location).toBe('/login?next=%2Fsecurity');
  });

  test('of a yes and a no at once, one counts', async () => {
    const { lineUserId, browser } = await linked('says-both');
    await browser.post('/proof/talk', { next: BEHIND });
    const { yes, no } = await question(lineUserId);
    const hold = { text: 'select from proof_tap for update', waiting: 2 };
    const said = await whileHeld(world.database.pool, hold, () =>
      Promise.all([yes, no].map((answer) => hear(lineUserId, answer))),
    );
    expect(said.filter((words) => words.includes('もう終わっています'))).toHaveLength(1);
    const answers = `action in ('credentials.tap-yes', 'credentials.tap-no') and actor_id = (select alias from audit_person where line_user_id = '${lineUserId}')`;
    expect(await world.count('audit_log', answers)).toBe(1);
  });

  test('is asked of every linked account that is a friend of ours', async () => {
    const { lineUserId, browser } = await linked('two-talks');
    const [second, blocked] = [await world.person('二つ目'), await world.person('三つ目')];
    for (const each of [second, blocked]) await world.linkContractor(each, 'two-talks');
    await world.sql.query('update line_account set is_friend = false where line_user_id = $1', [blocked]);
    await browser.post('/proof/talk', { next: '/' });
    const { yes } = await question(lineUserId);
    const asked = await world.sql.query<{ id: string }>(
      'select line_user_id as id from outbox where strpos(body::text, $1) > 0',
      [`proof.${yes}`],
    );
    expect(asked.map(({ id }) => id).sort()).toEqual([lineUserId, second].sort());
  });

  test('is asked once while it waits, and five times an hour', async () => {
    const { lineUserId, browser } = await linked('asks-often');
    for (let n = 0; n < 3; n += 1) await browser.post('/proof/talk', { next: '/' });
    expect(await world.count('outbox', `line_user_id = '${lineUserId}' and body::text like '%proof.yes%'`)).toBe(1);
    const asked = [];
    for (let n = 0; n < 5; n += 1) {
      world.clock.advance('PT5M1S');
      asked.push((await browser.post('/proof/talk', { next: '/' })).status);
    }
    expect(asked).toEqual([303, 303, 303, 303, 429]);
  });

  test('is not offered where the account blocked ours', async () => {
    const { lineUserId, browser } = await linked('blocks');
    await world.database.pool.query('update line_account set is_friend = false where line_user_id = $1', [lineUserId]);
    const page = await browser.get('/proof');
    expect(page.text).toContain('/login/line');
    expect(page.text).not.toContain('/proof/talk');
  });
});
