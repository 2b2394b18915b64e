import type { messagingApi } from '@line/bot-sdk';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeJpegHeader, makePng } from '../testing/picture.ts';
import { type Stage, startStage } from '../testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
beforeEach(async () => {
  await stage.control('POST', '/reset', { everything: true, menus: true });
  stage.bot.heard.length = 0;
});
afterAll(() => stage.stop());

const png = (width = 800, height = 250) => new Blob([new Uint8Array(makePng(width, height))], { type: 'image/png' });

function menu(name: string, action: messagingApi.Action): messagingApi.RichMenuRequest {
  return {
    size: { width: 2500, height: 843 },
    selected: true,
    name,
    chatBarText: 'メニュー',
    areas: [{ bounds: { x: 0, y: 0, width: 2500, height: 843 }, action }],
  };
}

const balance = { type: 'postback', label: 'データ残量確認', data: 'balance' } as const;

async function makeMenu(name: string, action: messagingApi.Action = balance): Promise<string> {
  const { richMenuId } = await stage.client.createRichMenu(menu(name, action));
  await stage.client.setRichMenuImage(richMenuId, png());
  return richMenuId;
}

const refused = (status: number, message: string) => ({ status, body: JSON.stringify({ message }) });

test("a person's own menu goes before the default one", async () => {
  const taro = await stage.befriend('たろう');
  const everybody = await makeMenu('みんな');
  const own = await makeMenu('たろうだけ');
  await stage.client.setDefaultRichMenu(everybody);
  expect((await stage.screen(taro)).richMenu?.id).toBe(everybody);
  await stage.client.linkRichMenuIdToUser(taro.userId, own);
  expect((await stage.screen(taro)).richMenu?.id).toBe(own);
  expect(await stage.client.getRichMenuIdOfUser(taro.userId)).toEqual({ richMenuId: own });
  await stage.client.unlinkRichMenuIdFromUser(taro.userId);
  expect((await stage.screen(taro)).richMenu?.id).toBe(everybody);
  await stage.client.deleteRichMenu(everybody);
  expect((await stage.screen(taro)).richMenu).toBeNull();
});

test('who is no friend sees no menu, and linking one has no effect', async () => {
  const ken = await stage.person('けん');
  await stage.client.linkRichMenuIdToUser(ken.userId, await makeMenu('けん'));
  await expect(stage.client.getRichMenuIdOfUser(ken.userId)).rejects.toMatchObject(
    refused(404, 'the user has no richmenu'),
  );
  expect((await stage.screen(ken)).richMenu).toBeNull();
});

test('a menu without picture cannot be shown; a picture cannot be replaced', async () => {
  const { richMenuId } = await stage.client.createRichMenu(menu('絵なし', balance));
  await expect(stage.client.setDefaultRichMenu(richMenuId)).rejects.toMatchObject(
    refused(400, 'must upload richmenu image before applying it to user'),
  );
  await stage.client.setRichMenuImage(richMenuId, png());
  await expect(stage.client.setRichMenuImage(richMenuId, png())).rejects.toMatchObject(
    refused(400, 'An image has already been uploaded to the richmenu'),
  );
  const picture = await fetch(`${stage.origins.ui}/control/rich-menus/${richMenuId}/image`);
  expect(picture.headers.get('content-type')).toBe('image/png');
});

test('pictures are looked into: size, proportion, kind', async () => {
  const { richMenuId } = await stage.client.createRichMenu(menu('絵', balance));
  const tooSmall = refused(400, 'The image size is not allowed for richmenu');
  await expect(stage.client.setRichMenuImage(richMenuId, png(799, 250))).rejects.toMatchObject(tooSmall);
  await expect(stage.client.setRichMenuImage(richMenuId, png(800, 600))).rejects.toMatchObject(tooSmall);
  const gif = new Blob(['GIF89a'], { type: 'image/gif' });
  await expect(stage.client.setRichMenuImage(richMenuId, gif)).rejects.toMatchObject({ status: 415 });
  const posing = new Blob(['not a picture'], { type: 'image/png' });
  await expect(stage.client.setRichMenuImage(richMenuId, posing)).rejects.toMatchObject({ status: 400 });
  const jpeg = new Blob([new Uint8Array(makeJpegHeader(2500, 843))], { type: 'image/jpeg' });
  await stage.client.setRichMenuImage(richMenuId, jpeg);
});

test('a tab switches at once and tells the bot', async () => {
  const taro = await stage.befriend('たろう');
  const second = await makeMenu('二枚目');
  const first = await makeMenu('一枚目', {
    type: 'richmenuswitch',
    label: 'お得',
    richMenuAliasId: 'deals',
    data: 'tab=deals',
  });
  await stage.client.createRichMenuAlias({ richMenuAliasId: 'deals', richMenuId: second });
  await stage.client.linkRichMenuIdToUser(taro.userId, first);
  await stage.tap(taro, 'お得');
  expect((await stage.screen(taro)).richMenu?.id).toBe(second);
  expect((await stage.settled()).at(-1)).toMatchObject({
    type: 'postback',
    postback: { data: 'tab=deals', params: { newRichMenuAliasId: 'deals', status: 'SUCCESS' } },
  });
  await stage.client.linkRichMenuIdToUser(taro.userId, first);
  await stage.client.deleteRichMenuAlias('deals');
  await stage.tap(taro, 'お得');
  expect((await stage.screen(taro)).richMenu?.id).toBe(first);
  expect((await stage.settled()).at(-1)).toMatchObject({
    postback: { params: { status: 'RICHMENU_ALIAS_ID_NOTFOUND' } },
  });
});

test('aliases: no two of a name, none to nowhere', async () => {
  const richMenuId = await makeMenu('一');
  await stage.client.createRichMenuAlias({ richMenuAliasId: 'home', richMenuId });
  await expect(stage.client.createRichMenuAlias({ richMenuAliasId: 'home', richMenuId })).rejects.toMatchObject(
    refused(400, 'conflict richmenu alias id'),
  );
  await expect(
    stage.client.createRichMenuAlias({ richMenuAliasId: 'other', richMenuId: 'richmenu-none' }),
  ).rejects.toMatchObject(refused(400, 'richmenu not found'));
  const next = await makeMenu('二');
  await stage.client.updateRichMenuAlias('home', { richMenuId: next });
  expect(await stage.client.getRichMenuAlias('home')).toEqual({ richMenuAliasId: 'home', richMenuId: next });
  expect((await stage.client.getRichMenuAliasList()).aliases).toHaveLength(1);
});

test('many people at once, by list and by batch', async () => {
  const taro = await stage.befriend('たろう');
  const hanako = await stage.befriend('はなこ');
  const [before, after] = [await makeMenu('前'), await makeMenu('後')];
  const answer = await stage.client.linkRichMenuIdToUsersWithHttpInfo({
    richMenuId: before,
    userIds: [taro.userId, hanako.userId],
  });
  expect(answer.httpResponse.status).toBe(202);
  const batch = await stage.client.richMenuBatchWithHttpInfo({
    operations: [{ type: 'link', from: before, to: after }],
  });
  const requestId = batch.httpResponse.headers.get('x-line-request-id') ?? '';
  expect(await stage.client.getRichMenuBatchProgress(requestId)).toMatchObject({ phase: 'succeeded' });
  expect((await stage.screen(hanako)).richMenu?.id).toBe(after);
});

test('a menu must be complete and its areas inside', async () => {
  await expect(stage.client.createRichMenu({ name: '足りない' })).rejects.toMatchObject({
    status: 400,
    body: expect.stringContaining('"property":"chatBarText"'),
  });
  const outside = menu('はみ出し', balance);
  await expect(stage.client.createRichMenu({ ...outside, size: { width: 1200, height: 405 } })).rejects.toMatchObject({
    body: expect.stringContaining('"property":"areas[0].bounds"'),
  });
});
