import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { readMsisdn } from '../../base/msisdn.ts';
import { inTransaction } from '../../infra/db/index.ts';
import { idempotencyKeyHeader, idParameter } from '../../infra/http/api-shapes.ts';
import { tmfError, tmfErrorAnswer } from '../../infra/http/tmf.ts';
import {
  tmfBody,
  tmfCommon,
  tmfErrors,
  tmfJson,
  tmfListRoute,
  tmfNotThere,
  tmfReadRoute,
} from '../../infra/http/tmf-routes.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import { keyedHash } from '../../infra/secrets.ts';
import { isGiftConflict, sayOfGift } from '../gifts/index.ts';
import { actOnce } from './act-once.ts';
import {
  actionFilters,
  actionShape,
  answerCreated,
  answerList,
  answerOne,
  cancelInput,
  findAction,
} from './action-parts.ts';
import { amountInvalid, keyConflict, notFound } from './answers.ts';
import { pathOf } from './bodies.ts';
import type { PrepayParts } from './deps.ts';
import {
  logicalResource,
  PREPAY_TAG,
  productRef,
  RECEIVER,
  readBucketId,
  sentAside,
  sentQuantity,
  sentRef,
  words,
} from './refs.ts';
import { bytesOf } from './rules/amounts.ts';

const phoneNumber = sentRef(words(30));

const transferInput = z
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

const transferShape = z
  .object({
    ...actionShape,
    logicalResource: z.array(logicalResource),
    receiverBucket: z
      .object({ id: z.string(), href: z.string().optional(), '@referredType': z.literal('Bucket') })
      .openapi({ description: `\`${RECEIVER}\` until it has been received` }),
    receiverBucketUsageType: z.literal('data'),
    receiverLogicalResource: logicalResource,
    receiverProduct: productRef.optional(),
    costOwner: z.literal('originator'),
    transferCost: z
      .object({ unit: z.literal('JPY'), value: z.int() })
      .openapi({ description: 'Onto the giver’s bill' }),
    claimBy: z.string().optional().openapi({ description: 'Until when it can be received (an extension)' }),
    '@type': z.literal('TransferBalance'),
  })
  .openapi('TransferBalance');

const transferUpdate = z
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

const path = pathOf('transfer');
const ofTransfers = { tag: PREPAY_TAG, shape: transferShape };

export const transferRoutes = {
  transfer: createRoute({
    ...tmfCommon(PREPAY_TAG),
    method: 'post',
    path,
    summary: 'Gives data from one subscription to another, as its user would, by the rules of gifts',
    request: { headers: idempotencyKeyHeader, body: tmfBody(transferInput) },
    responses: {
      201: { description: 'Set aside, until the receiver takes it', content: tmfJson(transferShape) },
      ...tmfErrors,
      ...tmfNotThere,
      409: tmfErrorAnswer('The key was used for another transfer, or the state of things does not allow it'),
    },
  }),
  listTransfers: tmfListRoute({
    ...ofTransfers,
    path,
    summary: 'Transfers that came here, newest first',
    filters: actionFilters,
  }),
  readTransfer: tmfReadRoute({ ...ofTransfers, path: `${path}/{id}`, summary: 'One transfer' }),
  cancelTransfer: createRoute({
    ...tmfCommon(PREPAY_TAG),
    method: 'patch',
    path: `${path}/{id}`,
    summary: 'Takes a transfer back that nobody has received yet',
    request: { params: idParameter, body: tmfBody(transferUpdate) },
    responses: {
      200: { description: 'It is back; the same again is answered so, too', content: tmfJson(transferShape) },
      ...tmfErrors,
      ...tmfNotThere,
      409: tmfErrorAnswer('It has been received, or its time was up'),
    },
  }),
};

/** Gifts between two subscriptions, under the operator's gift policy and never around it. */
export function answerTransfers(app: OpenAPIHono<WebEnv>, deps: PrepayParts): void {
  const { operator, gifts, site, named } = deps;
  const bodyOf = deps.bodies.transfer;

  app.openapi(transferRoutes.transfer, async (c) => {
    const { amount, bucket, channel, reason, ...sides } = c.req.valid('json');
    const amountBytes = bytesOf(amount, site.megabyte);
    if (amountBytes === undefined) return amountInvalid(c);
    const wanted = readBucketId(bucket.id);
    const giver = await named.ofNumber(sides.logicalResource[0]?.id ?? '');
    // Number and bucket must be of one subscription; whoever names somebody else's learns nothing of it.
    if (!wanted || giver?.subscriptionId !== wanted.subscriptionId) return notFound(c);
    if (!operator.giftPolicy.sourceKinds.some((kind) => kind === wanted.kind)) {
      return tmfError(c, 400, 'bucketNotForTransfer', 'Data of this kind is not given away');
    }
    const number = readMsisdn(sides.receiverLogicalResource.id);
    if (number === undefined) return tmfError(c, 400, 'numberInvalid', 'The receiver’s is no phone number');
    const { subscriptionId } = giver;
    const hidden = keyedHash(deps.secrets.lookup, `transfer:${number}`).toString('hex');
    const done = await actOnce(
      deps,
      {
        kind: 'transfer',
        key: c.req.valid('header')['idempotency-key'],
        body: [subscriptionId, wanted.kind, amountBytes, hidden, channel.id, reason],
        subscriptionId,
        bucket: wanted.kind,
        amountBytes,
        channel: channel.id,
        reason,
      },
      (tx, { actionId, requestedAt }) =>
        gifts.transfers.offer(tx, requestedAt, {
          giftId: actionId,
          senderSubscriptionId: subscriptionId,
          number,
          amountBytes,
        }),
    );
    if (done.ok) return answerCreated(c, bodyOf(done.value));
    switch (done.code) {
      case 'conflict':
        return keyConflict(c);
      case 'too-many-tries':
        return tmfError(c, 409, done.code, 'This giver has given to too many numbers today');
      default:
        return tmfError(c, isGiftConflict(done.code) ? 409 : 400, done.code, sayOfGift(done.code));
    }
  });

  app.openapi(transferRoutes.listTransfers, (c) =>
    answerList(c, named.sql, { kind: 'transfer', wanted: c.req.valid('query'), bodyOf }),
  );

  app.openapi(transferRoutes.readTransfer, async (c) => {
    const found = await findAction(named.sql, 'transfer', c.req.valid('param').id);
    return found ? answerOne(c, bodyOf(found), c.req.valid('query').fields) : notFound(c);
  });

  app.openapi(transferRoutes.cancelTransfer, async (c) => {
    const { id } = c.req.valid('param');
    const found = await findAction(named.sql, 'transfer', id);
    if (!found) return notFound(c);
    if (found.status === 'created') {
      await inTransaction(deps.db, (tx) => gifts.transfers.takeBack(tx, deps.clock.now(), id));
    }
    const now = await findAction(named.sql, 'transfer', id);
    if (now?.status !== 'cancelled')
      return tmfError(c, 409, 'notCancellable', 'It has been received, or its time was up');
    return c.json(bodyOf(now), 200);
  });
}
