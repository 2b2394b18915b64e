import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD } from '../../../tests/support/linking.ts';
import { type MyPageWorld, myPageWorld } from '../../../tests/support/my-page.ts';

let world: MyPageWorld;
beforeAll(async () => {
  world = await myPageWorld();
});
afterAll(() => world.close());

const heading = (html: string) => /<h1>(.*?)<\/h1>/.exec(html)?.[1];

describe('by password', () => {
  test('leads to where the person wanted to go', async () => {
    await world.family('tanaka', '田中 太郎');
    const browser = world.browser();
    const wanted = await browser.get('/contract');
    expect(wanted.location).toBe('/login?next=%2Fcontract');
    const page = await browser.get(wanted.location);
    expect(page.text).toContain('name="next" value="/contract"');
    const answer = await browser.post('/login', { loginId: 'Tanaka', password: PASSWORD, next: '/contract' });
    expect([answer.status, answer.location]).toEqual([303, '/contract']);
    expect(heading((await browser.get('/contract')).text)).toBe('契約者情報');
  });

  test('never to another site', async () => {
    await world.family('next');
    const answer = await world
      .browser()
      .post('/login', { loginId: 'next', password: PASSWORD, next: '//evil.example' });
    expect(answer.location).toBe('/');
  });

  test('a refusal keeps the login ID, never the password, and does not say which was wrong', async () => {
    await world.family('real');
    const pages = await Promise.all(
      ['real', 'unreal'].map((loginId) =>
        world.browser().post('/login', { loginId, password: 'not-the-password', next: '/links' }),
      ),
    );
    const [known, unknown] = pages.map((page) => page.text.replaceAll('unreal', 'real'));
    expect(pages.map((page) => page.status)).toEqual([422, 422]);
    expect(known).toBe(unknown);
    expect(known).toContain('value="real"');
    expect(known).toContain('value="/links"');
    expect(known).toContain('<a href="#loginId">ログインIDまたはパスワードが違います。');
    expect(known).toContain('<title>エラー：');
    expect(known).not.toContain('not-the-password');
  });

  test('what is missing is named', async () => {
    const { status, text } = await world.browser().post('/login', { loginId: ' ', password: '', next: '/' });
    expect(status).toBe(422);
    expect(text).toContain('<a href="#loginId">ログインIDを入力してください。');
    expect(text).toContain('<a href="#password">パスワードを入力してください。');
  });

  test('too many tries say until when; a browser known before still gets in', async () => {
    await world.family('guessed');
    const own = await world.signIn('guessed');
    await own.post('/logout', {});
    const stranger = world.browser();
    const guess = () => stranger.post('/login', { loginId: 'guessed', password: 'a wrong password', next: '/' });
    let answer = await guess();
    for (let tries = 1; tries < 12 && answer.status !== 429; tries += 1) answer = await guess();
    expect(answer.status).toBe(429);
    expect(answer.text).toMatch(/安全のため2026年11月18日 \d\d:\d\dまで/);
    const right = { loginId: 'guessed', password: PASSWORD, next: '/' };
    expect((await world.browser().post('/login', right)).status).toBe(429);
    expect((await own.post('/login', right)).status).toBe(303);
    world.clock.advance('PT24H');
  });

  test('signing out ends it', async () => {
    await world.family('leaves');
    const browser = await world.signIn('leaves');
    expect(heading((await browser.get('/')).text)).toBe('leaves 様');
    await browser.post('/logout', {});
    expect(heading((await browser.get('/')).text)).toBe('ご契約のことを、いつものトークで');
  });

  test('somebody signed in is not asked again', async () => {
    await world.family('again');
    const browser = await world.signIn('again');
    expect((await browser.get('/login?next=/links')).location).toBe('/links');
  });
});

describe('with LINE', () => {
  test('a LINE account that is linked to a contract is the contractor, with no password', async () => {
    await world.family('linked', '佐藤 健');
    const ken = await world.person('けん');
    await world.linkContractor(ken, 'linked');
    const browser = world.browser();
    const back = await world.atLine(ken, browser, '/login/line?next=/contract');
    expect((await browser.get(back)).location).toBe('/contract');
    expect((await browser.get('/contract')).text).toContain('佐藤 健');
  });

  test('one that is not linked sees what the user link opens, and is asked for a login ID beyond', async () => {
    const somebody = await world.person('だれか');
    const browser = await world.signInWithLine(somebody);
    expect((await browser.get('/')).text).toContain('まだ回線と連携していません');
    const { location } = await browser.get('/contract');
    expect(location).toBe('/login?next=%2Fcontract');
    expect((await browser.get(location)).text).toContain('まだご契約と連携していません');
  });

  test('a callback address sent by somebody else signs nobody in', async () => {
    const attacker = await world.person('わるもの');
    const victim = world.browser();
    const sent = await world.atLine(attacker, world.browser());
    const answer = await victim.get(sent);
    expect([answer.status, heading(answer.text)]).toEqual([400, 'LINEでログインできませんでした']);
    expect(heading((await victim.get('/')).text)).toBe('ご契約のことを、いつものトークで');
    await victim.get('/login/line');
    expect((await victim.get(sent)).status).toBe(400);
  });

  test('works once, and for ten minutes', async () => {
    const person = await world.person('二度');
    const browser = world.browser();
    const first = await world.atLine(person, browser);
    expect((await browser.get(first)).status).toBe(303);
    expect((await browser.get(first)).status).toBe(400);
    const late = await world.atLine(person, browser);
    world.clock.advance('PT10M1S');
    expect((await browser.get(late)).status).toBe(400);
  });

  test('saying no to LINE changes nothing and offers both ways again', async () => {
    const browser = world.browser();
    await browser.get('/login/line?next=/links');
    const answer = await browser.get('/login/line/callback?error=access_denied&state=x');
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('中止されました');
    expect(answer.text).toContain('href="/login/line?next=%2Flinks"');
    expect(answer.text).toContain('href="/login?next=%2Flinks"');
  });

  test('a changed cookie is no cookie', async () => {
    const person = await world.person('細工');
    const browser = world.browser();
    const back = await world.atLine(person, browser);
    const name = '__Host-renkei-line';
    const value = browser.cookies.get(name) ?? '';
    browser.cookies.set(name, `${value.slice(0, -4)}AAAA`);
    expect((await browser.get(back)).status).toBe(400);
  });

  test('several contractors: one is shown, the others are one tap away, strangers’ are not', async () => {
    const [own, firm, stranger] = [
      await world.family('own', '鈴木 一郎'),
      await world.family('firm', '鈴木商店'),
      await world.family('stranger', '他人'),
    ];
    const ichiro = await world.person('いちろう');
    await world.linkContractor(ichiro, 'own');
    world.clock.advance('PT1M');
    await world.linkContractor(ichiro, 'firm');
    const browser = await world.signInWithLine(ichiro);
    const top = await browser.get('/');
    expect(heading(top.text)).toBe('鈴木 一郎 様');
    expect(top.text).toContain('鈴木商店 様に切り替える');
    expect((await browser.post('/switch', { contractorId: firm.contractorId })).status).toBe(303);
    expect(heading((await browser.get('/')).text)).toBe('鈴木商店 様');
    expect((await browser.post('/switch', { contractorId: stranger.contractorId })).status).toBe(404);
    await world.signInWithLine(ichiro, browser);
    expect(heading((await browser.get('/')).text)).toBe('鈴木商店 様');
    expect(own.contractorId).not.toBe(firm.contractorId);
  });
});

test('a browser is known for the login ID that was signed in with there, and for half a year', async () => {
  for (const loginId of ['known-here', 'never-here']) await world.family(loginId);
  const browser = await world.signIn('known-here');
  const close = async (loginId: string) => {
    const stranger = world.browser();
    const guess = { loginId, password: 'a wrong password', next: '/' };
    for (let tries = 0; tries < 10; tries += 1) await stranger.post('/login', guess);
  };
  const enter = async (loginId: string) => {
    const answer = await browser.post('/login', { loginId, password: PASSWORD, next: '/' });
    await browser.post('/logout', {});
    return answer.status;
  };
  await close('known-here');
  await close('never-here');
  expect([await enter('known-here'), await enter('never-here')]).toEqual([303, 429]);
  world.clock.advance(`PT${180 * 24}H`);
  await close('known-here');
  expect(await enter('known-here')).toBe(429);
});
