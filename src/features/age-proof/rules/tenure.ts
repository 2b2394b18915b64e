import type { Temporal } from 'temporal-polyfill';
import { dayOf } from '../../../base/operator-month.ts';
import { firstBroken, type Rule } from '../../../base/refusal.ts';

/** Since when a subscription has been open, told as yes or no about one day, as CAMARA's KYC Tenure asks. */

export interface TenureFacts {
  /** `YYYY-MM-DD`, of the operator's time zone as all days here. */
  readonly tenureDate: string;
  readonly now: Temporal.Instant;
  readonly zone: string;
  /** Whether the partner has asked about as many other days already as it may in a day. */
  readonly isOverLimit: boolean;
}

export type TenureFault = 'day-to-come' | 'too-many-days';

/** About so many different days of one person a partner may ask in 24 hours: a search would find the day in a few. */
export const DAYS_ASKED = { most: 3, withinSeconds: 86_400 };

/** Why a partner is not told, in this order. */
export const tenureRules = [
  {
    code: 'day-to-come',
    says: 'The day asked about is today or earlier where the operator is.',
    broken: ({ tenureDate, now, zone }) => tenureDate > dayOf(now, zone),
  },
  {
    code: 'too-many-days',
    says: 'A partner asks about at most three different days of one person in 24 hours, so that the first day cannot be found by trying.',
    broken: ({ isOverLimit }) => isOverLimit,
  },
] as const satisfies readonly Rule<TenureFacts, TenureFault>[];

/** The first rule that keeps the question from being answered; undefined when none does. */
export function tenureFault(facts: TenureFacts): TenureFault | undefined {
  return firstBroken<TenureFacts, TenureFault>(tenureRules, facts);
}

/** Whether it has been open since that day; one that opened on the day itself has. */
export function isOpenSince(tenureDate: string, opensAt: Temporal.Instant, zone: string): boolean {
  return dayOf(opensAt, zone) <= tenureDate;
}

/** As the interface names them: a contract with a bill for each month, of a person or a company. */
export type ContractType = 'PAYM' | 'Business';
