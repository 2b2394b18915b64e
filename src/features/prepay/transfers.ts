import { z } from '@hono/zod-openapi';
import { readMsisdn } from '../../base/msisdn.ts';
import { accept } from '../../base/refusal.ts';
import { inTransaction } from '../../infra/db/index.ts';
import { keyedHash } from '../../infra/secrets.ts';
import { isGiftConflict, sayOfGift } from '../gifts/index.ts';
import { cancelInput, describeAction } from './action.ts';
import { AMOUNT_INVALID, NOT_FOUND, refusal } from './answers.ts';
import {
  bucketOf,
  logicalResource,
  productOf,
  productRef,
  RECEIVER,
  readBucketId,
  resourceOf,
  sentAside,
  sentQuantity,
  sentRef,
  words,
} from './refs.ts';
import { bytesOf } from './rules/amounts.ts';

const phoneNumber = sentRef(words(30));

const input = z
  .strictObject({
    amount: sentQuantity,
    usageType: z.literal('data'),
    bucket: sentRef(words(100)).openapi({ description: 'A bucket of the giver, of a kind that may be given away' }),
    logicalResource: z
      .array(phoneNumber)
      .length(1)
      .openapi({ description: 'The phone number of the giver, with its country code' }),
    receiverBucket: sentRef(z.literal(RECEIVER)).openapi({ description: 'Symbolic: whoever gives cannot know its id' }),
    receiverBucketUsageType: z.literal('data'),
    receiverLogicalResource: phoneNumber.openapi({ description: 'The phone number of the receiver' }),
    channel: sentRef(words(100)),
    reason: words(300),
    costOwner: z.literal('originator').optional().openapi({ description: 'A fee is the giver’s' }),
    ...sentAside,
  })
  .openapi('TransferBalanceCreate');

const added = {
  logicalResource: z.array(logicalResource),
  receiverBucket: z
    .object({ id: z.string(), href: z.string().optional(), '@referredType': z.literal('Bucket') })
    .openapi({ description: `\`${RECEIVER}\` until it has been received` }),
  receiverBucketUsageType: z.literal('data'),
  receiverLogicalResource: logicalResource,
  receiverProduct: productRef.optional(),
  costOwner: z.literal('originator'),
  transferCost: z.object({ unit: z.literal('JPY'), value: z.int() }).openapi({ description: 'Onto the giver’s bill' }),
  claimBy: z.string().optional().openapi({ description: 'Until when it can be received (an extension)' }),
};

const endInput = z
  .strictObject({
    ...cancelInput,
    ...z
      .object({
        channel: sentRef(words(100)),
        logicalResource: z.array(phoneNumber),
        receiverLogicalResource: phoneNumber,
      })
      .partial().shape,
  })
  .openapi('TransferBalanceUpdate', {
    description: 'Only the status changes; the standard has the rest sent along, and it is not looked at',
  });

/** Gifts between two subscriptions, under the operator's gift policy and never around it. */
export const transfers = describeAction({
  kind: 'transfer',
  noun: 'transfer',
  says: {
    does: 'Gives data from one subscription to another, as its user would, by the rules of gifts',
    done: 'Set aside, until the receiver takes it',
    conflict: 'the state of things does not allow it',
  },
  input,
  added,
  addedOf: ({ subscriptionId, receiverSubscriptionId: receiver, status, waitsUntil }, site) => ({
    logicalResource: [resourceOf(subscriptionId)],
    receiverBucket:
      receiver === null ? { id: RECEIVER, '@referredType': 'Bucket' as const } : bucketOf(site, receiver, 'gift'),
    receiverBucketUsageType: 'data' as const,
    receiverLogicalResource: resourceOf(receiver ?? RECEIVER),
    ...(receiver === null ? {} : { receiverProduct: productOf(receiver)[0] }),
    costOwner: 'originator' as const,
    transferCost: { unit: 'JPY' as const, value: site.giftFeeYen },
    ...(status === 'created' && waitsUntil !== null ? { claimBy: waitsUntil.toString() } : {}),
  }),

  async ask({ amount, bucket, channel, reason, ...sides }, { operator, secrets, gifts, site, named }) {
    const amountBytes = bytesOf(amount, site.megabyte);
    if (amountBytes === undefined) return AMOUNT_INVALID;
    const wanted = readBucketId(bucket.id);
    const giver = await named.ofNumber(sides.logicalResource[0]?.id ?? '');
    // Number and bucket must be of one subscription.
    if (!wanted || giver?.subscriptionId !== wanted.subscriptionId) return NOT_FOUND;
    if (!operator.giftPolicy.sourceKinds.some((kind) => kind === wanted.kind)) {
      return refusal(400, 'bucketNotForTransfer', 'Data of this kind is not given away');
    }
    const number = readMsisdn(sides.receiverLogicalResource.id);
    if (number === undefined) return refusal(400, 'numberInvalid', 'The receiver’s is no phone number');
    const { subscriptionId } = giver;
    const hidden = keyedHash(secrets.lookup, `transfer:${number}`).toString('hex');
    return accept({
      subscriptionId,
      bucket: wanted.kind,
      amountBytes,
      sameBy: [subscriptionId, wanted.kind, amountBytes, hidden, channel.id, reason],
      move: async (tx, { actionId: giftId, requestedAt }) => {
        const offer = { giftId, senderSubscriptionId: subscriptionId, number, amountBytes };
        const offered = await gifts.transfers.offer(tx, requestedAt, offer);
        if (offered.ok) return offered;
        const { code } = offered;
        if (code === 'too-many-tries') return refusal(409, code, 'This giver has given to too many numbers today');
        return refusal(isGiftConflict(code) ? 409 : 400, code, sayOfGift(code));
      },
    });
  },

  end: {
    says: { does: 'Takes a transfer back that nobody has received yet', done: 'It is back' },
    input: endInput,
    otherwise: refusal(409, 'notCancellable', 'It has been received, or its time was up'),
    async end({ actionId, status }, _, { db, clock, gifts }) {
      if (status === 'created') await inTransaction(db, (tx) => gifts.transfers.takeBack(tx, clock.now(), actionId));
    },
  },
});
