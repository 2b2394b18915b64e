import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LinkingWorld, linkingWorld } from '../../../tests/support/linking.ts';
import type { OutgoingEvent } from '../../infra/outside/standard-webhook.ts';

let world: LinkingWorld;
let told: OutgoingEvent[] = [];

beforeAll(async () => {
  world = await linkingWorld({ tellChange: async (event) => void told.push(event) });
});
afterAll(() => world.close());

/** What has been told since it was last asked. */
async function heard() {
  const job = world.contractors.jobs.find(({ name }) => name === 'contractors.tell-changes');
  await job?.run(world.clock.now());
  const events = told.map(({ type, data }) => ({ type, ...data }));
  told = [];
  return events;
}

async function links(query = '') {
  const headers = { authorization: 'Bearer the-key' };
  const response = await world.web.request(`https://my.example.jp/api/v1/links${query}`, { headers });
  const body: { items: Record<string, unknown>[]; next: string | null } = await response.json();
  return body;
}

test('links made and undone are told to the operator’s own systems, and can be read: which, and never with whom on LINE', async () => {
  const { linking } = world;
  const { contractorId } = await world.contractor('aoki');
  const { subscriptionId, code } = await world.subscription(contractorId);
  const lineUserId = await world.person('青木');
  await heard();

  await world.linkContractor(lineUserId, 'aoki');
  await world.linkUser(lineUserId, code());
  const made = await heard();
  expect(made).toEqual([
    { type: 'link.made', kind: 'contractor', contractorId, linkId: expect.any(String) },
    { type: 'link.made', kind: 'user', contractorId, subscriptionId, linkId: expect.any(String) },
  ]);
  const [contractorLink, userLink] = made.map((event) => Reflect.get(event, 'linkId'));

  const linkedAt = world.clock.now().toString();
  const items = [
    { id: contractorLink, kind: 'contractor', contractorId, subscriptionId: null, linkedAt },
    { id: userLink, kind: 'user', contractorId, subscriptionId, linkedAt },
  ];
  expect(await links()).toEqual({ items, next: null });
  expect(await links('?limit=1')).toEqual({ items: items.slice(0, 1), next: contractorLink });
  expect(await links(`?limit=1&after=${contractorLink}`)).toEqual({ items: items.slice(1), next: userLink });
  expect(await links(`?limit=1&after=${userLink}`)).toEqual({ items: [], next: null });
  expect(await links(`?contractorId=${contractorId}`)).toEqual({ items, next: null });
  expect(await links(`?contractorId=${subscriptionId}`)).toEqual({ items: [], next: null });

  await linking.unlinkUser({ subscriptionId, lineUserId, contractorId, from: 'my-page' });
  await linking.unlinkContractor({ contractorId, lineUserId, from: 'console', staff: 'agent' });
  const undone = await heard();
  const of = { type: 'link.undone', contractorId };
  expect(undone).toEqual([
    { ...of, kind: 'user', subscriptionId, linkId: userLink, undoneFrom: 'my-page', undoneBy: 'contractor' },
    { ...of, kind: 'contractor', linkId: contractorLink, undoneFrom: 'console', undoneBy: 'staff' },
  ]);
  expect(JSON.stringify([made, undone])).not.toContain(lineUserId);
  expect(await links()).toEqual({ items: [], next: null });
});

test('whoever takes another’s place on a phone is told as both', async () => {
  const { contractorId } = await world.contractor('arai');
  const { subscriptionId, code } = await world.subscription(contractorId);
  await world.linkUser(await world.person('父'), code());
  await heard();
  world.clock.freeze(world.clock.now().add({ minutes: 1 }).toString());
  const again = await world.linking.linkCodes.reissue({
    isProvisioning: true,
    subscriptionId,
    undoLink: false,
    reason: null,
  });
  if (!again.ok) throw new Error(again.code);
  await world.linkUser(await world.person('母'), again.value.code);
  const of = { contractorId, subscriptionId, kind: 'user', linkId: expect.any(String) };
  expect(await heard()).toEqual([
    { type: 'link.undone', ...of, undoneFrom: 'replaced', undoneBy: 'line-account' },
    { type: 'link.made', ...of },
  ]);
});
