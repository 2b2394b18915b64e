import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MyPageWorld, myPageWorld } from '../../../../tests/support/my-page.ts';
import { MB } from '../../../base/bytes.ts';
import { newId } from '../../../base/ids.ts';

let world: MyPageWorld;
beforeAll(async () => {
  world = await myPageWorld();
});
afterAll(() => world.close());

test('use by month as a picture with a table behind it, for who may see the data and nobody else', async () => {
  const one = await world.family('historian');
  const child = await world.person('さくら');
  await world.linkUser(child, one.code());
  for (const [at, bytes] of [
    ['2026-11-30T14:59:59Z', 300 * MB],
    ['2026-11-30T15:00:00Z', 200 * MB],
    ['2026-12-20T00:00:00Z', 50 * MB],
  ] as const) {
    world.clock.freeze(at);
    await world.data.recordUse({
      requestId: newId(),
      subscriptionId: one.subscriptionId,
      endedAt: at,
      isZeroRated: false,
      amount: { mode: 'delta', bytes },
    });
  }
  const path = `/data/months?subscription=${one.subscriptionId}`;
  for (const browser of [await world.signIn('historian'), await world.signInWithLine(child)]) {
    const words = (await browser.get(path)).text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(words).toContain('2026年12月 250MB 2026年11月 300MB');
  }
  await world.family('nosy');
  const stranger = await world.signIn('nosy');
  expect((await stranger.get(path)).status).toBe(404);
  expect((await stranger.get('/data/months')).status).toBe(404);
  expect((await world.browser().get(path)).location).toMatch(/^\/login\?next=/);
});
