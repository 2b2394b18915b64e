import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { pointChecks } from '../../src/features/points/index.ts';
import { runnerOf } from '../../src/infra/db/index.ts';
import { verifyLedger } from '../../src/ledger/index.ts';
import { linkContractor, type OnStage, onStage } from '../support/linked.ts';
import { openStage, type Stage } from '../support/stage.ts';

/** たろう, told in order: he sees his points, gets stickers, loses none to a fault of LINE's, earns some, and could lose some. */

let stage: Stage;
let taro: OnStage;
beforeAll(async () => {
  stage = await openStage();
  taro = await onStage(stage, 'たろう');
  await taro.follow();
  await linkContractor(stage, taro, 'tanaka');
});
afterAll(async () => {
  expect(await verifyLedger(runnerOf(stage.app.database.db), pointChecks)).toEqual([]);
  await stage.close();
});

const stickersOf = async () =>
  (await stage.control.people()).find(({ userId }) => userId === taro.userId)?.stickerProducts;
const order = async (code: string) => {
  const question = await taro.browser.go(`${stage.url}/points/stickers/${code}`);
  const page = await question.submit({}, '交換する');
  await stage.control.settle();
  return page;
};

test('ポイント in the talk tells what there is and what comes, and opens the page without a password', async () => {
  await taro.say('ポイント');
  const heard = await taro.heard();
  expect(heard).toContain('280ポイント');
  expect(heard).toMatch(/11月分 36ポイント/);
  const { opened } = await taro.tap('ポイントを見る');
  const consent = await taro.browser.go(opened ?? '');
  const page = await consent.submit({}, '許可する');
  expect(page.url.pathname).toBe('/points');
  expect(page.text).toContain('ご契約のお礼');
});

test('stickers are asked of LINE with its own client, and arrive on the phone', async () => {
  const page = await order('sakura-cat');
  expect(page.text).toContain('さくらねこ');
  expect(await stickersOf()).toEqual(['30001']);
  expect((await taro.heardAll()).join('\n')).toContain('スタンプ「さくらねこ」が届きました。');
  expect((await taro.browser.go(`${stage.url}/points`)).text).toContain('スタンプ「さくらねこ」と交換');
});

test('a set whose delivery LINE did not confirm is asked for again, and comes once', async () => {
  // LINE does it, and the connection breaks before the answer.
  await stage.control.faults({ api: { dropAfterAccept: 1 } });
  const question = await taro.browser.go(`${stage.url}/points/stickers/polite-rabbit`);
  const { url } = await question.submit({}, '交換する');
  await vi.waitFor(async () => expect(await stickersOf()).toEqual(['30001', '30002']), { timeout: 60_000 });
  expect((await taro.browser.go(url)).text).toContain('お届けしています');
  await stage.control.noFaults();
  await stage.control.clock({ advance: 'PT1M' });
  await stage.control.settle();
  expect((await taro.browser.go(url)).text).toContain('「ていねいなうさぎ」が届きました');
  expect(await stickersOf()).toEqual(['30001', '30002']);
  await taro.say('ポイント');
  expect(await taro.heard()).toContain('150ポイント');
});

test('undoing the link would lose what is not granted yet: the question says how much', async () => {
  await taro.say('解除');
  expect(await taro.heard()).toContain('まだ付いていない11月分のポイント（いまのところ36ポイント）は受け取れません。');
  await taro.tap('このままにする');
});

test('on the 10th the month before is granted and told in the morning', async () => {
  await stage.control.clock({ set: '2026-12-10T09:30:00+09:00' });
  await stage.control.settle();
  expect((await taro.heardAll()).join('\n')).not.toContain('11月分の36ポイント');
  await stage.control.clock({ set: '2026-12-10T10:01:00+09:00' });
  await stage.control.settle();
  expect((await taro.heardAll()).join('\n')).toContain('11月分の36ポイントが付きました。');
  await taro.tap('この通知を止める');
  expect(await taro.heard()).toContain('ポイントが付いたとき');
});
