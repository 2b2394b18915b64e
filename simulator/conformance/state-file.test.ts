import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makePng } from '../testing/picture.ts';
import { startStage } from '../testing/stage.ts';

const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('with a state file people, talks and menus are there again after a restart', async () => {
  const stateFile = join(folder, 'state.json');
  const first = await startStage({ stateFile });
  const taro = await first.befriend('たろう');
  const { richMenuId } = await first.client.createRichMenu({
    size: { width: 2500, height: 843 },
    selected: true,
    name: 'メニュー',
    chatBarText: 'メニュー',
    areas: [],
  });
  const picture = new Blob([new Uint8Array(makePng(800, 250))], { type: 'image/png' });
  await first.client.setRichMenuImage(richMenuId, picture);
  await first.client.linkRichMenuIdToUser(taro.userId, richMenuId);
  await first.client.pushMessage({ to: taro.userId, messages: [{ type: 'text', text: 'おぼえていますか' }] });
  first.simulator.world.clock.advance(3 * 86_400_000);
  const before = await first.screen(taro);
  await first.stop();

  const second = await startStage({ stateFile });
  expect(await second.screen(taro)).toEqual(before);
  expect(second.simulator.world.clock.now() - Date.now()).toBeGreaterThan(2 * 86_400_000);
  const image = await fetch(`${second.origins.ui}/control/rich-menus/${richMenuId}/image`);
  expect(Buffer.from(await image.arrayBuffer()).equals(makePng(800, 250))).toBe(true);
  await second.stop();
});
