import { createHash } from 'node:crypto';
import type { Clock } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import { accept, type Decision, refuse } from '../../../base/refusal.ts';
import { audit, type Db, inTransaction, runnerOf } from '../../../infra/db/index.ts';
import { submitWithin } from '../../../ledger/within.ts';
import { type Subscription, serviceState } from '../../contractors/index.ts';
import type { DataFamily } from '../batch/family.ts';
import { insertTopup, loadTopupOfRequest, type PrepayTopup } from './topup-store.ts';

export type TopUpFault = 'notInService' | 'conflict';

/**
 * Brings data that was paid elsewhere into the ledger, once for each key: the top-up and the ledger's entry are one
 * transaction. Nothing of it comes onto a bill.
 */
export async function topUpPrepaid(
  { db, clock, family }: { db: Db; clock: Clock; family: DataFamily },
  asked: { requestId: string; subscription: Subscription; amountBytes: number; channel: string | null },
): Promise<Decision<PrepayTopup, TopUpFault>> {
  const { requestId, subscription, amountBytes, channel } = asked;
  const { subscriptionId, contractorId } = subscription;
  const body = JSON.stringify([subscriptionId, amountBytes, channel]);
  const requestHash = createHash('sha256').update(body).digest();
  return inTransaction(db, async (tx): Promise<Decision<PrepayTopup, TopUpFault>> => {
    const sql = runnerOf(tx);
    const now = clock.now();
    const before = await loadTopupOfRequest(sql, requestId);
    if (!before && serviceState(subscription, now) !== 'in-service') return refuse('notInService');
    const topup = { topupId: newId(), subscriptionId, amountBytes, channel, requestedAt: now };
    const made = before ? null : await insertTopup(sql, { ...topup, requestId, requestHash });
    if (!made) {
      const known = before ?? (await loadTopupOfRequest(sql, requestId));
      if (!known) throw new Error('a key that was used is not there');
      const { requestHash: hash, ...first } = known;
      return hash.equals(requestHash) ? accept(first) : refuse('conflict');
    }
    const command = { kind: 'top-up' as const, requestId: `tmf654:${made.topupId}`, subscriptionId, amountBytes };
    const [answer] = await submitWithin(sql, now, family, [command]);
    if (!answer?.ok || answer.answer.result !== 'changed') throw new Error('a top-up was not taken by the ledger');
    const detail = { topupId: made.topupId, bytes: amountBytes };
    await audit(sql, now, {
      actor: { kind: 'provisioning' },
      action: 'data.topped-up',
      contractorId,
      subscriptionId,
      detail,
    });
    return accept(made);
  });
}
