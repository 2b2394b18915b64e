import { Temporal } from 'temporal-polyfill';
import { counted } from '../../../base/language.ts';
import type { Bilingual, BillingSettings, Plan } from '../../../base/operator.ts';
import { dayOf, endOfMonth, type Month, startOfMonth } from '../../../base/operator-month.ts';
import { monthlyFees } from './fees.ts';
import { roundYen } from './rounding.ts';

export type LineKind =
  | 'base-fee'
  | 'option'
  | 'universal-service'
  | 'top-up'
  | 'gift-fee'
  | 'calls'
  | 'correction'
  | 'registration-fee'
  | 'points'
  | 'carried';

/** One line of a bill. Whole yen with tax; below zero gives back. */
export interface BillLine {
  readonly kind: LineKind;
  readonly subscriptionId: string | null;
  readonly label: Bilingual;
  readonly amountYen: number;
  readonly isTaxed: boolean;
  readonly chargeId: string | null;
}

/** A subscription, and what it consisted of in the month. */
export interface BilledSubscription {
  readonly subscriptionId: string;
  readonly opensAt: Temporal.Instant;
  readonly endedAt: Temporal.Instant | null;
  readonly terms: { readonly planCode: string; readonly optionCodes: readonly string[] };
}

/** Something caused beside the monthly fees that is on no bill yet. */
export interface OpenCharge {
  readonly chargeId: string;
  readonly kind: 'top-up' | 'gift-fee' | 'calls' | 'correction' | 'registration-fee' | 'carried';
  readonly subscriptionId: string | null;
  readonly month: Month;
  readonly label: Bilingual;
  readonly amountYen: number;
  readonly isTaxed: boolean;
}

export interface Sold {
  readonly plans: readonly Plan[];
  readonly billing: BillingSettings;
  readonly timeZone: string;
}

/**
 * Everything a contractor owes for a month, before points: for each subscription in service in it the base fee, options
 * and the universal service fee, then what was caused up to the month's end and is on no bill yet.
 */
export function decideLines(
  facts: {
    month: Month;
    subscriptions: readonly BilledSubscription[];
    charges: readonly OpenCharge[];
  },
  sold: Sold,
): readonly BillLine[] {
  const { month, subscriptions, charges } = facts;
  return [
    ...subscriptions
      .filter((each) => isInServiceIn(month, each, sold.timeZone))
      .flatMap((each) => feesOf(each, month, sold)),
    ...charges.filter((charge) => charge.month <= month).map((charge) => lineOf(charge, month)),
  ];
}

function isInServiceIn(month: Month, { opensAt, endedAt }: BilledSubscription, zone: string): boolean {
  const compare = Temporal.Instant.compare;
  if (endedAt !== null && compare(endedAt, opensAt) <= 0) return false;
  return (
    compare(opensAt, endOfMonth(month, zone)) < 0 &&
    (endedAt === null || compare(endedAt, startOfMonth(month, zone)) > 0)
  );
}

/** Whether a contract has something in service in a month, as far as is known: a bill of it is worth waiting for. */
export function goesOnIn(month: Month, subscriptions: readonly BilledSubscription[], zone: string): boolean {
  return subscriptions.some((each) => isInServiceIn(month, each, zone));
}

function feesOf(subscription: BilledSubscription, month: Month, sold: Sold): BillLine[] {
  const { subscriptionId, terms } = subscription;
  const share = shareOf(subscription, month, sold);
  const fees = monthlyFees(terms, sold).map(({ kind, code, yen }): BillLine => {
    const name = (kind === 'base-fee' ? sold.plans : sold.billing.options).find((each) => each.code === code)?.name;
    return {
      kind,
      subscriptionId,
      label: named(name ?? { ja: code, en: code }, share),
      amountYen: roundYen({ yen, times: share.days, over: share.of }, sold.billing.rounding),
      isTaxed: true,
      chargeId: null,
    };
  });
  const universal: BillLine = {
    kind: 'universal-service',
    subscriptionId,
    label: { ja: 'ユニバーサルサービス料など', en: 'Universal service fee' },
    amountYen: sold.billing.universalServiceFeeYen,
    isTaxed: true,
    chargeId: null,
  };
  return universal.amountYen === 0 ? fees : [...fees, universal];
}

interface Share {
  readonly days: number;
  readonly of: number;
}

/** For how many days of a month its fees are charged: all but in the month in which the subscription opens. */
function shareOf({ opensAt }: BilledSubscription, month: Month, { billing, timeZone }: Sold): Share {
  const of = Temporal.PlainYearMonth.from(month).daysInMonth;
  const opensOn = dayOf(opensAt, timeZone);
  if (!opensOn.startsWith(month) || billing.firstMonth === 'full') return { days: of, of };
  return { days: billing.firstMonth === 'free' ? 0 : of - Number(opensOn.slice(8)) + 1, of };
}

function named(name: Bilingual, { days, of }: Share): Bilingual {
  if (days === of) return name;
  if (days === 0) return { ja: `${name.ja}（初月無料）`, en: `${name.en} (first month free)` };
  return { ja: `${name.ja}（${days}日分）`, en: `${name.en} (${counted(days, 'day')})` };
}

/** What belongs to an earlier month says so: it came after that month's bill. */
function lineOf({ month: caused, label, ...charge }: OpenCharge, month: Month): BillLine {
  if (caused === month) return { ...charge, label };
  const count = Number(caused.slice(5));
  return { ...charge, label: { ja: `${label.ja}（${count}月分）`, en: `${label.en} (of ${caused})` } };
}

/** Up to how much can be paid with points: base and universal service fees, as far as there is something to pay. */
export function spendableYen(lines: readonly BillLine[]): number {
  const payable = lines.filter(({ kind }) => kind === 'base-fee' || kind === 'universal-service');
  return Math.max(0, Math.min(sum(payable), sum(lines)));
}

/** The line of the points used; whole, and not more than may be. */
export function pointsLine(usedPoints: number, lines: readonly BillLine[]): BillLine {
  if (!Number.isSafeInteger(usedPoints) || usedPoints < 0 || usedPoints > spendableYen(lines)) {
    throw new RangeError(`${usedPoints} points cannot be spent on this bill`);
  }
  return {
    kind: 'points',
    subscriptionId: null,
    label: { ja: 'ポイント利用', en: 'Points used' },
    amountYen: 0 - usedPoints,
    isTaxed: false,
    chargeId: null,
  };
}

/** What is below zero goes onto the next bill, where there is one to come: this line brings the bill to nothing. */
export function carriedLine(lines: readonly BillLine[], goesOn: boolean): BillLine | null {
  const totalYen = sum(lines);
  if (totalYen >= 0 || !goesOn) return null;
  return {
    kind: 'carried',
    subscriptionId: null,
    label: { ja: '翌月のご請求から差し引きます', en: 'Taken off the next bill' },
    amountYen: 0 - totalYen,
    isTaxed: false,
    chargeId: null,
  };
}

export interface Totals {
  readonly totalYen: number;
  readonly taxedYen: number;
  readonly taxYen: number;
}

/** Tax is worked out once a bill, from what is taxed; points pay, and change nothing of it. */
export function totalsOf(lines: readonly BillLine[], { taxPercent, rounding }: BillingSettings): Totals {
  const taxedYen = sum(lines.filter((line) => line.isTaxed));
  return {
    totalYen: sum(lines),
    taxedYen,
    taxYen: roundYen({ yen: taxedYen, times: taxPercent, over: 100 + taxPercent }, rounding),
  };
}

function sum(lines: readonly BillLine[]): number {
  return lines.reduce((yen, line) => yen + line.amountYen, 0);
}
