import { z } from '@hono/zod-openapi';
import type { MegabyteSize } from '../../base/bytes.ts';
import { isId } from '../../base/ids.ts';
import { units } from './rules/amounts.ts';

/** What the parts of TM Forum's prepay balance have in common: how things are named, as they are sent and as they are answered. */

export const PREPAY = '/tmf-api/prepayBalanceManagement/v4';
export const PREPAY_TAG = 'Prepay balance (TMF654)';

export interface Site {
  readonly publicUrl: string;
  readonly megabyte: MegabyteSize;
  readonly giftFeeYen: number;
}

export const words = (most: number) => z.string().trim().min(1).max(most);
export const quantity = z.object({ amount: z.number(), units: z.enum(units) });
export const period = z.object({ endDateTime: z.string() });
export const productRef = z.object({ id: z.uuid(), '@referredType': z.literal('Product') });
export const bucketRef = z.object({ id: z.string(), href: z.string(), '@referredType': z.literal('Bucket') });
export const accountRef = z.object({ id: z.uuid(), '@referredType': z.literal('PartyAccount') });

/** A reference as it is sent: what stands beside the id only helps people to read it. */
export const sentRef = (id: z.ZodType<string>) =>
  z.strictObject({
    id,
    href: z.string().optional(),
    name: z.string().optional(),
    '@referredType': z.string().optional(),
  });

export const sentQuantity = z.strictObject({ amount: z.number(), units: z.enum(units) });

/** The attributes that every action takes, and may do without. */
export const sentAside = { description: words(300).optional(), '@type': z.string().optional() };

/** What became of an action: `failed` where it came to nothing by itself, `cancelled` where somebody ended it. */
export const actionStatuses = ['created', 'completed', 'cancelled', 'failed'] as const;

/** A number, told by the subscription that has it. */
export const logicalResource = z
  .object({ id: z.string(), '@referredType': z.literal('LogicalResource') })
  .openapi({ description: 'By its subscription: answers hold no number' });
export const resourceOf = (id: string) => ({ id, '@referredType': 'LogicalResource' as const });

/** Stands for a bucket and a number that whoever gives cannot know. */
export const RECEIVER = 'receiver';

/** All of a subscription's data, in the order of use: named by the subscription alone, as its accumulated balance is. */
export const WHOLE = 'all';

/** Whose bucket it is, and of which kind; undefined for what is no id of one. */
export function readBucketId(id: string): { subscriptionId: string; kind: string } | undefined {
  const [subscriptionId = '', kind = WHOLE] = id.split('.', 2);
  return isId(subscriptionId) ? { subscriptionId, kind } : undefined;
}

export const productOf = (id: string) => [{ id, '@referredType': 'Product' as const }];
export const accountOf = (id: string) => ({ id, '@referredType': 'PartyAccount' as const });

export function bucketOf({ publicUrl }: Site, subscriptionId: string, kind: string) {
  const [resource, id] =
    kind === WHOLE ? ['accumulatedBalance', subscriptionId] : ['bucket', `${subscriptionId}.${kind}`];
  return { id, href: `${publicUrl}${PREPAY}/${resource}/${id}`, '@referredType': 'Bucket' as const };
}
