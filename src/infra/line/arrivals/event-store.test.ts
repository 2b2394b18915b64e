import { describe, expect, test } from 'vitest';
import { createAdjustableClock } from '../../../base/clock.ts';
import type { SqlRunner } from '../../db/index.ts';
import { createEventStore } from './event-store.ts';
import type { IncomingEvent } from './webhook-body.ts';

const clock = createAdjustableClock('2026-11-23T03:00:00Z');

/** An event of a person; `a2` is the second of `a`. */
const event = (id: string): IncomingEvent => ({
  webhookEventId: id,
  type: 'message',
  lineUserId: id.charAt(0),
  timestamp: clock.now().epochMilliseconds,
  payload: JSON.stringify({ webhookEventId: id }),
});
/** Events of as many people. */
const crowd = (size: number, first = 'A') =>
  Array.from({ length: size }, (_, n) => event(String.fromCharCode(first.charCodeAt(0) + n)));

/** A store whose inserts end when the test says so. */
function steppedStore(maximumWaiting = 1_000) {
  const underWay: { ids: string; end(fault?: string): void }[] = [];
  const sql: SqlRunner = {
    query: (_, values) =>
      new Promise((done, fail) => {
        underWay.push({
          ids: String(JSON.parse(String(values?.[1])).map((each: IncomingEvent) => each.webhookEventId)),
          end: (fault) => (fault === undefined ? done([]) : fail(new Error(fault))),
        });
      }),
  };
  const store = createEventStore({ sql, clock, maximumWaiting });
  return {
    /** One request each. */
    ask: (events: readonly IncomingEvent[]) => events.map((each) => store.store([each])),
    store,
    begun: () => underWay.map(({ ids }) => ids),
    end: (insert: number, fault?: string) => underWay[insert]?.end(fault),
    async turn() {
      for (let turns = 0; turns < 3; turns += 1) await new Promise(setImmediate);
    },
  };
}

describe('how many inserts are under way', () => {
  test('a lone request goes at once; few that come meanwhile wait and go together', async () => {
    const { ask, begun, end, turn } = steppedStore();
    ask([event('z')]);
    await turn();
    ask(crowd(3));
    await turn();
    expect(begun()).toEqual(['z']);
    end(0);
    await turn();
    expect(begun()).toEqual(['z', 'A,B,C']);
  });

  test('of many that wait a second insert goes while the first is under way, and no third', async () => {
    const { ask, begun, turn } = steppedStore();
    ask([event('z')]);
    await turn();
    ask(crowd(24));
    await turn();
    expect(begun()).toHaveLength(2);
    ask(crowd(24, 'a'));
    await turn();
    expect(begun()).toHaveLength(2);
  });

  test("a person's events never are in two at once, and go in the order they came", async () => {
    const { ask, begun, end, turn } = steppedStore();
    ask([event('z1')]);
    await turn();
    ask([event('z2'), ...crowd(24), event('z3')]);
    await turn();
    expect(begun()).toEqual([
      'z1',
      crowd(24)
        .map((each) => each.webhookEventId)
        .join(','),
    ]);
    end(0);
    end(1);
    await turn();
    expect(begun().at(-1)).toBe('z2,z3');
  });

  test('more than may wait are told so at once', async () => {
    const { store, turn } = steppedStore(2);
    const [first, second, third] = [crowd(1), crowd(2), crowd(1)].map((events) => store.store(events));
    expect(await third).toBe('full');
    await turn();
    expect(await Promise.race([first, second, 'waiting'])).toBe('waiting');
  });
});

describe('when an insert fails', () => {
  test("the others' requests know nothing of it", async () => {
    const { ask, end, turn } = steppedStore();
    const failing = ask([event('z')]);
    await turn();
    const stored = ask(crowd(24));
    await turn();
    end(0, 'Connection terminated');
    end(1);
    expect(await Promise.all(failing)).toEqual(['failed']);
    expect(new Set(await Promise.all(stored))).toEqual(new Set(['stored']));
  });
});

test('a request without events is stored already, and asks nothing of the database', async () => {
  const { store, begun, turn } = steppedStore();
  const stored = store.store([]);
  await turn();
  expect(begun()).toEqual([]);
  expect(await stored).toBe('stored');
});
