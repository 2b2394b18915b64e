import { z } from '@hono/zod-openapi';
import { accept } from '../../base/refusal.ts';
import { inTransaction, runnerOf } from '../../infra/db/index.ts';
import { momentShape } from '../../infra/http/api-shapes.ts';
import { askForCorrection, BUCKET_KINDS, type CorrectionRefusal } from '../data/index.ts';
import { OWN_SYSTEM } from '../staff/index.ts';
import { cancelInput, describeAction } from './action.ts';
import { AMOUNT_INVALID, NOT_FOUND, type Refusal, refusal } from './answers.ts';
import { readBucketId, sentAside, sentQuantity, sentRef, WHOLE, words } from './refs.ts';
import { wholeBytesOf } from './rules/amounts.ts';

const input = z
  .strictObject({
    amount: sentQuantity.openapi({ description: 'Below zero takes away' }),
    usageType: z.literal('data'),
    bucket: sentRef(words(100)).openapi({
      description: 'The bucket that gets it; to take away, the subscription’s id alone: it goes in the order of use',
    }),
    reason: words(500).min(5).openapi({ description: 'Whoever approves judges by it' }),
    validFor: z
      .strictObject({ endDateTime: momentShape })
      .optional()
      .openapi({ description: 'Of what is added, when it ends (exclusive); required there' }),
    adjustType: z.literal('oneTime').optional(),
    channel: sentRef(words(100)).optional(),
    logicalResource: z
      .array(sentRef(words(30)))
      .length(1)
      .optional()
      .openapi({ description: 'Its phone number' }),
    ...sentAside,
  })
  .openapi('AdjustBalanceCreate');

const added = {
  adjustType: z.literal('oneTime'),
  note: z.string().optional().openapi({ description: 'What was said to the decision (an extension)' }),
};

/**
 * Corrections asked for by the operator's own systems. They stand on one key, which is nobody: so a system only ever asks, and one
 * of the staff decides, in the console like any other correction.
 */
export const adjustments = describeAction({
  kind: 'adjust',
  noun: 'adjustment',
  says: {
    does: 'Asks for a correction of what is left; one of the staff approves it',
    done: 'Asked for: nothing has moved yet',
    conflict: 'the state of things does not allow it',
  },
  input,
  added,
  addedOf: ({ note }) => ({ adjustType: 'oneTime' as const, ...(note === null ? {} : { note }) }),

  async ask({ amount, bucket, reason, validFor, channel, logicalResource }, { staff, data, site, named }) {
    const amountBytes = wholeBytesOf(amount, site.megabyte);
    if (!amountBytes) return AMOUNT_INVALID;
    const wanted = readBucketId(bucket.id);
    const subscription = await named.subscription(wanted?.subscriptionId);
    const [number] = logicalResource ?? [];
    const holder = number ? await named.ofNumber(number.id) : subscription;
    if (!wanted || !subscription || holder?.subscriptionId !== subscription.subscriptionId) return NOT_FOUND;
    const kind = BUCKET_KINDS.find((each) => each === wanted.kind);
    if (amountBytes < 0 ? wanted.kind !== WHOLE : kind === undefined) {
      return refusal(
        400,
        'bucketNotForAdjust',
        'Data is added to a bucket, and taken away from the subscription in the order of use',
      );
    }
    const { subscriptionId } = subscription;
    const into = kind && validFor ? { bucket: kind, expiresAt: validFor.endDateTime } : null;
    return accept({
      subscriptionId,
      bucket: wanted.kind,
      amountBytes,
      sameBy: [subscriptionId, wanted.kind, amountBytes, into?.expiresAt ?? null, channel?.id ?? null, reason],
      move: async (tx, { actionId: requestId, requestedAt: now }) => {
        const correction = { requestId, subscription, amountBytes, into, reason, by: OWN_SYSTEM, now };
        const asked = await askForCorrection({ staff, data }, runnerOf(tx), correction, tx);
        return asked.ok ? asked : notAdjusted(asked.code);
      },
    });
  },

  end: {
    says: { does: 'Withdraws an adjustment that nobody has decided about', done: 'Withdrawn' },
    input: z.strictObject(cancelInput).openapi('AdjustBalanceUpdate'),
    otherwise: refusal(409, 'notCancellable', 'It has been made'),
    async end({ actionId: requestId }, { reason }, { db, staff }) {
      await inTransaction(db, (tx) => staff.withdraw(tx, { requestId, note: reason ?? null }));
    },
  },
});

/** What may change by itself is a conflict; what is wrong with the request itself is not. */
function notAdjusted(code: CorrectionRefusal | 'reason-missing'): Refusal {
  switch (code) {
    case 'subscription-ended':
      return refusal(409, code, 'The subscription has ended');
    case 'not-enough-data':
      return refusal(409, code, 'Only what is there is taken away');
    case 'kind-and-end-missing':
      return refusal(400, code, 'What is added has an end: validFor.endDateTime');
    case 'already-ended':
      return refusal(400, code, 'What is added ends in the future');
    case 'too-far-away':
      return refusal(400, code, 'What is added ends within two years');
    case 'no-reason':
    case 'reason-missing':
      return refusal(400, code, 'A correction says why, in five characters at least');
    case 'not-an-amount':
    case 'no-second-person':
      throw new Error(`an adjustment was refused with ${code}`);
  }
}
