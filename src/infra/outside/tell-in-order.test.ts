import { expect, test } from 'vitest';
import { tellInOrder } from './tell-in-order.ts';

interface Event {
  readonly of: string;
  readonly nth: number;
}
const event = (of: string, nth: number): Event => ({ of, nth });
const subjectOf = ({ of }: Event) => of;

test('a subject’s events go one after the other, different subjects side by side', async () => {
  const underWay: string[] = [];
  const first = Promise.withResolvers<void>();
  const all = tellInOrder([event('a', 1), event('a', 2), event('b', 1)], {
    subjectOf,
    async tell({ of, nth }) {
      underWay.push(`${of}${nth}`);
      if (of === 'a') await first.promise;
    },
  });
  await new Promise(setImmediate);
  expect(underWay).toEqual(['a1', 'b1']);
  first.resolve();
  const { told, failures } = await all;
  expect(told.map(({ of, nth }) => `${of}${nth}`)).toEqual(['b1', 'a1', 'a2']);
  expect(failures).toEqual([]);
});

test('nothing goes after an event that was not taken, but of its own subject alone', async () => {
  const events = [event('a', 1), event('a', 2), event('a', 3), event('b', 1)];
  const { told, failures } = await tellInOrder(events, {
    subjectOf,
    async tell({ of, nth }) {
      if (of === 'a' && nth === 2) throw new Error('no');
    },
  });
  expect(told.map(({ of, nth }) => `${of}${nth}`).sort()).toEqual(['a1', 'b1']);
  expect(failures).toHaveLength(1);
});

test('a program that takes nothing is left alone after as many failures as go at once', async () => {
  let tries = 0;
  const events = Array.from({ length: 1_000 }, (_, i) => event(String(i), 1));
  const { told } = await tellInOrder(events, {
    subjectOf,
    async tell() {
      tries += 1;
      throw new Error('away');
    },
  });
  expect(told).toEqual([]);
  // Those under way when the last straw came are told of, too.
  expect(tries).toBeLessThan(2 * 32);
});
