import type { Temporal } from 'temporal-polyfill';
import type { MegabyteSize } from '../../../base/bytes.ts';
import { isId } from '../../../base/ids.ts';
import { type Subscription, serviceState } from '../../contractors/index.ts';
import type { Balance } from '../balance/balance.ts';
import { quantityOf } from './amounts.ts';
import { type AccumulatedBody, type BucketBody, PREPAY, type TopupBody } from './shapes.ts';
import type { PrepayTopup } from './topup-store.ts';

export interface Site {
  readonly publicUrl: string;
  readonly megabyte: MegabyteSize;
}

/** A subscription and one kind of its data. */
const bucketId = (subscriptionId: string, kind: string) => `${subscriptionId}.${kind}`;

/** Whose bucket it is, and of which kind; undefined for what is no id of one. */
export function readBucketId(id: string): { subscriptionId: string; kind: string } | undefined {
  const [subscriptionId = '', kind = ''] = id.split('.', 2);
  return isId(subscriptionId) ? { subscriptionId, kind } : undefined;
}

const productOf = (id: string) => [{ id, '@referredType': 'Product' as const }];
const accountOf = (id: string) => ({ id, '@referredType': 'PartyAccount' as const });

function bucketRef({ publicUrl }: Site, subscriptionId: string, kind: string) {
  const id = bucketId(subscriptionId, kind);
  return { id, href: `${publicUrl}${PREPAY}/bucket/${id}`, '@referredType': 'Bucket' as const };
}

/** The four kinds of a subscription's data, in the order of use. */
export function bucketBodies(
  site: Site,
  { subscription, balance, now }: { subscription: Subscription; balance: Balance; now: Temporal.Instant },
): BucketBody[] {
  const { subscriptionId, contractorId } = subscription;
  const isOver = serviceState(subscription, now) === 'ended';
  return balance.buckets.map(({ kind, remainingBytes, expiresAt }, index) => {
    const { id, href } = bucketRef(site, subscriptionId, kind);
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

export function accumulatedBody(
  site: Site,
  { subscription, balance, now }: { subscription: Subscription; balance: Balance; now: Temporal.Instant },
): AccumulatedBody {
  const { subscriptionId, contractorId } = subscription;
  const isOver = serviceState(subscription, now) === 'ended';
  return {
    id: subscriptionId,
    href: `${site.publicUrl}${PREPAY}/accumulatedBalance/${subscriptionId}`,
    name: 'data',
    totalBalance: quantityOf(isOver ? 0 : balance.totalBytes, site.megabyte),
    reservedValue: quantityOf(balance.reservedBytes, site.megabyte),
    bucket: balance.buckets.map(({ kind }) => bucketRef(site, subscriptionId, kind)),
    product: productOf(subscriptionId),
    partyAccount: accountOf(contractorId),
    '@type': 'AccumulatedBalance',
  };
}

export function topupBody(site: Site, topup: PrepayTopup): TopupBody {
  const { topupId, subscriptionId, amountBytes, channel, requestedAt } = topup;
  return {
    id: topupId,
    href: `${site.publicUrl}${PREPAY}/topupBalance/${topupId}`,
    status: 'completed',
    usageType: 'data',
    amount: quantityOf(amountBytes, site.megabyte),
    bucket: bucketRef(site, subscriptionId, 'top-up'),
    product: productOf(subscriptionId),
    ...(channel === null ? {} : { channel: { id: channel } }),
    requestedDate: requestedAt.toString(),
    confirmationDate: requestedAt.toString(),
    '@type': 'TopupBalance',
  };
}
