import { isOnSale, type Operator, type Plan, type PlanOption } from '../../../base/operator.ts';
import type { Typed } from './draft.ts';
import { type FieldRule, faultsIn } from './fault.ts';

/** What is sold, and on which terms. */
export type Offer = Pick<Operator, 'plans' | 'billing' | 'applications' | 'orders'>;

export interface ChosenPlan {
  readonly plan: Plan | undefined;
  readonly options: readonly PlanOption[];
}

/** The name of an option's tick. */
export const optionField = (code: string) => `option-${code}`;

export function planFields(offer: Offer): string[] {
  return ['plan', ...offer.billing.options.map(({ code }) => optionField(code))];
}

export function readPlan(typed: Typed | null, offer: Offer): ChosenPlan {
  return {
    plan: offer.plans.filter(isOnSale).find(({ code }) => code === typed?.plan),
    options: offer.billing.options.filter(isOnSale).filter(({ code }) => typed?.[optionField(code)] === 'yes'),
  };
}

export const planRules = [
  {
    field: 'plan',
    code: 'plan-missing',
    says: 'One of the plans on sale is chosen.',
    broken: ({ plan }) => plan === undefined,
  },
  {
    field: 'options',
    code: 'option-not-with-plan',
    says: 'An option is added only to a plan it goes with.',
    broken: ({ plan, options }) =>
      plan !== undefined && options.some(({ planCodes }) => !planCodes.includes(plan.code)),
  },
] as const satisfies readonly FieldRule<ChosenPlan, string>[];
export type PlanFault = (typeof planRules)[number]['code'];

export const planFaults = (chosen: ChosenPlan) => faultsIn<ChosenPlan, PlanFault>(planRules, chosen);

export interface Total {
  /** Each month: plan, options, and what the law asks for a number. */
  readonly monthlyYen: number;
  /** Once, on the first bill. */
  readonly onceYen: number;
}

/** What an application costs; an entry code waives the registration fee. Yen are whole and with tax. */
export function totalOf({ plan, options }: ChosenPlan, offer: Offer, entryCode: string | null): Total {
  const fees = plan ? plan.monthlyFeeYen + offer.billing.universalServiceFeeYen : 0;
  return {
    monthlyYen: options.reduce((sum, option) => sum + option.monthlyFeeYen, fees),
    onceYen: entryCode === null ? offer.orders.registrationFeeYen : 0,
  };
}
