import { Temporal } from 'temporal-polyfill';
import { isOnSale, type Plan, type PlanOption } from '../../../base/operator.ts';
import type { Rule } from '../../../base/refusal.ts';

/** What a subscription consists of beside its number. */
interface Terms {
  readonly planCode: string;
  readonly optionCodes: readonly string[];
}

/** What decides whether a change of plan and options is taken. */
export interface PlanChangeFacts {
  readonly isOwn: boolean;
  readonly isInService: boolean;
  /** Whether it is still there in the month in which the change would take effect. */
  readonly goesOn: boolean;
  readonly present: Terms;
  readonly wanted: Terms;
  readonly plans: readonly Plan[];
  readonly options: readonly PlanOption[];
}

/** Why a change is not taken, in the order in which it is told. */
export const planChangeRefusals = [
  {
    code: 'not-found',
    says: 'Only the contractor changes plan and options, and only of a subscription of their own.',
    broken: ({ isOwn }) => !isOwn,
  },
  {
    code: 'not-in-service',
    says: 'The subscription is in service.',
    broken: ({ isInService }) => !isInService,
  },
  {
    code: 'leaving',
    says: 'The subscription goes on into the month in which the change takes effect.',
    broken: ({ goesOn }) => !goesOn,
  },
  {
    code: 'plan-not-sold',
    says: 'The plan is one of those sold, or the one that is held.',
    broken: ({ plans, wanted, present }) =>
      !plansFor(present.planCode, plans).some(({ code }) => code === wanted.planCode),
  },
  {
    code: 'calls-come-or-go',
    says: 'A plan with calls is not changed to one without, nor the other way: calls are for people whose identity was verified.',
    broken: ({ plans, present, wanted }) =>
      !plansInReach(present.planCode, plans).some(({ code }) => code === wanted.planCode),
  },
  {
    code: 'option-not-for-plan',
    says: 'Every option goes with the plan, and is sold or held.',
    broken: ({ options, wanted, present }) => {
      const held = new Set(present.optionCodes);
      const fitting = optionsFor(wanted.planCode, options).filter((each) => isOnSale(each) || held.has(each.code));
      return wanted.optionCodes.some((code) => !fitting.some((option) => option.code === code));
    },
  },
  {
    code: 'nothing-changes',
    says: 'Something becomes different from what counts now.',
    broken: ({ present, wanted }) => isSame(present, wanted),
  },
] as const satisfies readonly Rule<PlanChangeFacts, string>[];

export type PlanChangeRefusal = (typeof planChangeRefusals)[number]['code'];

/** Whether a subscription goes on past a moment; one that ends with the month before does not. */
export function isThereFrom({ endedAt }: { endedAt: Temporal.Instant | null }, from: Temporal.Instant): boolean {
  return endedAt === null || Temporal.Instant.compare(endedAt, from) > 0;
}

/** The plans a subscription can be changed to: with calls or without, as it is. A plan that is no longer sold counts as one with. */
export function plansInReach(planCode: string, plans: readonly Plan[]): readonly Plan[] {
  const hasVoice = plans.find(({ code }) => code === planCode)?.hasVoice ?? true;
  return plans.filter((plan) => plan.hasVoice === hasVoice);
}

/** The plans that can be chosen: those sold, and the one that is held. */
export function plansFor(heldPlanCode: string, plans: readonly Plan[]): readonly Plan[] {
  return plans.filter((plan) => isOnSale(plan) || plan.code === heldPlanCode);
}

/** The options that go with a plan. */
export function optionsFor(planCode: string, options: readonly PlanOption[]): readonly PlanOption[] {
  return options.filter((option) => option.planCodes.includes(planCode));
}

/** What is wanted without the options that do not go with its plan, and which those are. */
export function fitOptions(
  wanted: Terms,
  options: readonly PlanOption[],
): { terms: Terms; fallAway: readonly string[] } {
  const fitting = optionsFor(wanted.planCode, options).map((option) => option.code);
  return {
    terms: { planCode: wanted.planCode, optionCodes: wanted.optionCodes.filter((code) => fitting.includes(code)) },
    fallAway: wanted.optionCodes.filter((code) => !fitting.includes(code)),
  };
}

function isSame(one: Terms, other: Terms): boolean {
  const sorted = ({ optionCodes }: Terms) => [...new Set(optionCodes)].sort().join(' ');
  return one.planCode === other.planCode && sorted(one) === sorted(other);
}
