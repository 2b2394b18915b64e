import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkCodesOf, linkContractor, linkUser, type OnStage, onStage } from '../support/linked.ts';
import { openStage, type Stage } from '../support/stage.ts';

/** LINE asks the operator for people's ages, as people live it: in LINE's own browser, in the talk, between people. */

let stage: Stage;
let taro: OnStage;
let hanako: OnStage;
beforeAll(async () => {
  stage = await openStage();
  [taro, hanako] = [await onStage(stage, 'たろう'), await onStage(stage, 'はなこ')];
  for (const person of [taro, hanako]) await person.follow();
  const [his = '', hers = ''] = await linkCodesOf(stage, 'tanaka');
  await linkContractor(stage, taro, 'tanaka');
  await linkUser(stage, taro, his);
  await linkUser(stage, hanako, hers);
});
afterAll(() => stage.close());

const ageOf = async (person: OnStage) =>
  (await stage.control.people()).find(({ userId }) => userId === person.userId)?.ageProof;

/** From LINE's settings to the operator's page. */
async function toOperator(person: OnStage) {
  const choice = await person.browser.go(`${stage.accessUrl}/age-verification`);
  return choice.follow('さくらモバイル');
}

describe('with the LINE account that is linked already', () => {
  test('はなこ proves her age without any code; her contractor is told, she is not told twice', async () => {
    const page = await toOperator(hanako);
    expect(page.text).toContain('LINE（シミュレーター）');
    const consent = await page.follow('LINEでログイン');
    const signedIn = consent.text.includes('許可する') ? await consent.submit({}, '許可する') : consent;
    expect(signedIn.text).toContain('田中 花子');
    const chosen = await signedIn.submit({}, 'この回線で進む');
    const end = await chosen.submit({ decision: 'agree' }, '同意する');
    expect(end.url.origin).toBe(stage.accessUrl);
    expect(end.text).toContain('ID検索可');
    expect(await ageOf(hanako)).toBe('adult');
    await stage.control.settle();
    expect((await taro.heardAll()).join('\n')).toContain('LINE（シミュレーター）に、電話番号の末尾0002');
    expect((await hanako.heardAll()).join('\n')).not.toContain('問い合わせへの同意がありました');
  });

  test('an answer that was begun in another’s LINE proves nobody’s age', async () => {
    const page = await toOperator(taro);
    const state = page.url.searchParams.get('state') ?? 'x';
    const stolen = await hanako.browser.go(`${stage.accessUrl}/age-verification/callback?code=x&state=${state}`);
    expect(stolen.text).toContain('年齢を確認できませんでした');
  });

  test('declining leaves things as they are', async () => {
    const page = await toOperator(taro);
    const end = await page.submit({ decision: 'decline' }, '同意しない');
    expect(end.text).toContain('同意されなかった');
    expect(await ageOf(taro)).toBe('unproven');
  });
});

describe('in the talk', () => {
  test('年齢確認 shows what was agreed to, to her and to her contractor', async () => {
    for (const person of [hanako, taro]) {
      await person.say('年齢確認');
      const heard = await person.heard();
      expect(heard).toContain('LINE（シミュレーター）（電話番号の末尾0002）');
      expect(heard).toContain('これまでの回答 1回');
    }
  });

  test('who agreed to nothing is told how it is done', async () => {
    const ken = await onStage(stage, 'けん');
    await ken.follow();
    await ken.say('ID検索');
    expect(await ken.heard()).toContain('同意しているサービスはありません');
    expect(await ken.heard()).toContain('利用コード');
  });

  test('taken back after asking once more; LINE sees it, and the same tap again says the same', async () => {
    await hanako.say('年齢確認');
    await hanako.tap('同意を取り消す');
    expect(await hanako.heard()).toContain('取り消しますか');
    await hanako.tap('取り消す');
    expect(await hanako.heard()).toContain('への同意を取り消しました');
    await hanako.tap('取り消す');
    expect(await hanako.heard()).toContain('への同意を取り消しました');
    await stage.control.askAge(hanako.userId);
    expect(await ageOf(hanako)).toBe('withdrawn');
    await hanako.say('年齢確認');
    expect(await hanako.heard()).toContain('同意しているサービスはありません');
  });

  test('nobody takes back another’s', async () => {
    const [code = ''] = await linkCodesOf(stage, 'sato');
    const ken = await onStage(stage, 'けん');
    const page = await toOperator(ken);
    const end = await (await page.submit({ code }, '利用コードで進む')).submit({ decision: 'agree' }, '同意する');
    expect(end.text).toContain('ID検索可');
    await linkUser(stage, ken, code);
    await ken.say('年齢確認');
    const { talk } = await ken.screen();
    const data = /age-proof\.withdraw\?consent=[0-9a-f-]+/.exec(JSON.stringify(talk))?.[0] ?? '';
    expect(data).not.toBe('');
    await stage.control.act(hanako.userId, { type: 'postback', data: `${data}&sure=yes` });
    await stage.control.settle();
    expect(await hanako.heard()).toContain('見つかりません');
    await stage.control.askAge(ken.userId);
    expect(await ageOf(ken)).toBe('adult');
  });
});

test('nothing of it stands in the log: no code, no token, no number, no name', async () => {
  const log = stage.logged();
  for (const canary of ['田中', '花子', '819000000002', 'code_verifier', 'Bearer']) expect(log).not.toContain(canary);
});
