import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSite } from './world.ts';

const PEOPLE = 50;
const ROUNDS = 40;
/** What each person opens; on those with a star their own name has to stand. */
const PAGES = [
  '/*',
  '/data*',
  '/contract*',
  '/bills',
  '/points',
  '/plan*',
  '/top-up*',
  '/leave*',
  '/links',
  '/security',
];
const CANARY = /カナリア\d\d番/g;

let site: Awaited<ReturnType<typeof openSite>>;
let people: { canary: string; cookie: string; subscriptionId: string }[];
beforeAll(async () => {
  site = await openSite('2026-11-05T12:00:00+09:00');
  people = await Promise.all(
    Array.from({ length: PEOPLE }, async (_, nth) => {
      const canary = `カナリア${String(nth).padStart(2, '0')}番`;
      const family = await site.people.family(`canary-${nth}`, canary, [canary]);
      const [subscriptionId = ''] = family.subscriptionIds;
      const lineUserId = `U-canary-${nth}`;
      await site.people.linkUser(lineUserId, subscriptionId, canary);
      await site.people.linkContractor(lineUserId, family.contractorId);
      const cookie = await site.people.signIn({ contractorId: family.contractorId, lineUserId });
      return { canary, cookie, subscriptionId };
    }),
  );
});
afterAll(() => site.close());

/** All at once, through the server itself: what is asked, and whose name stands in the answer. */
async function crowd(rounds: number) {
  const asked = Array.from({ length: rounds }, (_, round) =>
    people.map(async ({ canary, cookie, subscriptionId }, nth) => {
      const page = PAGES[(round + nth) % PAGES.length] ?? '';
      const path = page.replace('*', '') + (page === '/data*' ? `?subscription=${subscriptionId}` : '');
      const answer = await fetch(site.url + path, { redirect: 'manual', headers: { cookie, 'accept-language': 'ja' } });
      const names = new Set((await answer.text()).match(CANARY) ?? []);
      return { status: answer.status, isNamed: page.endsWith('*'), names: [...names], canary };
    }),
  );
  return Promise.all(asked.flat());
}

test(`${PEOPLE} people open ${PEOPLE * ROUNDS} pages at once: each sees only what is theirs`, async () => {
  const answers = await crowd(ROUNDS);
  expect(answers).toHaveLength(PEOPLE * ROUNDS);
  for (const { names, canary } of answers) expect(names.filter((name) => name !== canary)).toEqual([]);
  const answered = answers.filter(({ status }) => status === 200);
  for (const { isNamed, names, canary } of answered) if (isNamed) expect(names).toEqual([canary]);
  // More than it can do at once is refused, and never anything else.
  expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
  expect(answered.length).toBeGreaterThan(PEOPLE);
  // As long as it takes on a machine that has much else to do.
}, 300_000);

test('somebody who signs out in the middle of it leaves nobody else’s page behind', async () => {
  const [leaver, ...others] = people;
  const [answers] = await Promise.all([crowd(4), site.ask('POST', '/logout', { cookie: leaver?.cookie ?? '' })]);
  for (const { names, canary } of answers) expect(names.filter((name) => name !== canary)).toEqual([]);
  expect((await site.ask('GET', '/contract', { cookie: leaver?.cookie ?? '' })).location).toMatch(/^\/login/);
  expect((await site.ask('GET', '/contract', { cookie: others[0]?.cookie ?? '' })).status).toBe(200);
});
