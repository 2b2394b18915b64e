import { z } from '@hono/zod-openapi';
import type { Action, ActionKind } from './action-store.ts';
import { actionStatuses, bucketOf, bucketRef, PREPAY, productOf, productRef, quantity, type Site } from './refs.ts';
import { quantityOf } from './rules/amounts.ts';

/** What each kind of action is called in addresses and events. */
export const RESOURCES = {
  topup: 'topupBalance',
  transfer: 'transferBalance',
  adjust: 'adjustBalance',
  reserve: 'reserveBalance',
} as const satisfies Record<ActionKind, string>;

/** What each is called where its type is told. */
export const TYPES = {
  topup: 'TopupBalance',
  transfer: 'TransferBalance',
  adjust: 'AdjustBalance',
  reserve: 'ReserveBalance',
} as const satisfies Record<ActionKind, string>;

export const pathOf = <Kind extends ActionKind>(kind: Kind) => `${PREPAY}/${RESOURCES[kind]}` as const;

/** The attributes that every action is answered with. */
export const commonShape = z.object({
  id: z.uuid(),
  href: z.string(),
  status: z.enum(actionStatuses).openapi({
    description:
      '`created` while it waits; `cancelled` when somebody ended it, `failed` when it came to nothing by itself',
  }),
  usageType: z.literal('data'),
  amount: quantity,
  bucket: bucketRef,
  product: z.array(productRef),
  channel: z.object({ id: z.string() }).optional(),
  reason: z.string().optional(),
  requestedDate: z.string(),
  confirmationDate: z.string().optional().openapi({ description: 'When it was completed' }),
});

/** An action as it is answered and told of; each kind adds its own attributes. */
export type ActionBody = z.infer<typeof commonShape>;

/** What it has in common with all others. */
export function commonBody(site: Site, action: Action): ActionBody {
  const { actionId, kind, subscriptionId, status, channel, reason, endedAt } = action;
  return {
    id: actionId,
    href: `${site.publicUrl}${pathOf(kind)}/${actionId}`,
    status,
    usageType: 'data',
    amount: quantityOf(action.amountBytes, site.megabyte),
    bucket: bucketOf(site, subscriptionId, action.bucket),
    product: productOf(subscriptionId),
    ...(channel === null ? {} : { channel: { id: channel } }),
    ...(reason === null ? {} : { reason }),
    requestedDate: action.requestedAt.toString(),
    ...(status === 'completed' && endedAt !== null ? { confirmationDate: endedAt.toString() } : {}),
  };
}
