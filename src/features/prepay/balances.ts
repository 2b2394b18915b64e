import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Temporal } from 'temporal-polyfill';
import { selectFields, tmfError, tmfList } from '../../infra/http/tmf.ts';
import { tmfListRoute, tmfReadRoute } from '../../infra/http/tmf-routes.ts';
import type { WebContext, WebEnv } from '../../infra/http/web-env.ts';
import { type Subscription, serviceState } from '../contractors/index.ts';
import type { Balance } from '../data/index.ts';
import { answerRefusal, NOT_FOUND } from './answers.ts';
import type { PrepayParts } from './deps.ts';
import {
  accountOf,
  accountRef,
  bucketOf,
  bucketRef,
  PREPAY,
  PREPAY_TAG,
  period,
  productOf,
  productRef,
  quantity,
  readBucketId,
  type Site,
} from './refs.ts';
import { quantityOf } from './rules/amounts.ts';

const KINDS = ['carry-over', 'gift', 'base', 'top-up'] as const;

const bucketShape = z
  .object({
    id: z.string().openapi({ description: 'The subscription and the kind; the same for good' }),
    href: z.string(),
    name: z.enum(KINDS),
    usageType: z.literal('data'),
    status: z.enum(['active', 'expired']),
    remainingValue: quantity,
    remainingValueName: z.string(),
    validFor: period.optional().openapi({ description: 'Until when the part that ends first can be used (exclusive)' }),
    consumptionOrder: z.int().openapi({ description: 'From 1: which is used first (an extension)' }),
    product: z.array(productRef),
    partyAccount: accountRef,
    '@type': z.literal('Bucket'),
  })
  .openapi('Bucket');

const accumulatedShape = z
  .object({
    id: z.uuid().openapi({ description: 'The subscription' }),
    href: z.string(),
    name: z.literal('data'),
    totalBalance: quantity,
    reservedValue: quantity.openapi({ description: 'On loan to the network beside the total (an extension)' }),
    bucket: z.array(bucketRef),
    product: z.array(productRef),
    partyAccount: accountRef,
    '@type': z.literal('AccumulatedBalance'),
  })
  .openapi('AccumulatedBalance');

/** Whose it is: by subscription, by phone number as it is now, or by contractor. */
const whose = {
  'product.id': z.uuid().optional().openapi({ description: 'A subscription' }),
  'logicalResource.id': z.string().max(30).optional().openapi({ description: 'A phone number, with its country code' }),
  'partyAccount.id': z.uuid().optional().openapi({ description: 'A contractor' }),
};
const ofBuckets = { tag: PREPAY_TAG, shape: bucketShape };
const ofTotals = { tag: PREPAY_TAG, shape: accumulatedShape };

export const balanceRoutes = {
  listBuckets: tmfListRoute({
    ...ofBuckets,
    path: `${PREPAY}/bucket`,
    summary: 'What is left of each kind, in the order of use; of one subscription, number or contractor',
    filters: { ...whose, name: z.enum(KINDS).optional() },
  }),
  readBucket: tmfReadRoute({ ...ofBuckets, path: `${PREPAY}/bucket/{id}`, summary: 'What is left of one kind' }),
  listAccumulated: tmfListRoute({
    ...ofTotals,
    path: `${PREPAY}/accumulatedBalance`,
    summary: 'What is left in all; of one subscription, number or contractor',
    filters: whose,
  }),
  readAccumulated: tmfReadRoute({
    ...ofTotals,
    path: `${PREPAY}/accumulatedBalance/{id}`,
    summary: 'What a subscription has left in all',
  }),
};

/** What is left: the four kinds of a subscription's data, and all of it. */
export function answerBalances(app: OpenAPIHono<WebEnv>, deps: PrepayParts): void {
  const { clock, data, site, named } = deps;

  app.openapi(balanceRoutes.listBuckets, async (c) => {
    const { fields, offset, limit, name, ...asked } = c.req.valid('query');
    const found = await named.subscriptionsOf(asked);
    if (!found) return nobodyNamed(c);
    const all = (await standings(found)).flatMap((each) => bucketBodies(site, each));
    const fitting = all.filter((bucket) => name === undefined || bucket.name === name);
    return tmfList(c, fitting.slice(offset, offset + limit), { total: fitting.length, fields });
  });

  app.openapi(balanceRoutes.readBucket, async (c) => {
    const { id } = c.req.valid('param');
    const subscription = await named.subscription(readBucketId(id)?.subscriptionId);
    const [standing] = subscription ? await standings([subscription]) : [];
    const bucket = standing && bucketBodies(site, standing).find((each) => each.id === id);
    return bucket ? c.json(selectFields(bucket, c.req.valid('query').fields), 200) : answerRefusal(c, NOT_FOUND);
  });

  app.openapi(balanceRoutes.listAccumulated, async (c) => {
    const { fields, offset, limit, ...asked } = c.req.valid('query');
    const found = await named.subscriptionsOf(asked);
    if (!found) return nobodyNamed(c);
    const all = (await standings(found)).map((each) => accumulatedBody(site, each));
    return tmfList(c, all.slice(offset, offset + limit), { total: all.length, fields });
  });

  app.openapi(balanceRoutes.readAccumulated, async (c) => {
    const subscription = await named.subscription(c.req.valid('param').id);
    const [standing] = subscription ? await standings([subscription]) : [];
    if (!standing) return answerRefusal(c, NOT_FOUND);
    return c.json(selectFields(accumulatedBody(site, standing), c.req.valid('query').fields), 200);
  });

  async function standings(found: readonly Subscription[]): Promise<Standing[]> {
    const now = clock.now();
    const ids = found.map(({ subscriptionId }) => subscriptionId);
    const balances = await data.balances(named.sql, ids, now);
    return found.flatMap((subscription, index) => {
      const balance = balances[index];
      return balance ? [{ subscription, balance, now }] : [];
    });
  }
}

interface Standing {
  readonly subscription: Subscription;
  readonly balance: Balance;
  readonly now: Temporal.Instant;
}

/** The four kinds of a subscription's data, in the order of use. */
function bucketBodies(site: Site, { subscription, balance, now }: Standing): z.infer<typeof bucketShape>[] {
  const { subscriptionId, contractorId } = subscription;
  const isOver = serviceState(subscription, now) === 'ended';
  return balance.buckets.map(({ kind, remainingBytes, expiresAt }, index) => {
    const { id, href } = bucketOf(site, subscriptionId, kind);
    return {
      id,
      href,
      name: kind,
      usageType: 'data',
      status: isOver ? 'expired' : 'active',
      remainingValue: quantityOf(isOver ? 0 : remainingBytes, site.megabyte),
      remainingValueName: 'Remaining data',
      ...(expiresAt === null ? {} : { validFor: { endDateTime: expiresAt.toString() } }),
      consumptionOrder: index + 1,
      product: productOf(subscriptionId),
      partyAccount: accountOf(contractorId),
      '@type': 'Bucket',
    };
  });
}

function accumulatedBody(site: Site, { subscription, balance, now }: Standing): z.infer<typeof accumulatedShape> {
  const { subscriptionId, contractorId } = subscription;
  const isOver = serviceState(subscription, now) === 'ended';
  return {
    id: subscriptionId,
    href: `${site.publicUrl}${PREPAY}/accumulatedBalance/${subscriptionId}`,
    name: 'data',
    totalBalance: quantityOf(isOver ? 0 : balance.totalBytes, site.megabyte),
    reservedValue: quantityOf(balance.reservedBytes, site.megabyte),
    bucket: balance.buckets.map(({ kind }) => bucketOf(site, subscriptionId, kind)),
    product: productOf(subscriptionId),
    partyAccount: accountOf(contractorId),
    '@type': 'AccumulatedBalance',
  };
}

const nobodyNamed = (c: WebContext) =>
  tmfError(c, 400, 'filterRequired', 'A subscription, a phone number or a contractor is named');
