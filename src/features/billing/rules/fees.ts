import type { BillingSettings, Plan } from '../../../base/operator.ts';

/** One line of what a month costs, in whole yen with tax. */
export interface Fee {
  readonly kind: 'base-fee' | 'option';
  readonly code: string;
  readonly yen: number;
}

/** What plan and options cost in a full month. What is no longer sold costs nothing. */
export function monthlyFees(
  terms: { readonly planCode: string; readonly optionCodes: readonly string[] },
  sold: { readonly plans: readonly Plan[]; readonly billing: BillingSettings },
): readonly Fee[] {
  const plan = sold.plans.find((each) => each.code === terms.planCode);
  const options = sold.billing.options.filter((each) => terms.optionCodes.includes(each.code));
  return [
    ...(plan ? [{ kind: 'base-fee' as const, code: plan.code, yen: plan.monthlyFeeYen }] : []),
    ...options.map((option) => ({ kind: 'option' as const, code: option.code, yen: option.monthlyFeeYen })),
  ];
}

/** All fees together, in yen. */
export function sumYen(fees: readonly { readonly yen: number }[]): number {
  return fees.reduce((sum, fee) => sum + fee.yen, 0);
}
