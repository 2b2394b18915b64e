import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicants, yamada } from '../../../tests/support/applicants.ts';
import { type ApplicationWorld, applicationWorld } from '../../../tests/support/applications.ts';
import { testOperator } from '../../../tests/support/operator.ts';
import { application, newContractor } from '../../../tests/support/orders.ts';
import { newId } from '../../base/ids.ts';
import { inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { Heard } from '../../infra/line/talk.ts';
import { keyedHash } from '../../infra/secrets.ts';
import type { Application, Order } from '../orders/index.ts';
import type { InvitationsDeps } from './deps.ts';
import { lookAtBatch, makeBatch, withdraw } from './entry-codes.ts';

const START = '2026-11-18T14:00:00+09:00';
let world: ApplicationWorld;
let people: ReturnType<typeof applicants>;
let deps: Pick<InvitationsDeps, 'db' | 'clock' | 'operator' | 'secrets'>;
const staffId = newId();
beforeAll(async () => {
  world = await applicationWorld();
  // From here on time only goes on, from test to test.
  world.clock.freeze(START);
  people = applicants(world);
  deps = { db: world.database.db, clock: world.clock, operator: testOperator, secrets: world.secrets };
  await world.sql.query(
    `insert into staff (staff_id, login_id, password_hash, name, role, created_at)
     values ($1, 'sup', '', '上田 責任', 'supervisor', $2)`,
    [staffId, START],
  );
});
afterAll(() => world.close());

const words = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

async function codes(count: number, lastDay = '2026-12-31'): Promise<{ batchId: string; codes: string[] }> {
  const asked = { batchId: newId(), staffId, purpose: 'テスト', count, lastDay };
  const made = await makeBatch(deps, asked);
  if (!made.ok) throw new Error(made.code);
  // The same form again makes no more.
  await makeBatch(deps, asked);
  const found = await lookAtBatch(deps, asked);
  return { batchId: asked.batchId, codes: found?.codes.map(({ code }) => code) ?? [] };
}

let applied = 0;
/** Sends an order as the form does: asked first, in the same transaction. */
const place = (given: Partial<Application>) =>
  inTransaction(world.database.db, async (tx) => {
    applied += 1;
    const asked = application({
      requestId: `i-${applied}`,
      contractor: newContractor({ mail: `i-${applied}@example.jp`, birthDate: `19${50 + (applied % 40)}-01-01` }),
      ...given,
    });
    const checked = await world.invitations.checkForOrder(tx, asked);
    if (!checked.ok) return checked;
    return world.orders.place(asked, tx);
  });

async function placed(given: Partial<Application>): Promise<Order> {
  const order = await place(given);
  if (!order.ok || order.value === null) throw new Error('not placed');
  return order.value;
}

/** What becomes of an order, as far as codes and invitations hear of it. */
const become = (order: Order, state: Order['state'], contractorId: string | null = null) =>
  inTransaction(world.database.db, (tx) =>
    world.invitations.onOrderChanged(
      tx,
      { ...order, state, contractorId },
      {
        orderId: order.orderId,
        version: 2,
        event: state === 'completed' ? 'complete' : 'cancel',
        fromState: order.state,
        toState: state,
        actorKind: 'system',
        staffId: null,
        note: null,
        about: [],
        before: null,
        at: world.clock.now(),
      },
    ),
  );

describe('entry codes', () => {
  test('are made together once, kept as hashes and sealed, and read as they are typed', async () => {
    const { codes: made } = await codes(3);
    expect(new Set(made).size).toBe(3);
    const [code = ''] = made;
    const check = (typed: string) => world.invitations.checkEntryCode(world.sql, typed);
    expect(await check(` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `)).toEqual({ ok: true, value: code });
    expect(await check(`${code.slice(0, -1)}${code.endsWith('2') ? '3' : '2'}`)).toEqual({
      ok: false,
      code: 'malformed',
    });
    const kept = await world.sql.query('select row_to_json(c) as row from entry_code c');
    expect(JSON.stringify(kept)).not.toContain(code);
    const hash = keyedHash(world.secrets.lookup, `entry-code:${code}`);
    expect(await world.sql.query('select from entry_code where code_hash = $1', [hash])).toHaveLength(1);
  });

  test('are for one order: held when it is sent, free when it comes to nothing, used when it is completed', async () => {
    const { codes: made } = await codes(1);
    const [entryCode = ''] = made;
    const order = await placed({ entryCode });
    expect(await place({ entryCode })).toEqual({ ok: false, code: 'code-used' });
    await become(order, 'cancelled');
    const again = await placed({ entryCode });
    await become(again, 'completed', (await world.contractor('code-user')).contractorId);
    await become(again, 'cancelled');
    expect(await world.invitations.checkEntryCode(world.sql, entryCode)).toEqual({ ok: false, code: 'used' });
  });

  test('two orders at once: one of them has the code', async () => {
    const { codes: made } = await codes(1);
    const [entryCode = ''] = made;
    const answers = await Promise.all(Array.from({ length: 6 }, () => place({ entryCode })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.code === 'code-used')).toHaveLength(5);
  });

  test('end with their day, and are withdrawn', async () => {
    const ended = await codes(1, '2026-11-18');
    const withdrawn = await codes(1);
    const check = (typed = '') => world.invitations.checkEntryCode(world.sql, typed);
    world.clock.freeze('2026-11-18T23:59:59+09:00');
    expect(await check(ended.codes[0])).toMatchObject({ ok: true });
    world.clock.freeze('2026-11-19T00:00:00+09:00');
    expect(await check(ended.codes[0])).toEqual({ ok: false, code: 'expired' });
    for (let taps = 0; taps < 2; taps += 1) await withdraw(deps, { batchId: withdrawn.batchId, staffId });
    const record = `select from audit_log where action = 'invitations.entry-codes-withdrawn' and detail ->> 'batchId' = $1`;
    expect(await world.sql.query(record, [withdrawn.batchId])).toHaveLength(1);
    expect(await check(withdrawn.codes[0])).toEqual({ ok: false, code: 'withdrawn' });
  });

  test('are typed on the last page or carried by a link, and the total shows it', async () => {
    const { codes: made } = await codes(2);
    const [typed = '', carried = ''] = made;
    const one = await people.toReview();
    const send = (fields: Record<string, string>) => one.browser.post(`/apply/${one.draftId}/code`, fields);
    const wrong = await send({ act: 'use', entryCode: 'ABCD' });
    expect([wrong.status, words(wrong.text)]).toEqual([422, expect.stringContaining('12文字の英数字')]);
    await send({ act: 'use', entryCode: typed });
    expect(words((await people.at(one, 'review')).text)).toContain('契約事務手数料はかかりません');
    expect(words((await people.at(one, 'plan')).text)).toMatch(/0円/);
    await send({ act: 'without-code' });
    await send({ act: 'use', entryCode: typed });
    // Whoever guesses codes one after the other is stopped.
    const guesses: string[] = [];
    for (let guess = 0; guess < 30; guess += 1) guesses.push((await send({ act: 'use', entryCode: 'ABCD' })).text);
    expect(words(guesses.at(-1) ?? '')).toContain('しばらく入力できません');
    // What a link carries is a guess like any other.
    const guessed = await world.browser().post('/apply', { requestId: newId(), code: carried });
    expect([guessed.status, words(guessed.text)]).toEqual([422, expect.stringContaining('しばらく入力できません')]);
    world.clock.advance('PT1H');

    const start = await world.browser().get(`/apply?code=${carried}`);
    expect(start.text).toContain(`name="code" value="${carried}"`);
    // Nothing is promised of a code that nobody has looked at.
    expect(start.text).toContain('使えるかを確かめます');
    // A link with a code that is no good says so before anything is typed, and begins without it.
    const bad = await world.browser().post('/apply', { requestId: newId(), code: 'ABCD' });
    expect([bad.status, words(bad.text)]).toEqual([422, expect.stringContaining('12文字の英数字')]);
    expect(bad.text).toContain('action="/apply"');
    expect(bad.text).not.toContain('name="code"');
    const other = await people.toReview({ ...yamada, givenName: '次郎' }, { code: carried });
    expect((await other.browser.post(`/apply/${other.draftId}/review`, {})).location).toContain('/done');
    // Somebody else was faster with the first: the person is told, and goes on without it.
    await placed({ entryCode: typed });
    const late = await one.browser.post(`/apply/${one.draftId}/review`, {});
    expect([late.status, words(late.text)]).toEqual([422, expect.stringContaining('もう使われています')]);
    await send({ act: 'without-code' });
    expect((await one.browser.post(`/apply/${one.draftId}/review`, {})).location).toContain('/done');
  });
});

let families = 0;
/** A contractor whose LINE account is linked, and today's link of theirs. */
async function inviter() {
  families += 1;
  const one = await world.family(`inviter-${families}`, '紹介 花子');
  const lineUserId = await world.person(`しょうかい${families}`);
  await world.linkContractor(lineUserId, one.loginId);
  const browser = await world.signIn(one.loginId);
  await Promise.all([browser.post('/invitations', {}), browser.post('/invitations', {})]);
  const page = await browser.get('/invitations');
  const token = /\/invite\/([A-Za-z0-9_-]{22})/.exec(page.text)?.[1] ?? '';
  return { ...one, lineUserId, browser, token };
}

describe('invitations', () => {
  test('one link a day, on My Page and in the talk, for contractors with a linked account', async () => {
    const one = await inviter();
    const links = () => world.sql.query('select from invitation where contractor_id = $1', [one.contractorId]);
    expect(await links()).toHaveLength(1);
    const person = { lineUserId: one.lineUserId, displayName: null, language: 'ja' } as const;
    const hear = async (heard: Heard) =>
      JSON.stringify(
        await world.invitations.talk.hear(
          { db: world.database.db, now: world.clock.now(), eventId: 'e', ...person },
          heard,
        ),
      );
    const make = { kind: 'button', action: 'make', params: new URLSearchParams() } as const;
    const word = { kind: 'word', word: '紹介' } as const;
    // Asked for by the word, the link of the day is shown at once.
    for (const heard of [make, word]) expect(await hear(heard)).toContain(one.token);
    world.clock.advance('PT24H');
    expect(await hear(word)).not.toContain(one.token);
    await one.browser.post('/invitations', {});
    expect(await links()).toHaveLength(2);

    const alone = await world.family('inviter-alone');
    const browser = await world.signIn(alone.loginId);
    await browser.post('/invitations', {});
    expect(words((await browser.get('/invitations')).text)).toContain('契約者連携が必要です');
    expect(await world.sql.query('select from invitation where contractor_id = $1', [alone.contractorId])).toEqual([]);
  });

  test('a friend follows it into the form; oneself in no disguise', async () => {
    const one = await inviter();
    const landing = await world.browser().get(`/invite/${one.token}`);
    expect(words(landing.text)).toContain(`しょうかい${families}さんからのご紹介`);
    expect(landing.headers.get('referrer-policy')).toBe('no-referrer');
    expect((await world.browser().get('/invite/AAAAAAAAAAAAAAAAAAAAAA')).status).toBe(404);
    expect(words((await one.browser.get(`/invite/${one.token}`)).text)).toContain('ご自身のご紹介は使えません');

    const invitation = one.token;
    const self = newContractor({ name: { family: '紹介', given: '花子' }, birthDate: '1980-01-01' });
    await world.sql.query(`update contractor set birth_date = '1980-01-01' where contractor_id = $1`, [
      one.contractorId,
    ]);
    expect(await place({ invitation, contractor: self })).toEqual({ ok: false, code: 'invitation-same-person' });
    expect(await place({ invitation, lineUserId: one.lineUserId })).toEqual({
      ok: false,
      code: 'invitation-own-line-account',
    });
    const { contractorId } = one;
    const existing = { kind: 'existing', contractorId } as const;
    expect(await place({ invitation, contractor: existing })).toEqual({ ok: false, code: 'invitation-own-contract' });

    const friend = await people.toReview({ ...yamada, givenName: '三郎' }, { invitation });
    expect(words((await people.at(friend, 'review')).text)).toContain('お友だちのご紹介によるお申し込みです');
    expect((await friend.browser.post(`/apply/${friend.draftId}/review`, {})).location).toContain('/done');
    expect(await place({ invitation })).toEqual({ ok: false, code: 'invitation-used' });
    expect(words((await one.browser.get('/invitations')).text)).toContain('お申し込みの手続き中です');
  });

  test('is for one order: free again when that comes to nothing, used for good when it is completed', async () => {
    const { token: invitation } = await inviter();
    const order = await placed({ invitation });
    expect(await place({ invitation })).toEqual({ ok: false, code: 'invitation-used' });
    await become(order, 'cancelled');
    const again = await placed({ invitation });
    await become(again, 'completed', (await world.contractor('invited-friend')).contractorId);
    await become(again, 'cancelled');
    expect(await place({ invitation })).toEqual({ ok: false, code: 'invitation-used' });
  });

  test('an application begun before the link came takes it along; in LINE the way leads there first', async () => {
    const one = await inviter();
    const begun = await people.begin({ ...yamada, givenName: '四郎' });
    const start = await begun.browser.get(`/apply?invitation=${one.token}`);
    expect(start.text).toContain(`action="/apply/${begun.draftId}/carried"`);
    const takeAlong = (brought: Record<string, string>) =>
      begun.browser.post(`/apply/${begun.draftId}/carried`, brought);
    expect((await takeAlong({ invitation: one.token })).location).toBe(`/apply/${begun.draftId}`);
    // What cannot be used is told, and takes nothing away.
    const refused = await takeAlong({ code: 'ABCD' });
    expect([refused.status, words(refused.text)]).toEqual([422, expect.stringContaining('12文字の英数字')]);
    expect(refused.text).toContain(`href="/apply/${begun.draftId}/identity"`);
    await people.verify(begun, 'success');
    await people.register(begun);
    await people.agree(begun);
    expect(words((await people.at(begun, 'review')).text)).toContain('お友だちのご紹介によるお申し込みです');

    const headers = { 'user-agent': 'Mozilla/5.0 (iPhone) Safari Line/15.0.0' };
    const landing = await world.web.request(`https://my.example.jp/invite/${one.token}`, { headers });
    expect(await landing.text()).toContain(`href="/apply/line?invitation=${one.token}"`);
    expect((await world.browser().get(`/apply/line?invitation=${one.token}`)).location).toContain(
      encodeURIComponent(`/apply/line?invitation=${one.token}`),
    );
  });

  test('both sides get their points at the end of the third month, once, if both contracts go on', async () => {
    const [one, gone] = [await inviter(), await inviter()];
    const [friend, other] = [await world.family('friend-1'), await world.family('friend-2')];
    await become(await placed({ invitation: one.token }), 'completed', friend.contractorId);
    await become(await placed({ invitation: gone.token }), 'completed', other.contractorId);
    await inTransaction(world.database.db, (tx) =>
      world.contractors.terms.setEnd(tx, other.subscriptionId, world.clock.now().add({ hours: 24 })),
    );
    const [job] = world.invitations.jobs;
    const points = async (contractorId: string) => {
      const rows = await runnerOf(world.database.db).query<{ points: number }>(
        `select points from point_event where contractor_id = $1 and kind = 'invitation'`,
        [contractorId],
      );
      return rows.map((row) => row.points);
    };
    world.clock.freeze('2027-02-28T23:59:59+09:00');
    expect(await job?.run(world.clock.now())).toBe(0);
    world.clock.freeze('2027-03-01T00:00:00+09:00');
    // As if a run had been killed after the points and before its mark.
    await job?.run(world.clock.now());
    await world.sql.query('update invitation set settled_at = null, outcome = null where due_at is not null');
    await Promise.all([job?.run(world.clock.now()), job?.run(world.clock.now())]);
    expect(await job?.run(world.clock.now())).toBe(0);
    expect([await points(one.contractorId), await points(friend.contractorId)]).toEqual([[500], [500]]);
    expect([await points(gone.contractorId), await points(other.contractorId)]).toEqual([[], []]);
    const page = words((await (await world.signIn(one.loginId)).get('/invitations')).text);
    expect(page).toContain('500ポイントを差し上げました');
  });
});
