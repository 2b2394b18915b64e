import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, type LinkingWorld, linkingWorld } from '../../../tests/support/linking.ts';
import { linkCodeLimits } from './rules/limits.ts';

let world: LinkingWorld;
beforeAll(async () => {
  world = await linkingWorld({ poolSize: 20 });
});
afterAll(() => world.close());

async function family(loginId: string) {
  const { contractorId } = await world.contractor(loginId);
  return world.subscription(contractorId);
}

describe('guessing', () => {
  /** Every try on a page of its own, so that only the account is the same. */
  async function guess(person: string, code: string) {
    const page = await world.prove(person, code);
    return page.text.includes('しばらく入力できません') ? 'closed' : page.status === 303 ? 'right' : 'wrong';
  }

  test('five wrong codes in 15 minutes close the account for 15 minutes, even for the right one', async () => {
    world.clock.advance('PT2H');
    const { code } = await family('guessed');
    const person = await world.person('あてずっぽう');
    for (let nth = 0; nth < 5; nth += 1) expect(await guess(person, codeOf(nth))).toBe('wrong');
    expect(await guess(person, code())).toBe('closed');
    const page = await world.prove(person, code());
    expect(page.status).toBe(429);
    expect(page.text).toMatch(/\d+月\d+日 \d+:\d+以降に/);
    world.clock.advance('PT15M');
    expect(await guess(person, code())).toBe('right');
  });

  test('ten in a day close it for a day', async () => {
    world.clock.advance('PT26H');
    const { code } = await family('guessed-all-day');
    const person = await world.person('一日中');
    for (let nth = 0; nth < 10; nth += 1) {
      if (nth === 5) world.clock.advance('PT1H');
      expect(await guess(person, codeOf(100 + nth))).toBe('wrong');
    }
    world.clock.advance('PT16M');
    expect(await guess(person, code())).toBe('closed');
    world.clock.advance('PT23H45M');
    expect(await guess(person, code())).toBe('right');
  });

  test('a slip that the check digit finds is not counted', async () => {
    world.clock.advance('PT26H');
    const { code } = await family('clumsy');
    const person = await world.person('ぶきっちょ');
    const slip = code().slice(0, 15) + ((Number(code()[15]) + 1) % 10);
    for (let nth = 0; nth < 8; nth += 1) expect(await guess(person, slip)).toBe('wrong');
    expect(await guess(person, code())).toBe('right');
  });

  test('one address, ever new accounts: twenty an hour', async () => {
    world.clock.advance('PT26H');
    const seen: string[] = [];
    for (let nth = 0; nth < 22; nth += 1) seen.push(await guess(await world.person(`多${nth}`), codeOf(200 + nth)));
    expect(seen.slice(0, 20).every((each) => each === 'wrong')).toBe(true);
    expect(seen.slice(20)).toEqual(['closed', 'closed']);
  });

  test('fifty codes that begin alike, from everywhere: nobody is refused, the staff find an alarm', async () => {
    world.clock.advance('PT26H');
    const isOnRecord = () =>
      world.count('audit_log', `action = 'linking.guessing-suspected' and detail ->> 'limit' = 'link-code:first-six'`);
    for (let nth = 0; nth < 52; nth += 1) {
      expect(await isOnRecord()).toBe(nth > 50 ? 1 : 0);
      const page = await world.prove(
        await world.person(`似た${nth}`),
        codeOf(5_000 + nth),
        world.browser(`192.0.2.${nth}`),
      );
      expect(page.status).toBe(422);
    }
    expect(await isOnRecord()).toBe(1);
  });

  test('600 wrong codes in an hour, from everywhere: codes are taken from nobody, the staff find an alarm', async () => {
    world.clock.advance('PT26H');
    const { code } = await family('while-guessed');
    const { limit } = linkCodeLimits.everything;
    const one = () => world.limits.take(world.database.db, [{ limit, subject: 'everybody' }]);
    // One after the other: all count on one row, and at once the last would wait for a connection longer than anybody does.
    for (let taken = 0; taken < 599; taken++) await one();
    const isOnRecord = () =>
      world.count('audit_log', `action = 'linking.guessing-suspected' and detail ->> 'limit' = 'link-code:everything'`);
    expect(await isOnRecord()).toBe(0);
    expect((await world.prove(await world.person('六百'), codeOf(9_999))).status).toBe(422);
    expect(await isOnRecord()).toBe(1);
    expect((await world.prove(await world.person('正しい人'), code())).status).toBe(429);
    world.clock.advance('PT1H');
    expect((await world.prove(await world.person('あとの人'), code())).status).toBe(303);
  });

  test.each([2, 20, 50, 200])('%i wrong codes at once: five are looked at', async (parallel) => {
    world.clock.advance('PT26H');
    const browser = world.browser();
    await browser.open(await world.tap(await world.person('一斉'), 'user'));
    const pages = await Promise.all(
      Array.from({ length: parallel }, (_, nth) => browser.post('/link/user', { code: codeOf(1000 * parallel + nth) })),
    );
    expect(pages.filter((page) => page.status === 422)).toHaveLength(Math.min(5, parallel));
  });
});
