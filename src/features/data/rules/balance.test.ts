import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { decideBuckets, usableBytes } from './balance.ts';

const at = (text: string) => Temporal.Instant.from(text);
const now = at('2026-05-10T00:00:00Z');
const monthStart = at('2026-04-30T15:00:00Z');
const lot = (lotId: string, kind: string, remaining: number, grantedAt: string, expiresAt: string) => ({
  lotId,
  kind,
  remaining,
  grantedAt: at(grantedAt),
  expiresAt: at(expiresAt),
});
const lots = [
  lot('a', 'base', 2_000, '2026-04-30T15:00:00Z', '2026-06-30T15:00:00Z'),
  lot('b', 'base', 300, '2026-03-31T15:00:00Z', '2026-05-31T15:00:00Z'),
  lot('c', 'top-up', 20, '2026-05-02T00:00:00Z', '2026-06-30T15:00:00Z'),
  lot('d', 'top-up', 10, '2026-04-02T00:00:00Z', '2026-05-31T15:00:00Z'),
  lot('e', 'gift', 7, '2026-04-02T00:00:00Z', '2026-05-10T00:00:00Z'),
  lot('f', 'set-aside', 500, '2026-04-30T15:00:00Z', '2026-06-30T15:00:00Z'),
];

test('every kind in the order of use, with the first end and its parts; what has ended is not there', () => {
  const buckets = decideBuckets({ lots, now, monthStart });
  expect(buckets.map(({ kind, remainingBytes, expiresAt }) => [kind, remainingBytes, expiresAt?.toString()])).toEqual([
    ['carry-over', 300, '2026-05-31T15:00:00Z'],
    ['gift', 0, undefined],
    ['base', 2_000, '2026-06-30T15:00:00Z'],
    ['top-up', 30, '2026-05-31T15:00:00Z'],
  ]);
  expect(buckets[3]?.lots.map(({ lotId }) => lotId)).toEqual(['d', 'c']);
});

test('the total is everything that has not ended', () => expect(usableBytes(lots, now)).toBe(2_830));
