import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MyPageWorld, myPageWorld } from '../../../tests/support/my-page.ts';

let world: MyPageWorld;
beforeAll(async () => {
  world = await myPageWorld();
});
afterAll(() => world.close());

const grouped = (code: string) => code.match(/.{4}/g)?.join(' ') ?? '';
const MASKED = /•••• •••• •••• (\d{4})/;

describe('the top page', () => {
  test('is 30 KB at most when it is opened for the first time, styles and script included', async () => {
    await world.family('first-load');
    const page = await (await world.signIn('first-load')).get('/');
    const assets = [...page.text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(assets).toHaveLength(3);
    const sizes = assets.map(async (path) => {
      const answer = await world.web.request(path, { headers: { 'accept-encoding': 'gzip, br' } });
      expect(answer.headers.get('content-encoding')).toBe('br');
      return (await answer.arrayBuffer()).byteLength;
    });
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, Buffer.byteLength(page.text));
    expect(bytes).toBeLessThan(30_000);
  });

  test('shows a contractor what is left, and what to do next', async () => {
    await world.family('top', '田中 太郎');
    const browser = await world.signIn('top');
    const { text } = await browser.get('/');
    expect(text).toMatch(/<span class="amount-figure">3<\/span><span class="amount-unit">GB<\/span>/);
    expect(text).toContain('利用者連携がまだの回線が1件あります');
    expect(text).toContain('LINEと連携すると、もっと簡単に');
    expect(text).toContain('983円');
    expect(text).toMatch(/>ポイント<\/span><span class="tile-figure">120</);
    // Money rests after half an hour; what is left of the data does not.
    world.clock.advance('PT31M1S');
    const later = (await browser.get('/')).text;
    expect(later).toContain('amount-figure');
    expect(later).not.toContain('983円');
    expect(later).toContain('確認してから表示します');
  });

  test('says which subscription is on its way out, until it is taken back', async () => {
    const { subscriptionId } = await world.family('leaves', '田中 太郎');
    const browser = await world.signIn('leaves');
    const takeBack = await world.leave(subscriptionId, Temporal.Instant.from('2026-11-30T15:00:00Z'));
    expect((await browser.get('/')).text).toContain('田中 太郎 様の回線は、11月30日で解約の予定です');
    await takeBack();
    expect((await browser.get('/')).text).not.toContain('解約の予定');
  });

  test('shows a linked person the subscription, and nothing of the contract', async () => {
    const { code, subscriptionId } = await world.family('parent', '山田 父');
    const child = await world.person('むすめ');
    await world.linkUser(child, code());
    const browser = await world.signInWithLine(child);
    const { text } = await browser.get('/');
    expect(text).toContain(`/data?subscription=${subscriptionId}`);
    expect(text).not.toContain('href="/contract"');
    expect((await browser.get('/contract')).location).toBe('/login?next=%2Fcontract');
  });

  test('shows somebody not signed in how to begin: QR code, ID, link, two ways to sign in', async () => {
    const { text } = await world.browser().get('/');
    expect(text).toContain('aria-label="公式アカウントを友だちに追加するQRコード"');
    expect(text).toContain('@sakura-mobile');
    expect(text).toContain('href="https://line.me/R/ti/p/%40sakura-mobile"');
    expect(text).toContain('href="/login/line"');
    expect(text).toContain('href="/login"');
  });

  test('speaks English', async () => {
    await world.family('english', 'Taro Tanaka');
    const browser = await world.signIn('english');
    const { text } = await browser.get('/?lang=en');
    expect(text).toContain('<html lang="en">');
    expect(text).toContain('<h1>Hello, Taro Tanaka</h1>');
    expect(text).not.toContain('残り');
  });
});

describe('a link code', () => {
  test('is masked, and shown to a posted form after a second proof', async () => {
    const { code, subscriptionId } = await world.family('shows');
    const browser = await world.prove(await world.signIn('shows'));
    const list = await browser.get('/contract');
    expect(MASKED.exec(list.text)?.[1]).toBe(code().slice(-4));
    expect(list.text).not.toContain(grouped(code()));
    const shown = await browser.post(`/contract/${subscriptionId}/code`, {});
    expect(shown.status).toBe(200);
    expect(shown.text).toContain(`<span class="code">${grouped(code())}</span>`);
    expect(shown.text).toContain(`data-copy="${grouped(code())}"`);
    expect(shown.text).toContain('href="https://line.me/R/share?text=');
    expect(shown.headers.get('cache-control')).toBe('no-store');
    expect((await browser.get(`/contract/${subscriptionId}/code`)).status).toBe(404);
  });

  test('asks for a second proof after a password, and again after five minutes', async () => {
    const { code, subscriptionId } = await world.family('waits');
    const browser = await world.signIn('waits');
    const reveal = () => browser.post(`/contract/${subscriptionId}/code`, {});
    const refused = await reveal();
    expect([refused.status, refused.location]).toEqual([303, '/proof?next=/contract%3Fdone%3Dproven']);
    expect(refused.text).not.toContain(grouped(code()));
    await world.prove(browser);
    expect((await browser.get('/contract?done=proven')).text).toContain('ご本人の確認ができました');
    expect((await reveal()).text).toContain(grouped(code()));
    world.clock.advance('PT5M1S');
    expect((await reveal()).location).toBe('/proof?next=/contract%3Fdone%3Dproven');
  });

  test('is shown in one tap to whoever came by LINE', async () => {
    const { code, subscriptionId } = await world.family('came-by-line');
    const person = await world.person('けいやくしゃ');
    await world.linkContractor(person, 'came-by-line');
    const browser = await world.signInWithLine(person);
    expect((await browser.post(`/contract/${subscriptionId}/code`, {})).text).toContain(grouped(code()));
  });

  test('is replaced by a new one: the old is dead, the link stays', async () => {
    const { code, subscriptionId } = await world.family('renews');
    const old = code();
    const person = await world.person('つかう人');
    await world.linkUser(person, old);
    const browser = await world.signIn('renews');
    const asked = await browser.get(`/contract/${subscriptionId}/reissue`);
    expect(asked.text).toContain('いまの利用コードは、すぐに使えなくなります。');
    expect(asked.text).toContain('いまの連携も解除する');
    const done = await browser.post(`/contract/${subscriptionId}/reissue`, {});
    expect(done.location).toBe('/contract?done=reissued');
    expect((await browser.get(done.location)).text).toContain('利用コードを再発行しました');
    const shown = await (await world.prove(browser)).post(`/contract/${subscriptionId}/code`, {});
    expect(shown.text).toMatch(/<span class="code">\d{4} \d{4} \d{4} \d{4}<\/span>/);
    expect(shown.text).not.toContain(grouped(old));
    await expect(world.linkUser(await world.person('別の人'), old)).rejects.toThrow('refused');
    expect(await world.linking.userLinksOf(world.sql, person)).toHaveLength(1);
  });

  test('and the present link goes with it where the contractor says so', async () => {
    const { code, subscriptionId } = await world.family('lost');
    const finder = await world.person('ひろった人');
    await world.linkUser(finder, code());
    const browser = await world.prove(await world.signIn('lost'));
    await browser.post(`/contract/${subscriptionId}/reissue`, { undoLink: 'yes' });
    expect(await world.linking.userLinksOf(world.sql, finder)).toEqual([]);
  });

  test('is made anew five times a day', async () => {
    const { subscriptionId } = await world.family('often');
    const browser = await world.signIn('often');
    for (let count = 0; count < 5; count += 1) await browser.post(`/contract/${subscriptionId}/reissue`, {});
    const sixth = await browser.post(`/contract/${subscriptionId}/reissue`, {});
    expect(sixth.status).toBe(429);
    expect(sixth.text).toContain('再発行は1日5回までです');
  });
});

describe('links', () => {
  const undoPath = (html: string) => /href="(\/links\/[^"]+\/undo)"/.exec(html)?.[1] ?? '';

  test('are listed by the name on LINE and undone in three taps, saying what is lost', async () => {
    const { code } = await world.family('ties');
    const hanako = await world.person('はなこ');
    await world.linkUser(hanako, code());
    const browser = await world.signIn('ties');
    const list = await browser.get('/links');
    expect(list.text).toContain('はなこ');
    expect(list.text).not.toContain(hanako);
    const path = undoPath(list.text);
    await world.prove(browser, path);
    const page = await browser.get(path);
    expect(page.text).toContain('データプレゼントを贈ることも受け取ることもできなくなります。');
    // Not all of it comes back.
    expect(page.text).toContain('もう一度連携しても戻りません');
    expect(page.text).not.toContain('また使えるように');
    const done = await browser.post(path, {});
    expect(done.location).toBe('/links?done=undone');
    expect(await world.linking.userLinksOf(world.sql, hanako)).toEqual([]);
    expect(await world.told(hanako)).toEqual([expect.stringContaining('利用者連携が解除されました')]);
  });

  test('undone twice, by whoever tapped twice, is answered as once; by anybody else it is not there', async () => {
    const { code } = await world.family('twice');
    const jiro = await world.person('じろう');
    await world.linkUser(jiro, code());
    await world.family('others');
    const [browser, theirs, others] = [
      await world.signIn('twice'),
      await world.signInWithLine(jiro),
      await world.signIn('others'),
    ];
    const path = undoPath((await browser.get('/links')).text);
    await world.prove(browser, path);
    expect((await others.post(path, {})).status).toBe(404);
    await browser.post(path, {});
    const answers = await Promise.all([browser.post(path, {}), theirs.post(path, {}), others.post(path, {})]);
    expect(answers.map(({ status, location }) => [status, location])).toEqual([
      [303, '/links?done=undone'],
      [303, '/links?done=undone'],
      [404, ''],
    ]);
    expect(await world.told(jiro)).toHaveLength(1);
    expect((await browser.post('/links/nothing/undo', {})).status).toBe(404);
  });

  test('undoing a contractor link signs that LINE account out of the contract', async () => {
    await world.family('apart');
    const ex = await world.person('もと家族');
    await world.linkContractor(ex, 'apart');
    const theirs = await world.signInWithLine(ex);
    expect((await theirs.get('/contract')).status).toBe(200);
    const browser = await world.signIn('apart');
    const path = undoPath((await browser.get('/links')).text);
    await world.prove(browser, path);
    await browser.post(path, {});
    expect((await theirs.get('/contract')).location).toBe('/login?next=%2Fcontract');
  });

  test('a person undoes the own user link without being the contractor', async () => {
    const { code } = await world.family('carrier');
    const carrier = await world.person('ほんにん');
    await world.linkUser(carrier, code());
    const browser = await world.signInWithLine(carrier);
    const path = undoPath((await browser.get('/links')).text);
    await world.prove(browser, path);
    await browser.post(path, {});
    expect(await world.linking.userLinksOf(world.sql, carrier)).toEqual([]);
  });
});

test('a contractor sees and undoes the own link to a phone of somebody else’s contract, too', async () => {
  await world.family('has-own');
  const { code } = await world.family('employer');
  const person = await world.person('しゃいん');
  await world.linkContractor(person, 'has-own');
  await world.linkUser(person, code());
  const browser = await world.signInWithLine(person);
  const undo = [...(await browser.get('/links')).text.matchAll(/href="(\/links\/[^"]+\/undo)"/g)];
  expect(undo).toHaveLength(2);
  await browser.post(undo[1]?.[1] ?? '', {});
  expect(await world.linking.userLinksOf(world.sql, person)).toEqual([]);
  const [deed] = await world.sql.query<{ actor: string }>(
    `select actor_kind as actor from audit_log where action = 'linking.user-unlinked' order by audit_id desc limit 1`,
  );
  expect(deed?.actor).toBe('line-account');
});

describe('signed-in devices', () => {
  test('are listed, and one is signed out from another', async () => {
    await world.family('devices');
    const phone = await world.signIn('devices');
    const computer = await world.signIn('devices');
    const { text } = await phone.get('/security');
    const sessionId = /name="sessionId" value="([^"]+)"/.exec(text)?.[1] ?? '';
    expect(text).toContain('（この端末）');
    expect((await phone.post('/security/sign-out', { sessionId })).location).toBe('/security?done=signed-out');
    expect((await computer.get('/security')).status).toBe(303);
    expect((await phone.get('/security')).status).toBe(200);
  });
});

describe('what is somebody else’s', () => {
  test('is not there', async () => {
    const victim = await world.family('victim', '被害 者');
    const friend = await world.person('ともだち');
    await world.linkUser(friend, victim.code());
    const [link] = await world.linking.userLinksOf(world.sql, friend);
    await world.signIn('victim');
    const [session] = await world.sessions.list(victim.contractorId);
    await world.family('thief');
    const thief = await world.signIn('thief');
    const stranger = await world.signInWithLine(await world.person('よその人'));
    const { subscriptionId } = victim;
    for (const browser of [thief, stranger]) {
      const answers = [
        await browser.post(`/contract/${subscriptionId}/code`, {}),
        await browser.get(`/contract/${subscriptionId}/reissue`),
        await browser.post(`/contract/${subscriptionId}/reissue`, { undoLink: 'yes' }),
        await browser.get(`/links/${link?.userLinkId}/undo`),
        await browser.post(`/links/${link?.userLinkId}/undo`, {}),
        await browser.post('/security/sign-out', { sessionId: session?.sessionId ?? '' }),
        await browser.post('/switch', { contractorId: victim.contractorId }),
        await browser.get(`/data?subscription=${subscriptionId}`),
      ];
      for (const answer of answers) {
        const isAskedToSignIn = answer.status === 303 && answer.location.startsWith('/login');
        expect(answer.status === 404 || isAskedToSignIn).toBe(true);
        expect(answer.text).not.toContain('被害');
      }
    }
    expect((await thief.get(`/contract/${subscriptionId}/reissue`)).status).toBe(404);
    expect(await world.linking.userLinksOf(world.sql, friend)).toHaveLength(1);
    expect(await world.sessions.list(victim.contractorId)).toHaveLength(1);
  });

  test.each(['/contract', '/links', '/security', '/links/x/undo', '/contract/x/reissue'])(
    '%s asks a stranger to sign in',
    async (path) => expect((await world.browser().get(path)).location).toBe(`/login?next=${encodeURIComponent(path)}`),
  );
});

test('the list of causes and remedies is open to all', async () => {
  const { status, text } = await world.browser().get('/code-help');
  expect(status).toBe(200);
  expect(text).toContain('利用コードが16桁ではありません。');
});
