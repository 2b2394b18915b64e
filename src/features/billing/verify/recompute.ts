import { Temporal } from 'temporal-polyfill';
import type { Operator } from '../../../base/operator.ts';
import type { ContractorFacts } from './facts-store.ts';

/**
 * A second pair of eyes on the bills: works every one of them out anew from the facts, in its own slow and plain way. It
 * shares nothing with the rules that made them but the operator's prices, so that a mistake there shows here.
 *
 * @returns what does not agree, in words.
 */
export function recomputeBills(
  facts: ContractorFacts,
  operator: Operator,
  closedMonths: readonly string[],
): readonly string[] {
  return [
    ...facts.bills.flatMap((bill) => faultsOfBill(bill, facts, operator).map((what) => `${bill.month}: ${what}`)),
    ...missingBills(facts, operator, closedMonths),
    ...chargesLeftOut(facts),
  ].map((what) => `${facts.contractorId} ${what}`);
}

function faultsOfBill(bill: ContractorFacts['bills'][number], facts: ContractorFacts, operator: Operator): string[] {
  const fees = facts.subscriptions.map((subscription) => feesIn(bill.month, subscription, facts, operator));
  const charged = facts.charges.filter((charge) => charge.billedIn === bill.month);
  const yenOf = (isTaxed: boolean) =>
    total(charged.filter((charge) => charge.isTaxed === isTaxed).map((charge) => charge.amountYen));
  const taxed = total(fees.map((fee) => fee.base + fee.options + fee.universal)) + yenOf(true);
  const before = taxed + yenOf(false);
  const { taxPercent } = operator.billing;
  const compared: [string, number, number][] = [
    ['the total', before - bill.pointsYen + bill.carriedYen, bill.totalYen],
    ['the sum of the lines', before - bill.pointsYen + bill.carriedYen, bill.linesYen],
    ['what is taxed', taxed, bill.taxedYen],
    ['the tax', share(taxed, taxPercent, 100 + taxPercent, operator), bill.taxYen],
  ];
  const faults = compared
    .filter(([, worked, stands]) => worked !== stands)
    .map(([what, worked, stands]) => `${what} is ${stands} yen and should be ${worked}`);
  const spendable = Math.max(0, Math.min(total(fees.map((fee) => fee.base + fee.universal)), before));
  if (bill.pointsYen < 0 || bill.pointsYen > spendable) faults.push(`${bill.pointsYen} points are on it`);
  faults.push(...carriedWrong(bill, before - bill.pointsYen, facts, operator));
  for (const charge of charged) {
    if (charge.month > bill.month) faults.push(`charge ${charge.chargeId} of ${charge.month} is on it`);
  }
  return faults;
}

/** Below zero is carried whole onto the next month's bill, once, where the contract goes on; and nothing else is. */
function carriedWrong(
  { month, carriedYen }: ContractorFacts['bills'][number],
  owed: number,
  facts: ContractorFacts,
  operator: Operator,
): string[] {
  const [year, count] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  const next = count === 12 ? `${year + 1}-01` : `${year}-${String(count + 1).padStart(2, '0')}`;
  const onto = facts.charges.filter((charge) => charge.kind === 'carried' && charge.month === next);
  const arrived = total(onto.map((charge) => charge.amountYen));
  const mustGo = owed < 0 && facts.subscriptions.some((each) => servedIn(next, each, operator));
  if (arrived !== -carriedYen) return [`${carriedYen} yen were carried and ${arrived} came onto ${next}`];
  if (carriedYen !== 0 && carriedYen !== -owed) return [`${carriedYen} yen were carried of ${owed}`];
  return mustGo && carriedYen === 0 ? [`${owed} yen were not carried onto ${next}`] : [];
}

function missingBills(facts: ContractorFacts, operator: Operator, closedMonths: readonly string[]): string[] {
  const since = localDate(facts.createdAt, operator).slice(0, 7);
  return closedMonths
    .filter((month) => since <= month && facts.subscriptions.some((each) => servedIn(month, each, operator)))
    .filter((month) => !facts.bills.some((bill) => bill.month === month))
    .map((month) => `${month}: there is no bill`);
}

/** A charge under way in the moment of closing may miss it, and goes onto the next. */
const SLACK_MS = 60_000;

function chargesLeftOut(facts: ContractorFacts): string[] {
  return facts.charges.flatMap((charge) => {
    const later = facts.bills.find(
      (bill) => bill.month >= charge.month && Date.parse(bill.closedAt) > Date.parse(charge.recordedAt) + SLACK_MS,
    );
    return charge.billedIn === null && later ? [`${later.month}: charge ${charge.chargeId} was left out`] : [];
  });
}

type Facts = ContractorFacts['subscriptions'][number];

function feesIn(month: string, subscription: Facts, facts: ContractorFacts, operator: Operator) {
  if (!servedIn(month, subscription, operator)) return { base: 0, options: 0, universal: 0 };
  const { billing, plans } = operator;
  const { planCode, optionCodes } = heldIn(month, subscription, facts);
  const length = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  const opened = localDate(subscription.opensAt, operator);
  let days = length;
  if (opened.slice(0, 7) === month) {
    if (billing.firstMonth === 'free') days = 0;
    if (billing.firstMonth === 'by-days') days = length - Number(opened.slice(8, 10)) + 1;
  }
  const plan = plans.find((each) => each.code === planCode);
  const options = billing.options.filter((each) => optionCodes.includes(each.code));
  return {
    base: plan ? share(plan.monthlyFeeYen, days, length, operator) : 0,
    options: total(options.map((option) => share(option.monthlyFeeYen, days, length, operator))),
    universal: billing.universalServiceFeeYen,
  };
}

/** Walks the changes backwards from what is held now. */
function heldIn(month: string, subscription: Facts, facts: ContractorFacts) {
  let held = { planCode: subscription.planCode, optionCodes: subscription.optionCodes };
  const own = facts.changes.filter((change) => change.subscriptionId === subscription.subscriptionId);
  for (const change of [...own].reverse()) {
    if (change.state === 'waiting' && change.takesEffectIn <= month) {
      return { planCode: change.toPlanCode, optionCodes: change.toOptionCodes };
    }
    if (change.state === 'applied' && change.takesEffectIn > month) {
      held = { planCode: change.fromPlanCode, optionCodes: change.fromOptionCodes };
    }
  }
  return held;
}

function servedIn(month: string, { opensAt, endedAt }: Facts, operator: Operator): boolean {
  if (localDate(opensAt, operator).slice(0, 7) > month) return false;
  if (endedAt === null) return true;
  if (Date.parse(endedAt) <= Date.parse(opensAt)) return false;
  // The last moment in service, since the end itself is not.
  const last = new Date(Date.parse(endedAt) - 1).toISOString();
  return localDate(last, operator).slice(0, 7) >= month;
}

function localDate(instant: string, { timeZone }: Operator): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** Worked out in whole numbers of any size. */
function share(yen: number, times: number, over: number, { billing }: Operator): number {
  const exact = BigInt(Math.abs(yen)) * BigInt(times);
  const [whole, rest] = [exact / BigInt(over), exact % BigInt(over)];
  const isUp =
    (billing.rounding === 'up' && rest > 0n) || (billing.rounding === 'half-up' && rest * 2n >= BigInt(over));
  const rounded = Number(isUp ? whole + 1n : whole);
  return rounded !== 0 && yen < 0 ? -rounded : rounded;
}

function total(amounts: readonly number[]): number {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return sum;
}
