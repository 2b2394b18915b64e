import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { accept, refuse } from '../../base/refusal.ts';
import { audit, runnerOf } from '../../infra/db/index.ts';
import { idempotencyKeyHeader } from '../../infra/http/api-shapes.ts';
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
import { submitWithin } from '../../ledger/within.ts';
import { serviceState } from '../contractors/index.ts';
import { actOnce } from './act-once.ts';
import { actionFilters, actionShape, answerCreated, answerList, answerOne, findAction } from './action-parts.ts';
import { amountInvalid, keyConflict, notFound, notInService } from './answers.ts';
import { pathOf } from './bodies.ts';
import type { PrepayParts } from './deps.ts';
import { PREPAY_TAG, readBucketId, sentAside, sentQuantity, sentRef, words } from './refs.ts';
import { bytesOf } from './rules/amounts.ts';

const topupInput = z
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

const topupShape = z.object({ ...actionShape, '@type': z.literal('TopupBalance') }).openapi('TopupBalance');

const path = pathOf('topup');
const ofTopUps = { tag: PREPAY_TAG, shape: topupShape };

export const topUpRoutes = {
  topUp: createRoute({
    ...tmfCommon(PREPAY_TAG),
    method: 'post',
    path,
    summary: 'Adds data that was paid elsewhere: at once, once for each key, and on no bill',
    request: { headers: idempotencyKeyHeader, body: tmfBody(topupInput) },
    responses: {
      201: { description: 'Done', content: tmfJson(topupShape) },
      ...tmfErrors,
      ...tmfNotThere,
      409: tmfErrorAnswer('The key was used for another top-up, or the subscription is not in service'),
    },
  }),
  listTopUps: tmfListRoute({
    ...ofTopUps,
    path,
    summary: 'Top-ups that came here, newest first',
    filters: actionFilters,
  }),
  readTopUp: tmfReadRoute({ ...ofTopUps, path: `${path}/{id}`, summary: 'One top-up' }),
};

/** Data that was paid elsewhere comes into the ledger; nothing of it comes onto a bill. */
export function answerTopUps(app: OpenAPIHono<WebEnv>, deps: PrepayParts): void {
  const { site, named } = deps;
  const bodyOf = deps.bodies.topup;

  app.openapi(topUpRoutes.topUp, async (c) => {
    const { amount, bucket, partyAccount, channel, reason } = c.req.valid('json');
    const amountBytes = bytesOf(amount, site.megabyte);
    if (amountBytes === undefined) return amountInvalid(c);
    const wanted = readBucketId(bucket.id);
    const subscription = await named.subscription(wanted?.subscriptionId);
    // Whoever names somebody else's bucket learns nothing of it.
    if (!wanted || subscription?.contractorId !== partyAccount.id) return notFound(c);
    if (wanted.kind !== 'top-up') {
      return tmfError(c, 400, 'bucketNotForTopup', 'Only the bucket of kind top-up is topped up');
    }
    const { subscriptionId, contractorId } = subscription;
    const done = await actOnce(
      deps,
      {
        kind: 'topup',
        key: c.req.valid('header')['idempotency-key'],
        body: [subscriptionId, amountBytes, channel?.id ?? null],
        subscriptionId,
        bucket: wanted.kind,
        amountBytes,
        channel: channel?.id ?? null,
        reason: reason ?? null,
      },
      async (tx, { actionId, requestedAt }) => {
        if (serviceState(subscription, requestedAt) !== 'in-service') return refuse('notInService');
        const sql = runnerOf(tx);
        const command = { kind: 'top-up' as const, requestId: `tmf654:${actionId}`, subscriptionId, amountBytes };
        const [answer] = await submitWithin(sql, requestedAt, deps.data.family, [command]);
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
    );
    if (!done.ok) return done.code === 'conflict' ? keyConflict(c) : notInService(c);
    return answerCreated(c, bodyOf(done.value));
  });

  app.openapi(topUpRoutes.listTopUps, (c) =>
    answerList(c, named.sql, { kind: 'topup', wanted: c.req.valid('query'), bodyOf }),
  );

  app.openapi(topUpRoutes.readTopUp, async (c) => {
    const topUp = await findAction(named.sql, 'topup', c.req.valid('param').id);
    return topUp ? answerOne(c, bodyOf(topUp), c.req.valid('query').fields) : notFound(c);
  });
}
