import type { Operator } from '../../base/operator.ts';
import type { Billing } from '../../features/billing/index.ts';
import type { Invitations } from '../../features/invitations/index.ts';
import type { OrdersDeps } from '../../features/orders/index.ts';
import { runnerOf } from '../../infra/db/index.ts';

/** What an order causes elsewhere: its fee on a bill, its card forgotten, an entry code or an invitation used. */
export function orderHooks(
  operator: Operator,
  later: () => { billing: Billing; invitations: Invitations },
): Pick<OrdersDeps, 'onCompleted' | 'onWithdrawn' | 'onChanged' | 'isFeeWaived' | 'checkCodes'> {
  return {
    onCompleted: [
      async (tx, { orderId, contractorId, subscriptionId, application, changedAt }) => {
        const { billing, invitations } = later();
        const isWaived = await invitations.isFeeWaived(runnerOf(tx), orderId);
        const feeYen = isWaived ? 0 : operator.orders.registrationFeeYen;
        const begun = { orderId, contractorId, subscriptionId, now: changedAt, feeYen, card: application.payment };
        await billing.beginSubscription(tx, begun);
      },
    ],
    onWithdrawn: [
      (tx, { orderId, contractorId, subscriptionId, changedAt }) =>
        later().billing.giveBackMonthlyFees(tx, { orderId, contractorId, subscriptionId, now: changedAt }),
    ],
    isFeeWaived: (sql, { orderId }) => later().invitations.isFeeWaived(sql, orderId),
    checkCodes: (tx, application) => later().invitations.checkForOrder(tx, application),
    onChanged: [
      async (tx, { application }, { toState, fromState }) => {
        const isOver = toState === 'rejected' || (toState === 'cancelled' && fromState !== 'completed');
        if (isOver && application.payment) await later().billing.forgetCards(tx, [application.payment.reference]);
      },
      async (tx, { application }, { before }) => {
        const old = before?.payment;
        if (old && old.reference !== application.payment?.reference)
          await later().billing.forgetCards(tx, [old.reference]);
      },
      (tx, order, change) => later().invitations.onOrderChanged(tx, order, change),
    ],
  };
}
