import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { brandCss } from './brand.ts';
import { deviceName } from './device-name.ts';
import { formatDay, formatMoment, formatMonth, formatShortDay, formatVersion, formatYen } from './format.ts';
import { navigationFor } from './navigation.ts';
import { shareUrl } from './share.ts';

describe('days and moments as people read them', () => {
  test.each([
    ['ja', '2026年11月3日', '11月3日', '2026年12月1日 00:00'],
    ['en', '3 Nov 2026', '3 Nov', '1 Dec 2026, 00:00'],
  ] as const)('%s', (language, day, shortDay, moment) => {
    expect(formatDay('2026-11-03', language)).toBe(day);
    expect(formatShortDay('2026-11-03', language)).toBe(shortDay);
    const midnightInTokyo = Temporal.Instant.from('2026-11-30T15:00:00Z');
    expect(formatMoment(midnightInTokyo, 'Asia/Tokyo', language)).toBe(moment);
  });
});

test("a document's version is a day in words, or stays as it is", () =>
  expect(['2026-04-01', '2.1'].map((version) => formatVersion(version, 'en'))).toEqual(['1 Apr 2026', '2.1']));

test('months and yen as people read them', () => {
  expect([formatMonth('2026-11', 'ja'), formatMonth('2026-11', 'en')]).toEqual(['2026年11月', 'November 2026']);
  expect([0, 980, 1_234_567, -1_100].map((yen) => formatYen(yen, 'ja'))).toEqual([
    '0円',
    '980円',
    '1,234,567円',
    '−1,100円',
  ]);
  expect(formatYen(-1_100, 'en')).toBe('−¥1,100');
});

describe('the navigation shows only what opens', () => {
  const keys = (contractorId: string | null, lineUserId: string | null) =>
    navigationFor({ contractorId, lineUserId }).map((item) => item.key);
  test('to a contractor', () =>
    expect(keys('c', null)).toEqual([
      'home',
      'data',
      'top-up',
      'bills',
      'points',
      'invitations',
      'plan',
      'contract',
      'links',
      'age-proof',
      'security',
      'code-help',
      'help',
      'leave',
    ]));
  test('to a LINE account', () =>
    expect(keys(null, 'U')).toEqual(['home', 'data', 'gifts', 'links', 'age-proof', 'code-help', 'help']));
  test('to both at once, at most five of them in the bar of a phone', () => {
    expect(keys('c', 'U')).toEqual([
      'home',
      'data',
      'top-up',
      'gifts',
      'bills',
      'points',
      'invitations',
      'plan',
      'contract',
      'links',
      'age-proof',
      'security',
      'code-help',
      'help',
      'leave',
    ]);
    const inBar = navigationFor({ contractorId: 'c', lineUserId: 'U' }).filter((item) => item.inBar);
    expect(inBar.map((item) => item.key)).toEqual(['home', 'data', 'gifts', 'bills', 'contract']);
  });
});

test('brand colours are colours', () => {
  expect(brandCss({ color: '#03813a', onColor: '#ffffff' })).toBe(':root{--brand:#03813a;--on-brand:#ffffff}\n');
  expect(() => brandCss({ color: 'red;}body{display:none', onColor: '#ffffff' })).toThrow();
});

test('a shared text survives its address', () => {
  const text = '利用コード 1234 & 改行\nあり?';
  expect(decodeURIComponent(shareUrl(text).replace('https://line.me/R/share?text=', ''))).toBe(text);
});

test('a device is named as its owner knows it, and what is not known is said once', () => {
  const safari = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1';
  expect([deviceName(safari, 'ja'), deviceName('node', 'ja'), deviceName(null, 'en')]).toEqual([
    'iPhoneのSafari',
    '不明な端末',
    'Unknown device',
  ]);
});
