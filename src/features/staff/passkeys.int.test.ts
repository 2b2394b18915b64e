import { afterAll, beforeAll, expect, test } from 'vitest';
import { pretendAuthenticator } from '../../../tests/support/authenticator.ts';
import type { Browser } from '../../../tests/support/linking.ts';
import { codeAt, type StaffName, type StaffWorld, seedOf, staffWorld } from '../../../tests/support/staff.ts';

let world: StaffWorld;
beforeAll(async () => {
  world = await staffWorld();
});
afterAll(() => world.close());

const SITE = { rpId: 'my.example.jp', origin: 'https://my.example.jp' };
const options = async (browser: Browser, path: string) =>
  JSON.parse((await browser.post(`${path}/options`, {})).text) as { challenge: string };

async function withPasskey(loginId: StaffName) {
  const browser = await world.signIn(loginId);
  const chip = pretendAuthenticator(SITE);
  const add = async (code: string) =>
    browser.post('/console/passkeys', { response: chip.create(await options(browser, '/console/passkeys')), code });
  expect((await add('000000')).status).toBe(422);
  world.clock.advance('PT30S');
  expect((await add(codeAt(seedOf(loginId), world.clock.now()))).location).toBe('/console/passkeys?done=1');
  return { browser, chip };
}

test('a passkey is both steps in one, once for each challenge', async () => {
  const { chip } = await withPasskey('agent');
  const browser = world.browser();
  const response = chip.get(await options(browser, '/console/sign-in/passkey'));
  const show = (by: Browser) => by.post('/console/sign-in/passkey', { response, next: '/console/requests' });
  const answer = await show(browser);
  expect([answer.status, answer.location]).toEqual([303, '/console/requests']);
  expect((await browser.get('/console/requests')).status).toBe(200);
  expect((await show(world.browser())).status).toBe(422);
  expect(await world.count('audit_log', `action = 'staff.signed-in' and detail ->> 'step' = 'passkey'`)).toBe(1);
});

test('another’s is not removed, one’s own is, and then opens nothing', async () => {
  const { browser, chip } = await withPasskey('supervisor');
  const other = await world.signIn('auditor');
  const remove = (by: Browser) => by.post('/console/passkeys/remove', { credentialId: chip.id });
  expect((await remove(other)).status).toBe(404);
  expect((await remove(browser)).status).toBe(303);
  const door = world.browser();
  const response = chip.get(await options(door, '/console/sign-in/passkey'));
  expect((await door.post('/console/sign-in/passkey', { response, next: '' })).status).toBe(422);
});

test('of somebody who has left opens nothing', async () => {
  const { chip } = await withPasskey('admin');
  await world.database.pool.query(`update staff set closed_at = now() where login_id = 'admin'`);
  const door = world.browser();
  const response = chip.get(await options(door, '/console/sign-in/passkey'));
  expect((await door.post('/console/sign-in/passkey', { response, next: '' })).status).toBe(422);
});

test('one address begins a sign-in 300 times in ten minutes, and then no more', async () => {
  world.clock.advance('PT20M');
  const door = world.browser();
  const begin = async () => (await door.post('/console/sign-in/passkey/options', {})).status;
  for (let count = 0; count < 300; count += 1) expect(await begin()).toBe(200);
  expect(await begin()).toBe(429);
  world.clock.advance('PT10M1S');
  expect(await begin()).toBe(200);
});
