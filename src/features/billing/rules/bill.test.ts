import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { testOperator } from '../../../../tests/support/operator.ts';
import type { Operator } from '../../../base/operator.ts';
import {
  type BilledSubscription,
  carriedLine,
  decideLines,
  type OpenCharge,
  pointsLine,
  spendableYen,
  totalsOf,
} from './bill.ts';
import { roundYen } from './rounding.ts';

const at = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime('Asia/Tokyo').toInstant();

function subscription(given: Partial<BilledSubscription> = {}): BilledSubscription {
  return {
    subscriptionId: 's',
    opensAt: at('2025-01-01T00:00'),
    endedAt: null,
    terms: { planCode: 'p3', optionCodes: [] },
    ...given,
  };
}

function charge(given: Partial<OpenCharge> = {}): OpenCharge {
  return {
    chargeId: 'c',
    kind: 'calls',
    subscriptionId: 's',
    month: '2026-11',
    label: { ja: '通話料', en: 'Calls' },
    amountYen: 440,
    isTaxed: true,
    ...given,
  };
}

const bill = (
  subscriptions: readonly BilledSubscription[],
  charges: readonly OpenCharge[] = [],
  operator: Operator = testOperator,
) => decideLines({ month: '2026-11', subscriptions, charges }, operator);

const amounts = (lines: ReturnType<typeof bill>) => lines.map((line) => `${line.kind} ${line.amountYen}`);

const withFirst = (firstMonth: Operator['billing']['firstMonth']): Operator => ({
  ...testOperator,
  billing: { ...testOperator.billing, firstMonth },
});

describe('what a month costs', () => {
  test('plan, options and the universal service fee of each number, then what was caused', () => {
    const terms = { planCode: 'p6', optionCodes: ['kakeho10', 'voicemail'] };
    expect(amounts(bill([subscription(), subscription({ terms })], [charge()]))).toEqual([
      'base-fee 980',
      'universal-service 3',
      'base-fee 1700',
      'option 968',
      'option 319',
      'universal-service 3',
      'calls 440',
    ]);
  });

  test.each([
    ['opens on the 1st', '2026-11-01T00:00', null, 980],
    ['opens in the middle, charged by days: 13 of 30', '2026-11-18T15:00', null, 424],
    ['opens on the last day', '2026-11-30T23:59', null, 32],
    ['opens next month', '2026-12-01T00:00', null, undefined],
    ['was over before it opened', '2026-11-18T00:00', '2026-11-17T00:00', undefined],
    ['was over as it opened', '2026-11-18T00:00', '2026-11-18T00:00', undefined],
    ['ended before the month', '2025-01-01T00:00', '2026-11-01T00:00', undefined],
    ['ends with the month', '2025-01-01T00:00', '2026-12-01T00:00', 980],
    ['ends within the month, which is full', '2025-01-01T00:00', '2026-11-02T10:00', 980],
  ])('a subscription that %s', (_, opens, ends, yen) => {
    const lines = bill([subscription({ opensAt: at(opens), endedAt: ends === null ? null : at(ends) })]);
    expect(lines.find((line) => line.kind === 'base-fee')?.amountYen).toBe(yen);
  });

  test('the first month is free or full where the operator says so; only the first', () => {
    const opened = subscription({ opensAt: at('2026-11-18T15:00') });
    expect(amounts(bill([opened], [], withFirst('free')))).toEqual(['base-fee 0', 'universal-service 3']);
    expect(amounts(bill([opened], [], withFirst('full')))).toEqual(['base-fee 980', 'universal-service 3']);
    expect(amounts(bill([subscription()], [], withFirst('free')))).toEqual(['base-fee 980', 'universal-service 3']);
  });

  test('what was caused earlier and came late says so; what was caused later waits', () => {
    const lines = bill([], [charge({ month: '2026-09' }), charge({ month: '2026-12' })]);
    expect(lines.map((line) => line.label.ja)).toEqual(['通話料（9月分）']);
    expect(bill([], [charge({ month: '2026-10' })]).map((line) => line.label.ja)).toEqual(['通話料（10月分）']);
  });

  test('each line says what it is for, and of how many days', () => {
    const terms = { planCode: 'p3', optionCodes: ['voicemail'] };
    const opened = subscription({ opensAt: at('2026-11-18T15:00'), terms });
    const labels = (operator: Operator, of = opened) => bill([of], [], operator).map((line) => line.label.ja);
    const [plan, option] = [
      testOperator.plans.find(({ code }) => code === 'p3')?.name.ja,
      testOperator.billing.options.find(({ code }) => code === 'voicemail')?.name.ja,
    ];
    const universal = 'ユニバーサルサービス料など';
    expect(labels(testOperator)).toEqual([`${plan}（13日分）`, `${option}（13日分）`, universal]);
    expect(labels(withFirst('free'))).toEqual([`${plan}（初月無料）`, `${option}（初月無料）`, universal]);
    expect(labels(testOperator, subscription({ terms }))).toEqual([plan, option, universal]);
  });
});

describe('tax and points', () => {
  test('tax is worked out once, from what is taxed', () => {
    const lines = bill([subscription()], [charge(), charge({ amountYen: 1_000, isTaxed: false })]);
    expect(totalsOf(lines, testOperator.billing)).toEqual({ totalYen: 2_423, taxedYen: 1_423, taxYen: 129 });
  });

  test('points pay base and universal service fees, and change no tax', () => {
    const lines = bill([subscription({ terms: { planCode: 'p3', optionCodes: ['voicemail'] } })], [charge()]);
    expect(spendableYen(lines)).toBe(983);
    const paid = [...lines, pointsLine(983, lines)];
    expect(totalsOf(paid, testOperator.billing).totalYen).toBe(319 + 440);
    expect(totalsOf(paid, testOperator.billing).taxYen).toBe(totalsOf(lines, testOperator.billing).taxYen);
  });

  test('not more than there is to pay', () => {
    expect(spendableYen(bill([subscription()], [charge({ kind: 'correction', amountYen: -900 })]))).toBe(83);
    expect(spendableYen(bill([subscription()], [charge({ kind: 'correction', amountYen: -2_000 })]))).toBe(0);
    const lines = bill([subscription()]);
    expect(pointsLine(0, lines).amountYen).toBe(0);
    for (const points of [-1, 0.5, 984]) expect(() => pointsLine(points, lines)).toThrow(RangeError);
  });

  test('what is below zero goes onto the next bill, where there is one to come', () => {
    const below = bill([subscription()], [charge({ kind: 'correction', amountYen: -984 })]);
    expect(carriedLine(below, true)).toMatchObject({ kind: 'carried', amountYen: 1, isTaxed: false });
    expect(carriedLine(below, false)).toBeNull();
    const nothing = bill([subscription()], [charge({ kind: 'correction', amountYen: -983 })]);
    expect(carriedLine(nothing, true)).toBeNull();
  });

  test.each([
    ['down', 129, -129],
    ['half-up', 129, -129],
    ['up', 130, -130],
  ] as const)('parts of a yen go %s, below zero alike', (rounding, above, below) => {
    expect(roundYen({ yen: 1_423, times: 10, over: 110 }, rounding)).toBe(above);
    expect(roundYen({ yen: -1_423, times: 10, over: 110 }, rounding)).toBe(below);
    expect(roundYen({ yen: 1_100, times: 10, over: 110 }, rounding)).toBe(100);
  });

  test('half a yen', () => {
    expect(roundYen({ yen: 1, times: 1, over: 2 }, 'half-up')).toBe(1);
    expect(roundYen({ yen: 1, times: 1, over: 2 }, 'down')).toBe(0);
    expect(roundYen({ yen: -1, times: 1, over: 2 }, 'down')).toBe(0);
  });
});
