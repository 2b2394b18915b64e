import { z } from '@hono/zod-openapi';
import type { Temporal } from 'temporal-polyfill';
import { dayOf, endOfDay, endOfMonth, monthOf, startOfDay, startOfMonth } from '../../base/operator-month.ts';
import { type Subscription, serviceState } from '../contractors/index.ts';
import { type Balance, BUCKET_KINDS } from '../data/index.ts';
import { accountOf, accountRef, bucketOf, productOf, productRef, quantity, type Site, WHOLE } from './refs.ts';
import { quantityOf } from './rules/amounts.ts';

const counter = z
  .object({
    counterType: z.literal('used'),
    level: z.literal('global'),
    value: quantity,
    consumptionPeriod: z.object({ startDateTime: z.string(), endDateTime: z.string() }),
  })
  .openapi('ConsumptionSummary');
const bucket = z
  .object({
    id: z.string(),
    href: z.string(),
    name: z.enum(['data', ...BUCKET_KINDS]),
    usageType: z.literal('data'),
    status: z.enum(['active', 'expired']),
    remainingValue: quantity,
    reservedValue: quantity.optional(),
    validFor: z.object({ endDateTime: z.string() }).optional(),
    bucketCounter: z.array(counter).optional(),
    bucketRelationship: z
      .array(z.object({ relationshipType: z.literal('isAggregated'), bucketRefOrValue: z.object({ id: z.string() }) }))
      .optional(),
    '@type': z.literal('Bucket'),
  })
  .openapi('BucketRefOrValue');

/** What is left and was used of one subscription. */
export const consumption = z
  .object({
    id: z.uuid().openapi({ description: 'The subscription' }),
    state: z.literal('done'),
    creationDate: z.string(),
    lastUpdate: z.string(),
    product: z.array(productRef),
    partyAccount: z.array(accountRef),
    bucketRefOrValue: z
      .array(bucket)
      .openapi({ description: 'All data with its counters, then the kinds it is made of, in the order of use' }),
    '@type': z.literal('UsageConsumption'),
  })
  .openapi('UsageConsumption');

/** All data with its counters of this month and today, then the kinds it is made of. */
export function reportOf(
  site: Site,
  of: { subscription: Subscription; balance: Balance; now: Temporal.Instant; zone: string },
): z.infer<typeof consumption> {
  const { subscription, balance, now, zone } = of;
  const { subscriptionId, contractorId } = subscription;
  const isOver = serviceState(subscription, now) === 'ended';
  const status = isOver ? 'expired' : 'active';
  const amount = (bytes: number) => quantityOf(bytes, site.megabyte);
  const left = (bytes: number) => amount(isOver ? 0 : bytes);
  const refOf = (kind: string) => {
    const { id, href } = bucketOf(site, subscriptionId, kind);
    return { id, href };
  };
  const common = { usageType: 'data', status, '@type': 'Bucket' } as const;
  const used = (bytes: number, from: Temporal.Instant, to: Temporal.Instant) => ({
    counterType: 'used' as const,
    level: 'global' as const,
    value: amount(bytes),
    consumptionPeriod: { startDateTime: from.toString(), endDateTime: to.toString() },
  });
  const month = monthOf(now, zone);
  const today = dayOf(now, zone);
  const whole = {
    ...common,
    ...refOf(WHOLE),
    name: 'data' as const,
    remainingValue: left(balance.totalBytes),
    reservedValue: amount(balance.reservedBytes),
    bucketCounter: [
      used(balance.monthBytes, startOfMonth(month, zone), endOfMonth(month, zone)),
      used(balance.todayBytes, startOfDay(today, zone), endOfDay(today, zone)),
    ],
  };
  const kinds = balance.buckets.map(({ kind, remainingBytes, expiresAt }) => ({
    ...common,
    ...refOf(kind),
    name: kind,
    remainingValue: left(remainingBytes),
    ...(expiresAt === null ? {} : { validFor: { endDateTime: expiresAt.toString() } }),
    bucketRelationship: [{ relationshipType: 'isAggregated' as const, bucketRefOrValue: { id: subscriptionId } }],
  }));
  return {
    id: subscriptionId,
    state: 'done',
    creationDate: now.toString(),
    lastUpdate: now.toString(),
    product: productOf(subscriptionId),
    partyAccount: [accountOf(contractorId)],
    bucketRefOrValue: [whole, ...kinds],
    '@type': 'UsageConsumption',
  };
}
