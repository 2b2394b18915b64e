import { newId } from '../../base/ids.ts';
import type { Ledger, Submitted } from '../../ledger/family.ts';
import { type CardActions, type CardDeps, createCardActions } from './cards.ts';
import { type BillItem, type ItemOutcome, recordItems } from './items.ts';
import { createLeaveActions, type LeaveActions, type LeaveDeps } from './leave.ts';
import { createPlanChangeActions, type PlanChangeActions } from './plan-change.ts';
import type { TopUpAnswer, TopUpFamily } from './top-up.ts';

/** The use cases of billing. Each takes a `requestId`: a repeat has one effect and the same answer. */
export interface BillingActions extends PlanChangeActions, LeaveActions, CardActions {
  /** Data now, its price onto the bill of this month. */
  topUp(asked: {
    requestId: string;
    contractorId: string;
    subscriptionId: string;
    packCode: string;
  }): Promise<Submitted<TopUpAnswer>>;
  /** Takes calls and corrections of the operator's own systems, each once by source and id, and answers in their order. */
  recordItems(asked: { source: string; items: readonly BillItem[] }): Promise<readonly ItemOutcome[]>;
}

export function createBillingActions(
  deps: LeaveDeps & CardDeps & { ledger: Ledger; topUps: TopUpFamily },
): BillingActions {
  const { ledger, topUps } = deps;
  return {
    ...createPlanChangeActions(deps),
    ...createLeaveActions(deps),
    ...createCardActions(deps),
    recordItems: (asked) => recordItems(deps, { ...asked, now: deps.clock.now() }),
    topUp: (asked) => ledger.submit(topUps, { kind: 'top-up', chargeId: newId(), ...asked }),
  };
}
