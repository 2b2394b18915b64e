import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whileHeld } from '../../../tests/support/held.ts';
import { codeOf, type LinkingWorld, linkingWorld, nonceOf, PASSWORD } from '../../../tests/support/linking.ts';
import { testOperator } from '../../../tests/support/operator.ts';
import { stoppedAtLook } from '../../../tests/support/stopping.ts';

let world: LinkingWorld;
beforeAll(async () => {
  world = await linkingWorld({ poolSize: 20 });
});
afterAll(() => world.close());

async function family(loginId: string) {
  const { contractorId } = await world.contractor(loginId);
  return world.subscription(contractorId);
}

describe('a stolen link page', () => {
  test('filled in by a victim: LINE reports another person, nothing is linked, the nonce is burnt', async () => {
    await world.contractor('victim');
    const attacker = await world.person('こうげき');
    const victimBrowser = world.browser();
    const page = await victimBrowser.open(await world.tap(attacker, 'contractor'));
    expect(page.text).toContain('こうげきさん');
    const sent = await victimBrowser.post('/link/contractor', { loginId: 'victim', password: PASSWORD });
    const nonce = nonceOf(sent);

    const told = await world.report(nonce, 'failed', 'failed-report');
    expect(told?.lineUserId).toBe(attacker);
    expect(JSON.stringify(told?.messages)).toContain('別の方のLINEでページが開かれた');
    expect(await world.report(nonce, 'failed', 'failed-report')).toEqual(told);
    expect(await world.count('audit_log', `action = 'linking.not-linked' and contractor_id is not null`)).toBe(1);
    expect(await world.report(nonce, attacker)).toBeNull();
    expect(await world.linking.linkStateOf(world.sql, attacker)).toBe('nobody');
    expect((await victimBrowser.get('/link/contractor')).text).toContain('連携できませんでした');
  });

  test('even "ok" for somebody else than the page was made for binds nobody', async () => {
    const { code } = await family('other-ok');
    const [owner, other] = [await world.person('本人'), await world.person('別人')];
    const nonce = nonceOf(await world.prove(owner, code()));
    const told = await world.report(nonce, other);
    expect(told?.lineUserId).toBe(owner);
    for (const person of [owner, other]) expect(await world.linking.linkStateOf(world.sql, person)).toBe('nobody');
  });

  test('a second browser gets no page, and cannot send the form', async () => {
    const { code } = await family('second-browser');
    const path = await world.tap(await world.person('最初'), 'user');
    const [first, second] = [world.browser(), world.browser()];
    await first.open(path);
    const refused = await second.open(path);
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('ご自分のLINEのトークのメニューから');
    expect(refused.text).toContain('https://line.me/R/oaMessage/%40sakura-mobile/');
    expect((await second.post('/link/user', { code: code() })).status).toBe(410);
    for (const [name, value] of first.cookies) {
      second.cookies.set(name, `${value.slice(0, 37)}${'A'.repeat(43)}`);
    }
    expect((await second.post('/link/user', { code: code() })).status).toBe(403);
    expect((await first.post('/link/user', { code: code() })).status).toBe(303);
  });

  test('a look ahead does not take the page away', async () => {
    const path = await world.tap(await world.person('先読み'), 'user');
    await world.browser().head(path);
    expect((await world.browser().open(path)).status).toBe(200);
  });
});

describe('stale pages', () => {
  test('after ten minutes the page says so and offers a fresh one', async () => {
    const { code } = await family('late');
    const browser = world.browser();
    const path = await world.tap(await world.person('おそい'), 'user');
    await browser.open(path);
    world.clock.advance('PT10M');
    for (const page of [
      await browser.get('/link/user'),
      await browser.post('/link/user', { code: code() }),
      await browser.open(path),
    ]) {
      expect(page.status).toBe(410);
      expect(page.text).toContain('有効時間');
      expect(page.text).toContain('トークからもう一度はじめる');
    }
  });

  test('a nonce lives ten minutes', async () => {
    const { code } = await family('slow-dialogue');
    const person = await world.person('ゆっくり');
    const nonce = nonceOf(await world.prove(person, code()));
    world.clock.advance('PT10M1S');
    expect(JSON.stringify((await world.report(nonce, person))?.messages)).toContain('時間が過ぎた');
    expect(await world.linking.linkStateOf(world.sql, person)).toBe('nobody');
  });

  test('a made-up token, nonce or cookie opens nothing', async () => {
    expect((await world.browser().open('/link/user?linkToken=made-up')).status).toBe(410);
    const ofTheOther = (await world.tap(await world.person('取り違え'), 'user')).replace(
      '/link/user',
      '/link/contractor',
    );
    expect((await world.browser().open(ofTheOther)).status).toBe(410);
    expect((await world.browser().get('/link/contractor')).status).toBe(410);
    expect(await world.report('made-up', await world.person('つくり話'))).toBeNull();
  });

  test('a code re-issued while the dialogue was open links nobody', async () => {
    const { contractorId, subscriptionId, code } = await family('meanwhile');
    const person = await world.person('その間');
    const nonce = nonceOf(await world.prove(person, code()));
    await world.linking.linkCodes.reissue({ contractorId, subscriptionId, undoLink: false, reason: null });
    expect(JSON.stringify((await world.report(nonce, person))?.messages)).toContain('再発行されたため');
    expect(await world.linking.linkStateOf(world.sql, person)).toBe('nobody');
  });
});

test('attempts long over and tries nobody reads are forgotten', async () => {
  await world.tap(await world.person('むかし'), 'user');
  world.clock.advance('PT120H');
  await world.tap(await world.person('いま'), 'user');
  const [sweep] = world.linking.jobs;
  await expect(sweep?.run(world.clock.now(), stoppedAtLook(2))).rejects.toThrow('aborted');
  // The attempt is gone; the tries wait for a process that lives.
  expect(await sweep?.run(world.clock.now())).toBeGreaterThan(0);
  expect(await sweep?.run(world.clock.now())).toBe(0);
  const { rows } = await world.database.pool.query('select count(*)::integer as count from link_attempt');
  expect(rows).toEqual([{ count: 1 }]);
});

describe('the same once more', () => {
  test('a redelivered report: one link, the same answer; another report with the nonce: silence', async () => {
    const { subscriptionId, code } = await family('again');
    const person = await world.person('もう一度');
    const nonce = nonceOf(await world.prove(person, code()));
    const answers = [
      await world.report(nonce, person, 'the-event'),
      await world.report(nonce, person, 'the-event'),
      await world.report(nonce, person, 'another-event'),
    ];
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toBeNull();
    expect(await world.count('user_link', `subscription_id = '${subscriptionId}'`)).toBe(1);
    expect(
      await world.count('audit_log', `action = 'linking.user-linked' and subscription_id = '${subscriptionId}'`),
    ).toBe(1);
  });

  test('a double tap on 連携する leads to the same dialogue', async () => {
    const { code } = await family('double-tap');
    const person = await world.person('二度押し');
    const browser = world.browser();
    await browser.open(await world.tap(person, 'user'));
    const hold = {
      text: 'select from link_attempt where line_user_id = $1 for update',
      values: [person],
      waiting: 2,
    };
    const sent = await whileHeld(world.database.pool, hold, () =>
      Promise.all([1, 2].map(() => browser.post('/link/user', { code: code() }))),
    );
    expect(sent[0]?.status).toBe(303);
    expect(sent[1]?.location).toBe(sent[0]?.location);
  });

  test('another code on the same page burns the nonce before it', async () => {
    const [first, second] = [await family('first-thought'), await family('second-thought')];
    const person = await world.person('考え直し');
    const browser = world.browser();
    const nonce = nonceOf(await world.prove(person, first.code(), browser));
    const other = nonceOf(await browser.post('/link/user', { code: second.code() }));
    expect(await world.report(nonce, person)).toBeNull();
    await world.report(other, person);
    expect(await world.linking.userLinksOf(world.sql, person)).toMatchObject([
      { subscriptionId: second.subscriptionId },
    ]);
  });

  test.each([2, 20, 50, 200])('%i reports of one nonce at once: one link', async (parallel) => {
    const { subscriptionId, code } = await family(`nonce-${parallel}`);
    const person = await world.person('同時');
    const nonce = nonceOf(await world.prove(person, code()));
    const answers = await Promise.all(Array.from({ length: parallel }, () => world.report(nonce, person)));
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
    expect(await world.count('user_link', `subscription_id = '${subscriptionId}'`)).toBe(1);
  });

  test.each([2, 20, 50])('%i people with one code at once: one of them is linked', async (parallel) => {
    const { subscriptionId, code } = await family(`code-${parallel}`);
    const people = await Promise.all(Array.from({ length: parallel }, (_, nth) => world.person(`人${nth}`)));
    const nonces: string[] = [];
    for (const person of people) nonces.push(nonceOf(await world.prove(person, code())));
    await Promise.all(people.map((person, nth) => world.report(nonces[nth] ?? '', person)));
    expect(await world.count('user_link', `subscription_id = '${subscriptionId}'`)).toBe(1);
  });

  test('a contract that takes three takes three, whoever comes at once', async () => {
    const { contractorId } = await world.contractor('rush');
    const people = await Promise.all(Array.from({ length: 8 }, (_, nth) => world.person(`急ぐ人${nth}`)));
    const nonces = await Promise.all(
      people.map(async (person) => {
        const browser = world.browser();
        await browser.open(await world.tap(person, 'contractor'));
        return nonceOf(await browser.post('/link/contractor', { loginId: 'rush', password: PASSWORD }));
      }),
    );
    await Promise.all(people.map((person, nth) => world.report(nonces[nth] ?? '', person)));
    expect(await world.linking.lineAccountsOfContractor(world.sql, contractorId)).toHaveLength(3);
  });

  test('an account that takes two subscriptions takes two, however many are linked at once', async () => {
    const linking = { ...testOperator.linking, subscriptionsPerLineAccount: 2 };
    const small = await linkingWorld({ operator: { ...testOperator, linking } });
    const { contractorId } = await small.contractor('collector');
    const person = await small.person('あつめる人');
    const nonces: string[] = [];
    for (let nth = 0; nth < 6; nth += 1) {
      const { code } = await small.subscription(contractorId);
      const browser = small.browser();
      await browser.open(await small.tap(person, 'user'));
      nonces.push(nonceOf(await browser.post('/link/user', { code: code() })));
    }
    await Promise.all(nonces.map((nonce) => small.report(nonce, person)));
    expect(await small.linking.userLinksOf(small.sql, person)).toHaveLength(2);
    await small.close();
  });

  test('re-issues at once: one live code, five at most', async () => {
    const { contractorId, subscriptionId } = await family('many-reissues');
    const again = { contractorId, subscriptionId, undoLink: false, reason: null };
    const done = await Promise.all(Array.from({ length: 20 }, () => world.linking.linkCodes.reissue(again)));
    expect(done.filter((each) => each.ok)).toHaveLength(5);
    expect(done.find((each) => !each.ok)).toMatchObject({ code: 'too-many-reissues' });
    expect(await world.count('link_code', `subscription_id = '${subscriptionId}' and revoked_at is null`)).toBe(1);
    world.clock.advance('PT24H');
    expect((await world.linking.linkCodes.reissue(again)).ok).toBe(true);
  });
});

describe('nothing that is secret stands anywhere', () => {
  test('no code, password or token in any table', async () => {
    const { contractorId, subscriptionId, code } = await family('canary-id');
    const person = await world.person('カナリア');
    await world.linkContractor(person, 'canary-id');
    const path = await world.tap(person, 'user');
    const browser = world.browser();
    await browser.open(path);
    await browser.post('/link/user', { code: codeOf(777_777) });
    const sent = await browser.post('/link/user', { code: code() });
    await world.report(nonceOf(sent), person);
    await world.linking.linkCodes.reissue({ contractorId, subscriptionId, undoLink: true, reason: 'lost' });

    const { rows: tables } = await world.database.pool.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    let dump = '';
    for (const { name } of tables) {
      const { rows } = await world.database.pool.query<{ text: string | null }>(
        `select string_agg(t::text, ' ') as text from "${name}" t`,
      );
      dump += rows[0]?.text ?? '';
    }
    expect(dump).toContain('カナリア');
    const linkToken = new URL(path, 'http://x').searchParams.get('linkToken') ?? '';
    const [, secret = ''] = [...browser.cookies.values()][0]?.split('.') ?? [];
    for (const canary of [code(), codeOf(777_777), PASSWORD, linkToken, nonceOf(sent), secret]) {
      expect(canary.length).toBeGreaterThan(10);
      expect(dump).not.toContain(canary);
      expect(dump).not.toContain(Buffer.from(canary).toString('hex'));
    }
  });
});
