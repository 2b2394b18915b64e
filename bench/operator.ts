import { megabytes } from '../src/base/bytes.ts';
import type { Operator } from '../src/base/operator.ts';

/**
 * The rules of the preset `line-mobile`, with volumes large enough that no run reaches the monthly limit: a refusal is
 * cheaper than a gift.
 */
export const benchOperator: Operator = {
  name: { ja: 'ベンチ', en: 'Bench' },
  officialAccount: { displayName: 'ベンチ', basicId: '@bench' },
  timeZone: 'Asia/Tokyo',
  megabyte: 1_000_000,
  brand: { color: '#03813a', onColor: '#ffffff' },
  support: { phone: '0120-000-000', hours: { from: '10:00', to: '19:00' } },
  plans: [
    { code: 'large', name: { ja: '大', en: 'Large' }, monthlyBytes: 1e12, monthlyFeeYen: 1, hasVoice: false },
    { code: 'huge', name: { ja: '特大', en: 'Huge' }, monthlyBytes: 1e15, monthlyFeeYen: 1, hasVoice: false },
  ],
  giftPolicy: {
    preset: 'line-mobile',
    sourceKinds: ['base'],
    minimumBytes: megabytes(500),
    stepBytes: megabytes(500),
    limitPerMonth: 'plan',
    maximumBytes: null,
    giftsPerDay: null,
    giftsPerMonth: null,
    keepBytes: 0,
    feeYen: 0,
    ways: ['same-contract', 'share-link'],
    acceptance: 'accept',
    claimHours: 72,
    giftCodeDays: null,
    receivedUntil: 'month-end',
    canRegift: false,
    closed: { fromLastDay: '23:00', toFirstDay: '01:00' },
  },
  linking: {
    lineAccountsPerContractor: 3,
    contractorsPerLineAccount: 5,
    subscriptionsPerLineAccount: 10,
    lineAccountsPerSubscription: 1,
  },
};

/** The amount of every gift of the bench. */
export const GIFT_BYTES = megabytes(500);
