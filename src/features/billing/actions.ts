import { newId } from '../../base/ids.ts';
import type { Ledger, Submitted } from '../../ledger/family.ts';
import type { TopUpAnswer, TopUpFamily } from './top-up.ts';

/** The use cases of billing. Each takes a `requestId`: a repeat has one effect and the same answer. */
export interface BillingActions {
  /** Data now, its price onto the bill of this month. */
  topUp(asked: {
    requestId: string;
    contractorId: string;
    subscriptionId: string;
    packCode: string;
  }): Promise<Submitted<TopUpAnswer>>;
}

export function createBillingActions(deps: { ledger: Ledger; topUps: TopUpFamily }): BillingActions {
  const { ledger, topUps } = deps;
  return {
    topUp: (asked) => ledger.submit(topUps, { kind: 'top-up', chargeId: newId(), ...asked }),
  };
}
