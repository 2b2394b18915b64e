import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { type FoundFacts, foundFault, foundRules, type TypedFacts, typedFault, typedRules } from './redeem.ts';

const later = Temporal.Instant.from('2026-11-18T06:00:00Z');
const typedRight: TypedFacts = { page: 'open', typed: { kind: 'code', code: '0'.repeat(16) }, triesUntil: null };
const works = { serviceState: 'in-service', relink: { kind: 'link', replaces: [] } } as const;
const found: FoundFacts = { code: works, linksOfAccount: 0, subscriptionsPerAccount: 10 };

describe('before the look-up', () => {
  test.each<[string, Partial<TypedFacts>, ReturnType<typeof typedFault>]>([
    ['typed right, in time, with tries left', {}, undefined],
    ['after ten minutes', { page: 'expired' }, 'page-expired'],
    ['in another browser', { page: 'opened-elsewhere' }, 'opened-elsewhere'],
    ['too short', { typed: { kind: 'wrong-length', digits: 15 } }, 'wrong-length'],
    ['a slip', { typed: { kind: 'wrong-check-digit' } }, 'wrong-check-digit'],
    ['too many tries', { triesUntil: later }, 'too-many-tries'],
    ['expired before anything typed', { page: 'expired', typed: { kind: 'wrong-check-digit' } }, 'page-expired'],
    ['a slip before too many tries', { typed: { kind: 'wrong-check-digit' }, triesUntil: later }, 'wrong-check-digit'],
  ])('%s', (_what, facts, fault) => expect(typedFault({ ...typedRight, ...facts })).toBe(fault));
});

describe('after the look-up', () => {
  test.each<[string, Partial<FoundFacts>, ReturnType<typeof foundFault>]>([
    ['a live code of a subscription in service', {}, undefined],
    ['no live code', { code: null }, 'unknown-or-superseded'],
    ['not open yet', { code: { ...works, serviceState: 'not-open' } }, 'not-open-yet'],
    ['ended', { code: { ...works, serviceState: 'ended' } }, 'ended'],
    ['linked here', { code: { ...works, relink: { kind: 'kept' } } }, 'linked-here-already'],
    ['linked elsewhere', { code: { ...works, relink: { kind: 'linked-elsewhere' } } }, 'linked-elsewhere'],
    ['nine links', { linksOfAccount: 9 }, undefined],
    ['ten links', { linksOfAccount: 10 }, 'too-many-links'],
    ['unknown, whatever the account has', { code: null, linksOfAccount: 10 }, 'unknown-or-superseded'],
  ])('%s', (_what, facts, fault) => expect(foundFault({ ...found, ...facts })).toBe(fault));
});

test('every rule is walked above: one row and one code each', () => {
  const codes = [...typedRules, ...foundRules].map((rule) => rule.code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes).toHaveLength(11);
});
