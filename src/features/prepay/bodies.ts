import type { Action, ActionKind } from './action-store.ts';
import { accountOf, bucketOf, PREPAY, productOf, RECEIVER, resourceOf, type Site } from './refs.ts';
import { quantityOf } from './rules/amounts.ts';

/** What each kind of action is called in addresses and events. */
export const RESOURCES = {
  topup: 'topupBalance',
  transfer: 'transferBalance',
  adjust: 'adjustBalance',
  reserve: 'reserveBalance',
} as const satisfies Record<ActionKind, string>;

export const pathOf = <Kind extends ActionKind>(kind: Kind) => `${PREPAY}/${RESOURCES[kind]}` as const;

export type Bodies = ReturnType<typeof createBodies>;

/** Actions as they are answered and told of. */
export function createBodies(site: Site, { feeYen }: { feeYen: number }) {
  return {
    topup: (action: Action) => ({ ...common(action), '@type': 'TopupBalance' as const }),
    transfer: (action: Action) => {
      const { subscriptionId, receiverSubscriptionId: receiver, waitsUntil } = action;
      return {
        ...common(action),
        logicalResource: [resourceOf(subscriptionId)],
        receiverBucket:
          receiver === null ? { id: RECEIVER, '@referredType': 'Bucket' as const } : bucketOf(site, receiver, 'gift'),
        receiverBucketUsageType: 'data' as const,
        receiverLogicalResource: resourceOf(receiver ?? RECEIVER),
        ...(receiver === null ? {} : { receiverProduct: productOf(receiver)[0] }),
        costOwner: 'originator' as const,
        transferCost: { unit: 'JPY' as const, value: feeYen },
        ...(action.status === 'created' && waitsUntil !== null ? { claimBy: waitsUntil.toString() } : {}),
        '@type': 'TransferBalance' as const,
      };
    },
    adjust: (action: Action) => ({
      ...common(action),
      adjustType: 'oneTime' as const,
      ...(action.note === null ? {} : { note: action.note }),
      '@type': 'AdjustBalance' as const,
    }),
    reserve: (action: Action) => {
      const { usedBytes, overBytes } = action;
      return {
        ...common(action),
        partyAccount: accountOf(action.contractorId),
        validFor: { endDateTime: (action.waitsUntil ?? action.requestedAt).toString() },
        ...(action.status === 'completed' && usedBytes !== null && overBytes !== null
          ? { usedValue: quantityOf(usedBytes, site.megabyte), overValue: quantityOf(overBytes, site.megabyte) }
          : {}),
        '@type': 'ReserveBalance' as const,
      };
    },
  };

  function common(action: Action) {
    const { actionId, kind, subscriptionId, status, channel, reason, endedAt } = action;
    return {
      id: actionId,
      href: `${site.publicUrl}${pathOf(kind)}/${actionId}`,
      status,
      usageType: 'data' as const,
      amount: quantityOf(action.amountBytes, site.megabyte),
      bucket: bucketOf(site, subscriptionId, action.bucket),
      product: productOf(subscriptionId),
      ...(channel === null ? {} : { channel: { id: channel } }),
      ...(reason === null ? {} : { reason }),
      requestedDate: action.requestedAt.toString(),
      ...(status === 'completed' && endedAt !== null ? { confirmationDate: endedAt.toString() } : {}),
    };
  }
}
