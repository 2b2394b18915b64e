import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideReading, decideTotal, NEVER_READ } from './counter.ts';

const nothing = { addedBytes: 0, lessOverBytes: 0, backBytes: 0 };

test.each([
  [0, 100, 100, 100],
  [100, 400, 300, 400],
  [400, 300, 0, 400],
  [400, 400, 0, 400],
])('a counter at %i that reads %i adds %i', (highest, readBytes, addedBytes, after) =>
  expect(decideReading({ readBytes: highest, overBytes: 0, endedMs: 5 }, { readBytes, endedMs: 4 })).toEqual({
    ...nothing,
    addedBytes,
    after: { readBytes: after, endedMs: 5 },
  }),
);

test('all readings of a counter together add the highest, in any order and however often', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1 }), (readings) => {
      let reading = NEVER_READ;
      let sum = 0;
      for (const readBytes of readings) {
        const { addedBytes, after } = decideReading(reading, { readBytes, endedMs: 1 });
        sum += addedBytes;
        reading = { ...reading, ...after };
      }
      return sum === Math.max(...readings);
    }),
  );
});

test.each([
  ['more', 500, 0, 700, { addedBytes: 200 }],
  ['the same', 500, 100, 500, {}],
  ['less, all of it over', 500, 100, 450, { lessOverBytes: 50 }],
  ['less, some of it over', 500, 100, 300, { lessOverBytes: 100, backBytes: 100 }],
  ['nothing after all', 500, 500, 0, { lessOverBytes: 500 }],
])('a total replaced by %s', (_, readBytes, overBytes, next, decided) => {
  const after = { readBytes: next, endedMs: 5 };
  expect(decideTotal({ readBytes, overBytes, endedMs: 5 }, after)).toEqual({ ...nothing, ...decided, after });
  expect(decideTotal({ readBytes, overBytes, endedMs: null }, after)).toEqual({ ...nothing, ...decided, after });
});

test('a total that was overtaken on its way changes nothing', () => {
  const before = { readBytes: 700, overBytes: 200, endedMs: 5 };
  const after = { readBytes: 700, endedMs: 5 };
  expect(decideTotal(before, { readBytes: 400, endedMs: 4 })).toEqual({ ...nothing, after });
  expect(decideTotal(before, { readBytes: 900, endedMs: 4 })).toEqual({ ...nothing, after });
});
