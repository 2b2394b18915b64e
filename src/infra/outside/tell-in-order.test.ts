import { expect, test } from 'vitest';
import { tellInOrder } from './tell-in-order.ts';

interface Event {
  readonly of: string;
  readonly nth: number;
}
const event = (of: string, nth: number): Event => ({ of, nth });
const names = (events: readonly Event[]) => events.map(({ of, nth }) => `${of}${nth}`);
const ways = { atOnce: 32, subjectOf: ({ of }: Event) => of, stopping: undefined };

test('a subject’s events go one after the other, different subjects side by side', async () => {
  const underWay: string[] = [];
  const first = Promise.withResolvers<void>();
  const all = tellInOrder([event('a', 1), event('a', 2), event('b', 1)], {
    ...ways,
    async tell({ of, nth }) {
      underWay.push(`${of}${nth}`);
      if (of === 'a') await first.promise;
    },
  });
  await new Promise(setImmediate);
  expect(underWay).toEqual(['a1', 'b1']);
  first.resolve();
  const { taken, failures } = await all;
  expect(names(taken)).toEqual(['b1', 'a1', 'a2']);
  expect(failures.size).toBe(0);
});

test('nothing goes after an event that was not taken, but of its own subject alone', async () => {
  const events = [event('a', 1), event('a', 2), event('a', 3), event('b', 1)];
  const { taken, failures } = await tellInOrder(events, {
    ...ways,
    async tell({ of, nth }) {
      if (of === 'a' && nth === 2) throw new Error('no');
    },
  });
  expect(names(taken).sort()).toEqual(['a1', 'b1']);
  expect([...failures]).toEqual([['a', new Error('no')]]);
});

const many = Array.from({ length: 1_000 }, (_, i) => event(String(i), 1));

test('a program that takes nothing is left alone after as many failures as go at once', async () => {
  let tries = 0;
  const { taken, failures, isAway } = await tellInOrder(many, {
    ...ways,
    async tell() {
      tries += 1;
      throw new Error('away');
    },
  });
  expect([taken, isAway]).toEqual([[], true]);
  // Those under way when the last straw came are told of, too.
  expect(tries).toBeLessThan(2 * 32);
  expect(failures.size).toBe(tries);
});

test('a program that takes most is told everything, however many it does not take', async () => {
  const { taken, failures, isAway } = await tellInOrder(many, {
    ...ways,
    async tell({ of }) {
      if (Number(of) % 10 === 0) throw new Error('not now');
    },
  });
  expect([taken.length, failures.size, isAway]).toEqual([900, 100, false]);
});

test('nothing more is told from the moment on that says to stop', async () => {
  const stopping = new AbortController();
  const { taken, isAway } = await tellInOrder([...many, event('0', 2)], {
    ...ways,
    stopping: stopping.signal,
    async tell({ of }) {
      await new Promise(setImmediate);
      if (of === '5') stopping.abort();
    },
  });
  // Those that were under way.
  expect(taken.length).toBeLessThan(2 * 32);
  expect(isAway).toBe(false);
});
