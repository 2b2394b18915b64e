import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MyPageWorld, myPageWorld } from '../../../../tests/support/my-page.ts';

let world: MyPageWorld;
beforeAll(async () => {
  world = await myPageWorld();
});
afterAll(() => world.close());

test('of more subscriptions than a row of cards holds, the talk says how many are left out and where they are', async () => {
  const person = await world.person('おおぜい');
  const { contractorId } = await world.family('crowd');
  await world.linkContractor(person, 'crowd');
  const asked = { db: world.database.db, now: world.clock.now(), eventId: 'e', lineUserId: person, displayName: null };
  const answer = () =>
    world.data.talk.hear({ ...asked, language: 'ja' }, { kind: 'word', word: '残量' }).then((said) => said ?? []);
  for (let more = 1; more < 10; more += 1) await world.subscription(contractorId);
  expect(await answer()).toHaveLength(1);
  for (let more = 0; more < 2; more += 1) await world.subscription(contractorId);
  const [cards, rest, ...others] = await answer();
  expect(JSON.stringify(cards)).toContain('10回線のデータ残量');
  expect([rest, others]).toMatchObject([{ text: 'ほか2回線はマイページでご覧いただけます。' }, []]);
});
