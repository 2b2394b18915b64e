import { expect, test } from 'vitest';
import { readCorrection } from './typed-correction.ts';

const at = { megabyte: 1_000_000, zone: 'Asia/Tokyo' } as const;
const good = { direction: 'add', amount: '500', bucket: 'top-up', lastDay: '2026-12-31' };

test('what is added has a kind and ends after its last day', () =>
  expect(readCorrection(good, at)).toEqual({
    ok: true,
    value: { amountBytes: 500_000_000, into: { bucket: 'top-up', expiresAt: '2026-12-31T15:00:00Z' } },
  }));

test('what is taken away has neither', () =>
  expect(readCorrection({ ...good, direction: 'take', amount: '１,０００', bucket: '', lastDay: '' }, at)).toEqual({
    ok: true,
    value: { amountBytes: -1_000_000_000, into: null },
  }));

test.each([
  ['direction-missing', { direction: '' }],
  ['direction-missing', { direction: 'ADD', amount: '' }],
  ['not-an-amount', { amount: '0' }],
  ['not-an-amount', { amount: '-500' }],
  ['not-an-amount', { amount: '1e3' }],
  ['not-an-amount', { amount: '0x10' }],
  ['not-an-amount', { amount: '1.5' }],
  ['not-an-amount', { amount: '1000000' }],
  ['not-an-amount', { direction: 'take', amount: '' }],
  ['kind-and-end-missing', { bucket: 'set-aside' }],
  ['kind-and-end-missing', { lastDay: '' }],
  ['kind-and-end-missing', { lastDay: '2026-02-31' }],
  ['kind-and-end-missing', { lastDay: '2026-00-10' }],
])('%s: %j', (code, change) => expect(readCorrection({ ...good, ...change }, at)).toEqual({ ok: false, code }));
