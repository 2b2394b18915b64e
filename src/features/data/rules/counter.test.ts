import { expect, test } from 'vitest';
import { decideReading, decideTotal } from './counter.ts';

test.each([
  [0, 100, 100, 100],
  [100, 400, 300, 400],
  [400, 300, 0, 400],
  [400, 400, 0, 400],
])('a counter at %i that reads %i adds %i', (highest, read, addedBytes, highestBytes) =>
  expect(decideReading(highest, read)).toEqual({ addedBytes, highestBytes }),
);

test.each([
  ['more', 500, 0, 700, { addedBytes: 200, lessOverBytes: 0, backBytes: 0 }],
  ['the same', 500, 100, 500, { addedBytes: 0, lessOverBytes: 0, backBytes: 0 }],
  ['less, all of it over', 500, 100, 450, { addedBytes: 0, lessOverBytes: 50, backBytes: 0 }],
  ['less, some of it over', 500, 100, 300, { addedBytes: 0, lessOverBytes: 100, backBytes: 100 }],
  ['nothing after all', 500, 500, 0, { addedBytes: 0, lessOverBytes: 500, backBytes: 0 }],
])('a total replaced by %s', (_, readBytes, overBytes, next, decided) =>
  expect(decideTotal({ readBytes, overBytes }, next)).toEqual(decided),
);
