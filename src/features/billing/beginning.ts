import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import { addMonths, type Month } from '../../base/operator-month.ts';
import { type Db, runnerOf } from '../../infra/db/index.ts';
import type { Card } from '../../infra/payments/payments.ts';
import type { Contractors } from '../contractors/index.ts';
import { saveCard } from './card-store.ts';
import { type Charge, type OwnSource, recordCharges } from './charge-store.ts';
import { type ClosingDeps, linesOf } from './closing.ts';

interface Beginning {
  readonly contractorId: string;
  readonly subscriptionId: string;
  /** What brought it about: charged and given back once by this. */
  readonly orderId: string;
  readonly now: Temporal.Instant;
}

/** What a subscription begins with: the card of a new contractor, and the fee for opening it, on the first bill. */
export async function beginSubscription(
  { calendar }: Pick<ClosingDeps, 'calendar'>,
  tx: Db,
  { orderId, now, feeYen, card, ...own }: Beginning & { feeYen: number; card: Card | null },
): Promise<void> {
  const sql = runnerOf(tx);
  if (card) await saveCard(sql, now, { contractorId: own.contractorId, card });
  if (feeYen === 0) return;
  const charge: Charge = {
    ...own,
    chargeId: newId(),
    kind: 'registration-fee',
    month: calendar.monthOf(now),
    label: { ja: '契約事務手数料', en: 'Registration fee' },
    amountYen: feeYen,
    isTaxed: true,
    source: 'order-registration' satisfies OwnSource,
    sourceId: orderId,
    causedAt: now,
  };
  await recordCharges(sql, now, [charge]);
}

/**
 * Gives back base fee, options and universal service fee of every month since a subscription opened: of those on a closed bill by
 * the next one, of the month under way by its own. What was bought, called, and the registration fee stay. To be called when the
 * subscription's end is set.
 */
export async function giveBackMonthlyFees(
  deps: Pick<ClosingDeps, 'operator' | 'calendar'> & {
    contractors: ClosingDeps['contractors'] & Pick<Contractors, 'subscriptions'>;
  },
  tx: Db,
  { orderId, now, contractorId, subscriptionId }: Beginning,
): Promise<void> {
  const sql = runnerOf(tx);
  const { calendar } = deps;
  const subscription = (await deps.contractors.subscriptions(sql, [subscriptionId])).get(subscriptionId);
  if (!subscription) throw new Error('fees of a subscription that is not there');
  const last = calendar.monthOf(now);
  const charges: Charge[] = [];
  for (let month: Month = calendar.monthOf(subscription.opensAt); month <= last; month = addMonths(month, 1)) {
    const owed = await linesOf(sql, deps, { contractorIds: [contractorId], month, isLocked: false });
    const amountYen = (owed.get(contractorId)?.lines ?? [])
      .filter((line) => line.subscriptionId === subscriptionId && line.chargeId === null)
      .reduce((sum, line) => sum + line.amountYen, 0);
    if (amountYen === 0) continue;
    charges.push({
      chargeId: newId(),
      contractorId,
      subscriptionId,
      kind: 'correction',
      month,
      label: { ja: '初期契約解除による月額料金の取り消し', en: 'Monthly fees given back (contract cancelled)' },
      amountYen: -amountYen,
      isTaxed: true,
      source: 'order-withdrawn' satisfies OwnSource,
      sourceId: `${orderId}:${month}`,
      causedAt: now,
    });
  }
  await recordCharges(sql, now, charges);
}
