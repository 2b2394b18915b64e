import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkCodesOf, linkContractor, linkUser, type OnStage, onStage, openFrom } from '../support/linked.ts';
import { openStage, type Stage } from '../support/stage.ts';
import { createVisitor } from '../support/visitor.ts';

let stage: Stage;
let taro: OnStage;
let hanako: OnStage;
let ken: OnStage;
beforeAll(async () => {
  stage = await openStage();
  [taro, hanako, ken] = [await onStage(stage, 'たろう'), await onStage(stage, 'はなこ'), await onStage(stage, 'けん')];
  for (const person of [taro, hanako, ken]) await person.follow();
});
afterAll(() => stage.close());

const password = (loginId: string) => `renkei-demo-${loginId}`;

describe('contractor link', () => {
  test('a wrong password says one sentence that does not say which, and keeps the ID', async () => {
    await taro.tap('契約者連携');
    const form = await openFrom(taro, '契約者連携をはじめる');
    expect(form.text).toContain('たろう');
    expect(form.text).toContain('解除');
    const known = await form.submit({ loginId: 'tanaka', password: 'not-the-password' });
    const unknown = await known.submit({ loginId: 'nobody-here', password: 'not-the-password' });
    const sentence = /ログインIDまたはパスワード[^。]*。/.exec(known.text)?.[0];
    expect(sentence).toBeDefined();
    expect(unknown.text).toContain(sentence);
    expect(known.html).toContain('value="tanaka"');
    expect(known.html).not.toContain('not-the-password');
    expect(await taro.menu()).toContain('契約者連携');
  });

  test('login ID, password, LINE’s dialogue: the talk confirms, says how to undo, and the menu changes', async () => {
    await linkContractor(stage, taro, 'tanaka');
    expect(await taro.heard()).toContain('契約者連携が完了しました');
    expect(await taro.heard()).toContain('いつでも解除できます');
    expect((await taro.menu())[0]).toBe('マイページ');
  });

  test('My Page opens from the menu, signed in, without a password', async () => {
    const consent = await openFrom(taro, 'マイページ');
    const page = await consent.submit({}, '許可する');
    expect(page.url.href).toBe(`${stage.url}/`);
    expect(page.text).toContain('田中 太郎 様');
    const again = await openFrom(taro, 'マイページ');
    expect(again.text).toContain('田中 太郎 様');
  });

  test('a stolen link page opened by somebody else binds nobody, and its owner is told', async () => {
    await hanako.tap('契約者連携');
    const { opened } = await hanako.tap('契約者連携をはじめる');
    const thief = ken.browser;
    const form = await thief.go(opened ?? '');
    await form.submit({ loginId: 'sato', password: password('sato') });
    await stage.control.settle();
    expect(await hanako.menu()).toContain('契約者連携');
    expect(await ken.menu()).toContain('契約者連携');
    expect(await hanako.heard()).toContain('別の方のLINEでページが開かれたため、連携しませんでした');
  });

  test('the page belongs to the browser that opened it first', async () => {
    await hanako.tap('契約者連携');
    const { opened } = await hanako.tap('契約者連携をはじめる');
    await hanako.browser.go(opened ?? '');
    const other = await createVisitor().go(opened ?? '');
    expect(other.html).not.toContain('type="password"');
  });

  test('after ten minutes the page has expired and offers a fresh one; LINE sends nothing', async () => {
    await hanako.tap('契約者連携');
    const form = await openFrom(hanako, '契約者連携をはじめる');
    await stage.control.clock({ advance: 'PT11M' });
    const expired = await form.submit({ loginId: 'sato', password: password('sato') });
    expect(expired.text).toMatch(/期限|時間/);
    expect(expired.html).toContain('line.me/R/');
    expect(await hanako.menu()).toContain('契約者連携');
  });

  test('a first password links nothing: one of one’s own is chosen first, and leads back to the page', async () => {
    await stage.app.database.pool.query(`update contractor set must_change_password = true where login_id = 'suzuki'`);
    await stage.control.newPerson({ displayName: 'きょうこ' });
    const kyoko = await onStage(stage, 'きょうこ');
    await kyoko.follow();
    await kyoko.tap('契約者連携');
    const form = await openFrom(kyoko, '契約者連携をはじめる');
    const choose = await form.submit({ loginId: 'suzuki', password: password('suzuki') });
    expect(choose.url.pathname).toBe('/login/first');
    expect((await kyoko.browser.go(`${stage.url}/link/contractor`)).html).toContain('type="password"');
    const done = await choose.submit({ wanted: 'my very own password' });
    const back = await done.follow('LINEとの連携を続ける');
    await back.submit({ loginId: 'suzuki', password: 'my very own password' });
    await stage.control.settle();
    expect(await kyoko.heard()).toContain('契約者連携が完了しました');
  });

  test('a finished page cannot be used again', async () => {
    const page = await linkContractor(stage, ken, 'sato');
    const before = (await ken.heardAll()).length;
    const replay = await ken.browser.go(page.url);
    await stage.control.settle();
    expect(replay.text).not.toContain('連携の確認ができました');
    expect(await ken.heardAll()).toHaveLength(before);
  });
});

describe('link code and user link', () => {
  let codes: string[];

  test('My Page shows codes masked, and whole only on request', async () => {
    const browser = createVisitor();
    const signIn = await browser.go(`${stage.url}/login`);
    await signIn.submit({ loginId: 'tanaka', password: password('tanaka') });
    const contract = await browser.go(`${stage.url}/contract`);
    expect(contract.text).toMatch(/•••• •••• •••• \d{4}/);
    expect(contract.text).not.toMatch(/\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}/);
    expect(contract.headers.get('cache-control')).toContain('no-store');
    codes = await linkCodesOf(stage, 'tanaka');
    expect(codes).toHaveLength(3);
  });

  test.each([
    ['too short', '1234', /桁/],
    ['a typing slip', '1111111111111112', /入力|間違/],
  ])('%s is told at once', async (_, typed, words) => {
    await taro.tap('利用者連携');
    const form = await openFrom(taro, '利用者連携をはじめる');
    const page = await form.submit({ code: typed });
    expect(page.text).toMatch(words);
    expect(page.html).toContain('aria-invalid');
  });

  test('full-width digits, spaces and hyphens are fine; the talk and the menu say 連携済み', async () => {
    const wide = [...(codes[0] ?? '').replaceAll(' ', 'ー')]
      .map((sign) => (/\d/.test(sign) ? String.fromCharCode(sign.charCodeAt(0) + 0xfee0) : sign))
      .join('');
    await linkUser(stage, taro, wide);
    expect(await taro.heard()).toContain('利用者連携が完了しました');
    expect((await taro.menu())[1]).toBe('連携済み');
    await taro.tap('連携済み');
    expect(await taro.heard()).toContain(codes[0]?.slice(-4));
  });

  test('a code that is linked already sends the second person to the contractor', async () => {
    await hanako.tap('利用者連携');
    const form = await openFrom(hanako, '利用者連携をはじめる');
    const page = await form.submit({ code: codes[0] ?? '' });
    expect(page.text).toContain('再発行');
    expect((await hanako.menu())[1]).toBe('利用者連携');
  });

  test('a re-issue kills the old code at once, and the new one takes the link over', async () => {
    const browser = createVisitor();
    const signIn = await browser.go(`${stage.url}/login`);
    await signIn.submit({ loginId: 'tanaka', password: password('tanaka') });
    const contract = await browser.go(`${stage.url}/contract`);
    const reissue = await contract.follow('再発行');
    await reissue.submit({}, '再発行する');
    await hanako.tap('利用者連携');
    const form = await openFrom(hanako, '利用者連携をはじめる');
    const old = await form.submit({ code: codes[0] ?? '' });
    expect(old.text).not.toContain('連携の確認ができました');
    const fresh = (await linkCodesOf(stage, 'tanaka'))[0] ?? '';
    expect(fresh).not.toBe(codes[0]);
    await linkUser(stage, hanako, fresh);
    expect(await hanako.heard()).toContain('利用者連携が完了しました');
    expect((await taro.heardAll()).join()).toContain('このLINEとの利用者連携は終わりました');
    expect((await taro.menu())[1]).toBe('利用者連携');
  });
});

describe('undoing', () => {
  test('in the talk: says what is lost, asks once, and is done', async () => {
    await hanako.say('解除');
    expect(await hanako.heard()).toContain('データプレゼントを贈る・受け取ること');
    await hanako.tap('解除する');
    expect(await hanako.heard()).toContain('利用者連携を解除しました');
    expect((await hanako.menu())[1]).toBe('利用者連携');
  });

  test('on My Page, in three taps; the LINE account is told', async () => {
    const top = await openFrom(taro, 'マイページ');
    const links = await top.follow('LINE連携');
    const confirm = await links.follow('解除する');
    await confirm.submit({}, '解除する');
    await stage.control.settle();
    expect((await taro.heardAll()).at(-1)).toContain('契約者連携が解除されました');
    expect((await taro.menu())[0]).toBe('契約者連携');
  });
});
