import { GB, megabytes } from '../../src/base/bytes.ts';
import { type Operator, weekdays } from '../../src/base/operator.ts';

/** An operator for tests: the rules of the preset `line-mobile`, four plans, Tokyo. */
export const testOperator: Operator = {
  name: { ja: 'さくらモバイル', en: 'Sakura Mobile' },
  officialAccount: { displayName: 'さくらモバイル', basicId: '@sakura-mobile' },
  timeZone: 'Asia/Tokyo',
  megabyte: 1_000_000,
  brand: { color: '#03813a', onColor: '#ffffff' },
  support: { phone: '0120-000-000', hours: { from: '10:00', to: '19:00' } },
  plans: [
    {
      code: 'p500m',
      name: { ja: '500MBプラン', en: '500 MB' },
      monthlyBytes: megabytes(500),
      monthlyFeeYen: 660,
      hasVoice: true,
    },
    { code: 'p3', name: { ja: '3GBプラン', en: '3 GB' }, monthlyBytes: 3 * GB, monthlyFeeYen: 980, hasVoice: true },
    { code: 'p6', name: { ja: '6GBプラン', en: '6 GB' }, monthlyBytes: 6 * GB, monthlyFeeYen: 1_700, hasVoice: true },
    {
      code: 'p12',
      name: { ja: '12GBプラン', en: '12 GB' },
      monthlyBytes: 12 * GB,
      monthlyFeeYen: 2_700,
      hasVoice: true,
    },
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
    ways: ['same-contract', 'share-link', 'gift-code', 'phone-number'],
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
    // At once, so that a test which links and goes on need not wait a day; the day itself is tested in my-page/stolen-password.int.test.ts.
    hoursUntilProof: 0,
  },
  billing: {
    taxPercent: 10,
    rounding: 'down',
    firstMonth: 'by-days',
    universalServiceFeeYen: 3,
    options: [
      {
        code: 'kakeho10',
        name: { ja: '10分かけ放題', en: 'Calls up to 10 minutes' },
        about: { ja: '1回10分まで無料', en: 'Free up to ten minutes' },
        monthlyFeeYen: 968,
        planCodes: ['p3', 'p6', 'p12'],
      },
      {
        code: 'voicemail',
        name: { ja: '留守番電話', en: 'Voicemail' },
        about: { ja: '伝言を預かります', en: 'Takes messages' },
        monthlyFeeYen: 319,
        planCodes: ['p500m', 'p3', 'p6', 'p12'],
      },
    ],
    topUps: {
      limitPerMonth: 10,
      packs: [
        { code: 'gb05', bytes: megabytes(500), priceYen: 550 },
        { code: 'gb1', bytes: GB, priceYen: 1_100 },
        { code: 'gb3', bytes: 3 * GB, priceYen: 3_300 },
      ],
    },
  },
  notices: { leftPercents: [50, 20, 0], daysBeforeEnd: 3 },
  points: { percent: 1, grantDay: 10, daysToLive: 180, daysBeforeEnd: [30, 3], stickersWaiting: 3 },
  orders: {
    subscriptionsPerContractor: 5,
    reservationDays: 10,
    answerDays: 14,
    withdrawalDays: 8,
    registrationFeeYen: 3_300,
  },
  applications: {
    documents: [
      {
        code: 'explanation',
        version: '2026-10-01',
        title: { ja: '重要事項説明', en: 'Explanation' },
        body: { ja: [{ kind: 'paragraph', text: '説明' }], en: [{ kind: 'paragraph', text: 'Explained' }] },
      },
      {
        code: 'terms',
        version: '2026-04-01',
        title: { ja: '利用規約', en: 'Terms' },
        body: { ja: [{ kind: 'paragraph', text: '規約' }], en: [{ kind: 'paragraph', text: 'Terms' }] },
      },
    ],
  },
  stickers: [
    {
      code: 'cat',
      name: { ja: 'さくらねこ', en: 'Sakura cat' },
      productId: '30001',
      pricePoints: 50,
      isOpen: true,
      picture: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    },
    {
      code: 'closed',
      name: { ja: '冬のねこ', en: 'Winter cat' },
      productId: '30002',
      pricePoints: 50,
      isOpen: false,
      picture: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    },
  ],
  usage: { keptDays: 40 },
  conversations: {
    hours: Object.fromEntries(weekdays.map((weekday) => [weekday, { from: '10:00', to: '19:00' }])),
    holidays: [],
    queueLimit: 20,
    silence: { warnAfterMinutes: 10, endAfterMinutes: 5 },
    keptDays: 365,
  },
  cannedAnswers: [],
};
