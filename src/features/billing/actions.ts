import { newId } from '../../base/ids.ts';
import type { Ledger, Submitted } from '../../ledger/family.ts';
import { createPlanChangeActions, type PlanChangeActions, type PlanChangeDeps } from './plan-change.ts';
import type { TopUpAnswer, TopUpFamily } from './top-up.ts';

/** The use cases of billing. Each takes a `requestId`: a repeat has one effect and the same answer. */
export interface BillingActions extends PlanChangeActions {
  /** Data now, its price onto the bill of this month. */
  topUp(asked: {
    requestId: string;
    contractorId: string;
    subscriptionId: string;
    packCode: string;
  }): Promise<Submitted<TopUpAnswer>>;
}

export function createBillingActions(deps: PlanChangeDeps & { ledger: Ledger; topUps: TopUpFamily }): BillingActions {
  const { ledger, topUps } = deps;
  return {
    ...createPlanChangeActions(deps),
    topUp: (asked) => ledger.submit(topUps, { kind: 'top-up', chargeId: newId(), ...asked }),
  };
}
