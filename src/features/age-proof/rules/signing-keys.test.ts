import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { planSigningKeys } from './signing-keys.ts';

const at = (day: number) => Temporal.Instant.from('2026-01-01T00:00:00Z').add({ hours: 24 * day });
const plan = (keys: Record<string, number>, day: number) => {
  const { makeFor, shown, spent } = planSigningKeys(
    Object.entries(keys).map(([kid, from]) => ({ kid, signsFrom: at(from) })),
    at(day),
  );
  return { make: makeFor?.since(at(0)).total('days') ?? null, shown, spent };
};

test.each([
  ['none: one that signs at once', {}, 0, { make: 0, shown: [], spent: [] }],
  ['one: it signs', { a: 0 }, 50, { make: null, shown: ['a'], spent: [] }],
  ['two days before its end the next is made for its end', { a: 0 }, 88, { make: 90, shown: ['a'], spent: [] }],
  ['the next is shown before it signs', { a: 0, b: 90 }, 89, { make: null, shown: ['a', 'b'], spent: [] }],
  ['then it signs, and the last is still shown', { a: 0, b: 90 }, 91, { make: null, shown: ['b', 'a'], spent: [] }],
  ['two days later the last is spent', { a: 0, b: 90 }, 92, { make: null, shown: ['b'], spent: ['a'] }],
  ['after a long sleep the next is shown for two days', { a: 0 }, 200, { make: 202, shown: ['a'], spent: [] }],
])('%s', (_says, keys, day, expected) => expect(plan(keys, day)).toEqual(expected));
