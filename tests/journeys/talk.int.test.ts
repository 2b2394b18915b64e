import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OnStage, onStage, openFrom } from '../support/linked.ts';
import { openStage, type Stage } from '../support/stage.ts';

let stage: Stage;
let taro: OnStage;
beforeAll(async () => {
  stage = await openStage();
  taro = await onStage(stage, 'たろう');
});
afterAll(() => stage.close());

const six = ['契約者連携', '利用者連携', 'データプレゼント', 'データ残量確認', 'いつでもヘルプ', '新規申し込み'];

describe('somebody adds the official account', () => {
  test('is greeted, told what linking brings, and sees six functions', async () => {
    await taro.follow();
    expect(await taro.heard()).toContain('たろうさん、友だち追加ありがとうございます');
    expect(await taro.heard()).toContain('連携は、いつでも解除できます');
    expect(await taro.menu()).toEqual(six);
  });

  test.each([
    ['データ残量確認', '利用者連携をする'],
    ['データプレゼント', '利用者連携'],
    ['いつでもヘルプ', 'お困りのこと'],
    ['新規申し込み', 'お申し込みに必要なもの'],
    ['契約者連携', '契約者連携をはじめる'],
    ['利用者連携', '利用者連携をはじめる'],
  ])('%s answers something sensible before any link', async (label, words) => {
    await taro.tap(label);
    expect(await taro.heard()).toContain(words);
  });

  test.each([
    ['残量', '利用者連携をする'],
    ['ギガ', '利用者連携をする'],
    ['ﾌﾟﾚｾﾞﾝﾄ', '利用者連携'],
    ['連携', 'どちらの連携をしますか'],
    ['解除', 'まだ連携がありません'],
    ['ヘルプ', 'お困りのこと'],
    ['申し込み', 'お申し込みに必要なもの'],
    ['balance', '利用者連携をする'],
  ])('the word %s does what the menu does', async (word, words) => {
    await taro.say(word);
    expect(await taro.heard()).toContain(words);
  });

  test.each([
    ['unknown word', () => taro.say('きょうはいい天気ですね'), 'うまく聞き取れませんでした'],
    ['sticker', () => taro.sticker(), 'ご連絡ありがとうございます'],
    ['word of thanks', () => taro.say('ありがとうございました'), 'どういたしまして'],
  ])('a %s gets a short menu, never silence', async (_, send, words) => {
    await send();
    expect(await taro.heard()).toContain(words);
    expect(await taro.heard()).toContain('データ残量確認');
  });

  test('who blocks the account gets nothing more, and the right menu after coming back', async () => {
    await taro.block();
    const before = (await taro.heardAll()).length;
    await taro.follow();
    expect((await taro.heardAll()).length).toBeGreaterThan(before);
    expect(await taro.menu()).toEqual(six);
  });
});

test('every webhook that LINE sends twice, or in another order, has one effect', async () => {
  const ken = await onStage(stage, 'けん');
  await stage.control.faults({ webhook: { duplicate: 1, reorder: 0.5 } });
  await ken.follow();
  await ken.say('ヘルプ');
  await stage.control.noFaults();
  expect((await ken.heardAll()).filter((words) => words.includes('お困りのことを、そのまま'))).toHaveLength(1);
});

test('who reads English gets English: greeting, menu, words, pages', async () => {
  await stage.control.newPerson({ displayName: 'Amy', language: 'en' });
  const amy = await onStage(stage, 'Amy');
  await amy.follow();
  expect(await amy.menu()).toHaveLength(6);
  for (const label of await amy.menu()) expect(label).toMatch(/^[ -~]+$/);
  for (const label of await amy.menu()) {
    await amy.tap(label);
    // The operator's own name stays as it is.
    expect((await amy.heard()).replaceAll('さくらモバイル', '')).not.toMatch(/[ぁ-んァ-ヶ一-龠]/);
  }
  const page = await openFrom(amy, 'Start');
  expect(page.html).toContain('lang="en"');
});
