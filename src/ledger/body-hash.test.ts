import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerKeys, bodyHash, canonicalJson, requestKey } from './body-hash.ts';
import type { Json } from './family.ts';

/** The same value with the keys of every object written in the opposite order. */
function turned(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(turned);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, turned(member)]),
  );
}

const json = fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value)));

test('the order of keys makes no difference', () => {
  fc.assert(fc.property(json, (value) => bodyHash(value) === bodyHash(turned(value))));
});

test('the text reads back as the same value', () => {
  fc.assert(fc.property(json, (value) => isDeepStrictEqual(JSON.parse(canonicalJson(value)), value)));
});

test.each<[Json, Json]>([
  [{ amount: 1 }, { amount: 2 }],
  [{ amount: 1 }, { amount: '1' }],
  [{ amount: 1 }, { amount: 1, to: null }],
  [
    [1, 2],
    [2, 1],
  ],
  [{}, []],
  [{ a: { b: 1 } }, { a: 1, b: 1 }],
])('%j is another body than %j', (one, other) => expect(bodyHash(one)).not.toBe(bodyHash(other)));

test('only JSON numbers can be told apart', () => {
  expect(() => bodyHash({ amount: Number.NaN })).toThrow(TypeError);
  expect(() => bodyHash(Number.POSITIVE_INFINITY)).toThrow(TypeError);
});

test.each([
  ['0190a1b2-c3d4-7e5f-8a6b-0123456789ab', '0190a1b2c3d4'],
  ['api:bank-1:0190a1b2-c3d4-7e5f-8a6b-0123456789ab', '0190a1b2c3d4'],
])('the key of %s begins with the moment it tells', (id, moment) => {
  const former = requestKey('gift', id);
  expect(answerKeys('gift', id)).toEqual({ key: moment + former.slice(12), formerKey: former });
});

test.each(['of my own', '0190a1b2-c3d4-4e5f-8a6b-0123456789ab', '0190a1b2-c3d4-7e5f-8a6b-0123456789ab again'])(
  'the key of %s, which tells none, is a hash',
  (id) => {
    const former = requestKey('gift', id);
    expect(answerKeys('gift', id)).toEqual({ key: former, formerKey: former });
  },
);
