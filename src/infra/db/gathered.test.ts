import { expect, test } from 'vitest';
import { gathered } from './gathered.ts';

test('what is asked in one turn is loaded at once, each once; what is asked later, anew', async () => {
  const loads: (readonly string[])[] = [];
  const ask = gathered(async (keys) => {
    loads.push(keys);
    return new Map(keys.filter((key) => key !== 'nobody').map((key) => [key, `${key}${loads.length}`]));
  });
  expect(await Promise.all(['a', 'b', 'a', 'nobody'].map(ask))).toEqual(['a1', 'b1', 'a1', undefined]);
  // One answer leads to the next question, for all of them together again.
  const next = await Promise.all(['a', 'b'].map(async (key) => ask(`${await ask(key)}x`)));
  expect(next).toEqual(['a2x3', 'b2x3']);
  expect(loads).toEqual([
    ['a', 'b', 'nobody'],
    ['a', 'b'],
    ['a2x', 'b2x'],
  ]);
});

test('a load that fails fails for those who asked, and nobody after', async () => {
  let isWell = false;
  const ask = gathered(async (keys) => {
    if (!isWell) throw new Error('not now');
    return new Map(keys.map((key) => [key, 1]));
  });
  const both = await Promise.allSettled([ask('a'), ask('b')]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  isWell = true;
  expect(await ask('a')).toBe(1);
});
