import { z } from '@hono/zod-openapi';
import { accept } from '../../base/refusal.ts';
import { audit, runnerOf } from '../../infra/db/index.ts';
import { submitWithin } from '../../ledger/within.ts';
import { serviceState } from '../contractors/index.ts';
import { describeAction } from './action.ts';
import { AMOUNT_INVALID, NOT_FOUND, NOT_IN_SERVICE, refusal } from './answers.ts';
import { readBucketId, sentAside, sentQuantity, sentRef, words } from './refs.ts';
import { bytesOf } from './rules/amounts.ts';

const input = z
  .strictObject({
    amount: sentQuantity,
    usageType: z.literal('data'),
    bucket: sentRef(words(100)).openapi({ description: 'The bucket of kind top-up of the subscription' }),
    partyAccount: sentRef(z.uuid()).openapi({ description: 'The contractor' }),
    channel: sentRef(words(100)).optional(),
    reason: words(300).optional(),
    ...sentAside,
  })
  .openapi('TopupBalanceCreate');

/** Data that was paid elsewhere comes into the ledger; nothing of it comes onto a bill. */
export const topUps = describeAction({
  kind: 'topup',
  noun: 'top-up',
  says: {
    does: 'Adds data that was paid elsewhere: at once, once for each key, and on no bill',
    done: 'Done',
    conflict: 'the subscription is not in service',
  },
  input,
  added: {},
  addedOf: () => ({}),

  async ask({ amount, bucket, partyAccount, channel }, { data, site, named }) {
    const amountBytes = bytesOf(amount, site.megabyte);
    if (amountBytes === undefined) return AMOUNT_INVALID;
    const wanted = readBucketId(bucket.id);
    const subscription = await named.subscription(wanted?.subscriptionId);
    if (!wanted || subscription?.contractorId !== partyAccount.id) return NOT_FOUND;
    if (wanted.kind !== 'top-up') {
      return refusal(400, 'bucketNotForTopup', 'Only the bucket of kind top-up is topped up');
    }
    const { subscriptionId, contractorId } = subscription;
    return accept({
      subscriptionId,
      bucket: wanted.kind,
      amountBytes,
      sameBy: [subscriptionId, amountBytes, channel?.id ?? null],
      move: async (tx, { actionId, requestedAt }) => {
        if (serviceState(subscription, requestedAt) !== 'in-service') return NOT_IN_SERVICE;
        const sql = runnerOf(tx);
        const command = { kind: 'top-up' as const, requestId: `tmf654:${actionId}`, subscriptionId, amountBytes };
        const [answer] = await submitWithin(sql, requestedAt, data.family, [command]);
        if (!answer?.ok || answer.answer.result !== 'changed') throw new Error('a top-up was not taken by the ledger');
        await audit(sql, requestedAt, {
          actor: { kind: 'provisioning' },
          action: 'data.topped-up',
          contractorId,
          subscriptionId,
          detail: { topupId: actionId, bytes: amountBytes },
        });
        return accept(null);
      },
    });
  },
});
