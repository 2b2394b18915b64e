import { expect, test } from 'vitest';
import type { WebhookEvent } from './events.ts';
import { WebhookQueue } from './queue.ts';

const event = (userId: string | null, place: number): WebhookEvent => ({
  type: 'message',
  webhookEventId: `${userId}${place}`,
  timestamp: place,
  mode: 'active',
  deliveryContext: { isRedelivery: false },
  ...(userId ? { source: { type: 'user', userId } } : {}),
});
const ids = (events: WebhookEvent[]) => events.map(({ webhookEventId }) => webhookEventId);

test('who has a request in flight waits, others go on', () => {
  const queue = new WebhookQueue();
  for (const [place, userId] of ['a', 'a', 'b', null, 'a', 'b'].entries()) queue.add(event(userId, place));
  const first = queue.take(1);
  expect(ids(first)).toEqual(['a0']);
  const second = queue.take(10);
  expect(ids(second)).toEqual(['b2', 'null3', 'b5']);
  expect(queue.take(10)).toEqual([]);
  expect(queue.length).toBe(2);
  queue.release(first);
  expect(ids(queue.take(10))).toEqual(['a1', 'a4']);
  expect(queue.length).toBe(0);
});

test('each person is heard in order and in one request at a time, however the requests overlap', () => {
  const queue = new WebhookQueue();
  const heard = new Map<string, number[]>();
  const inFlight: WebhookEvent[][] = [];
  for (let place = 0; place < 5_000; place += 1) queue.add(event(`p${(place * place) % 7}`, place));
  for (let turn = 0; queue.length > 0 || inFlight.length > 0; turn += 1) {
    const taken = queue.take(1 + (turn % 3));
    for (const { source, timestamp } of taken) {
      const who = source?.userId ?? '';
      heard.set(who, [...(heard.get(who) ?? []), timestamp]);
      expect(inFlight.flat().map(({ source: other }) => other?.userId)).not.toContain(who);
    }
    if (taken.length > 0) inFlight.push(taken);
    if (taken.length === 0 || inFlight.length > 4) queue.release(inFlight.splice(turn % inFlight.length, 1)[0] ?? []);
  }
  expect([...heard.values()].flat()).toHaveLength(5_000);
  for (const places of heard.values()) expect(places).toEqual(places.toSorted((a, b) => a - b));
});
