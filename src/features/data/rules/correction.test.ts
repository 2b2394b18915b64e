import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { type CorrectionFacts, decideCorrection } from './correction.ts';

const now = Temporal.Instant.from('2026-04-10T12:00:00+09:00');
const into = { bucket: 'gift', expiresAt: '2026-05-01T00:00:00+09:00' } as const;
const good: CorrectionFacts = {
  endedAt: null,
  amountBytes: 500,
  into,
  reason: 'a mast was down for a day',
  askedBy: 'agent',
  approvedBy: 'supervisor',
  now,
  usableBytes: 100,
};
const away = { ...good, amountBytes: -100, into: null };

test.each<[string, Partial<CorrectionFacts>]>([
  ['adds', {}],
  ['takes what is there', away],
  ['while the subscription goes on, its end known', { endedAt: now.add({ seconds: 1 }) }],
])('%s', (_, change) => expect(decideCorrection({ ...good, ...change })).toBeUndefined());

test.each<[string, Partial<CorrectionFacts>]>([
  ['not-an-amount', { amountBytes: 0, reason: '' }],
  ['not-an-amount', { amountBytes: 0.5 }],
  ['no-reason', { reason: ' 　', approvedBy: 'agent' }],
  ['no-second-person', { approvedBy: 'agent', into: null }],
  ['no-second-person', { approvedBy: '' }],
  ['no-second-person', { askedBy: '' }],
  ['subscription-ended', { endedAt: now }],
  ['subscription-ended', { endedAt: Temporal.Instant.from('2026-04-01T00:00:00+09:00') }],
  ['kind-and-end-missing', { into: null }],
  ['kind-and-end-missing', { amountBytes: 1, into: null }],
  ['already-ended', { into: { ...into, expiresAt: now.toString() } }],
  ['too-far-away', { into: { ...into, expiresAt: now.add({ hours: 24 * 733 }).toString() } }],
  ['not-enough-data', { ...away, amountBytes: -101 }],
])('%s: %j', (code, change) => expect(decideCorrection({ ...good, ...change })).toBe(code));
