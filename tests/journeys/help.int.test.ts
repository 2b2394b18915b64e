import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkCodesOf, linkContractor, linkUser, type OnStage, onStage } from '../support/linked.ts';
import { openStage, type Stage } from '../support/stage.ts';
import { createVisitor } from '../support/visitor.ts';

/** One person asks in their own words, first linked to nothing, then with each link. */

let stage: Stage;
let taro: OnStage;
beforeAll(async () => {
  stage = await openStage();
  taro = await onStage(stage, 'たろう');
  await taro.follow();
});
afterAll(() => stage.close());

const answerTo = async (question: string) => {
  await taro.say(question);
  return taro.heard();
};

test('a function’s own word opens the function, a question with that word in it gets an answer', async () => {
  expect(await answerTo('残量を教えてください')).toContain('利用者連携をする');
  expect(await answerTo('余ったギガは来月に繰り越せる？')).toContain('次の月に自動で繰り越されます');
});

test('linked to nothing, it says which link answers for the person', async () => {
  const said = await answerTo('あと何ギガ残ってる？');
  expect(said).toContain('利用者連携か契約者連携をすると、お客さまの状況もお答えできます');
  expect(said).not.toMatch(/残り[\d.]+/);
});

test('with the contract linked: the codes, masked, and top-ups still possible; a gift stays the user’s', async () => {
  await linkContractor(stage, taro, 'tanaka');
  const codes = await answerTo('利用コードどこに書いてある？');
  expect(codes).toMatch(/いまの利用コードは .*\d{4}（/);
  expect(codes).not.toMatch(/\d{4}[ -]\d{4}/);
  expect(await answerTo('ギガ買い足したい')).toMatch(/今月はあと\d+回、追加購入できます/);
  expect(await answerTo('プレゼントの受け取り方がわからない')).toContain('利用者連携をすると、');
});

test('with the phone linked: the data left of one’s own', async () => {
  const [his = ''] = await linkCodesOf(stage, 'tanaka');
  await linkUser(stage, taro, his);
  expect(await answerTo('あと何ギガ残ってる？')).toMatch(/残り[\d.]+(GB|MB)/);
  expect(await answerTo('プレゼントの受け取り方がわからない')).not.toContain('利用者連携をすると、');
});

test('a gift that waits is told to whom it is for, to nobody else', async () => {
  const hanako = await onStage(stage, 'はなこ');
  await hanako.follow();
  const [, hers = ''] = await linkCodesOf(stage, 'tanaka');
  await linkUser(stage, hanako, hers);
  const { rows } = await stage.app.database.pool.query<{ id: string; who: string }>(
    `select s.subscription_id as id, l.line_user_id as who from user_link l join subscription s using (subscription_id)
     where l.unlinked_at is null order by s.msisdn`,
  );
  const [to, from] = rows;
  const given = await stage.app.gifts.offerGift({
    requestId: 'help-journey',
    senderSubscriptionId: from?.id ?? '',
    senderLineUserId: from?.who ?? '',
    amountBytes: 500_000_000,
    way: 'same-contract',
    receiverSubscriptionId: to?.id ?? '',
  });
  expect(given.ok).toBe(true);
  expect(await answerTo('プレゼントの受け取り方がわからない')).toMatch(/お客さまの場合.*500MB/s);
  await hanako.say('プレゼントの受け取り方がわからない');
  expect(await hanako.heard()).not.toContain('お客さまの場合');
});

test('いいえ is counted once and answered with where to call', async () => {
  await taro.tap('いいえ');
  expect(await taro.heard()).toContain('0120-000-000');
  const { rows } = await stage.app.database.pool.query(`select sum(not_helped)::int as n from help_vote_day`);
  expect(rows).toEqual([{ n: 1 }]);
});

test('the page is open to anybody, and an entry there is not is not found', async () => {
  const visitor = createVisitor();
  const help = await visitor.go(`${stage.url}/help`);
  const found = await help.submit({ q: 'ｽﾏﾎ落とした' });
  expect((await found.follow('スマホをなくしたとき')).text).toContain('0120-000-000');
  expect((await visitor.go(`${stage.url}/help/weather`)).status).toBe(404);
});

test('on the web, too, it is counted whether an answer helped: once for each view of the page', async () => {
  const visitor = createVisitor();
  const page = await visitor.go(`${stage.url}/help/phone-lost`);
  const thanked = await page.submit({ helped: 'no' }, 'いいえ');
  expect(thanked.text).toContain('別の言い方でもお試しください');
  expect(thanked.text).not.toContain('役に立ちましたか');
  await page.submit({ helped: 'yes' }, 'はい');
  await stage.app.jobs.runDue();
  const figures = async (path: string) => (await stage.app.database.pool.query(path)).rows;
  expect(
    await figures(`select sum(helped)::int as yes, sum(not_helped)::int as no from help_vote_day
                   where entry_id = 'phone-lost'`),
  ).toEqual([{ yes: 0, no: 1 }]);
  expect(await figures(`select sum(shown)::int as shown from help_shown_day where entry_id = 'phone-lost'`)).toEqual([
    { shown: 2 },
  ]);
});
