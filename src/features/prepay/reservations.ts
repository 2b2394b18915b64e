import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { Temporal } from 'temporal-polyfill';
import { accept, refuse } from '../../base/refusal.ts';
import { runnerOf } from '../../infra/db/index.ts';
import { idempotencyKeyHeader, idParameter, momentShape } from '../../infra/http/api-shapes.ts';
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
import { LENT_AT_MOST_SECONDS } from '../data/index.ts';
import { actOnce } from './act-once.ts';
import { actionFilters, actionShape, answerCreated, answerList, answerOne, findAction } from './action-parts.ts';
import { amountInvalid, keyConflict, notFound, notInService } from './answers.ts';
import { pathOf } from './bodies.ts';
import type { PrepayParts } from './deps.ts';
import {
  accountRef,
  PREPAY_TAG,
  period,
  quantity,
  readBucketId,
  sentAside,
  sentQuantity,
  sentRef,
  WHOLE,
  words,
} from './refs.ts';
import { bytesOf, wholeBytesOf } from './rules/amounts.ts';

const LENT_SECONDS = 60 * 60;

const reserveInput = z
  .strictObject({
    amount: sentQuantity,
    usageType: z.literal('data'),
    bucket: sentRef(words(100)).openapi({
      description: 'The subscription’s id alone: data is lent in the order of use, whatever its kind',
    }),
    partyAccount: sentRef(z.uuid()).openapi({ description: 'The contractor' }),
    validFor: z
      .strictObject({ endDateTime: momentShape })
      .optional()
      .openapi({ description: 'Until when it is lent, at most 24 hours; without it, one' }),
    channel: sentRef(words(100)).optional(),
    reason: words(300).optional(),
    ...sentAside,
  })
  .openapi('ReserveBalanceCreate');

const reserveShape = z
  .object({
    ...actionShape,
    amount: quantity.openapi({ description: 'What was lent; may be less than was asked for' }),
    partyAccount: accountRef,
    validFor: period,
    usedValue: quantity.optional().openapi({ description: 'What was used, once it is completed (an extension)' }),
    overValue: quantity.optional().openapi({ description: 'Of it, what nothing was there for (an extension)' }),
    '@type': z.literal('ReserveBalance'),
  })
  .openapi('ReserveBalance');

const reserveUpdate = z
  .strictObject({
    status: z.enum(['completed', 'cancelled']),
    amount: sentQuantity
      .optional()
      .openapi({ description: 'What was used; with `completed` alone, and required there' }),
    reason: words(300).optional(),
    '@type': z.string().optional(),
  })
  .openapi('ReserveBalanceUpdate');

const path = pathOf('reserve');
const ofReservations = { tag: PREPAY_TAG, shape: reserveShape };

export const reservationRoutes = {
  reserve: createRoute({
    ...tmfCommon(PREPAY_TAG),
    method: 'post',
    path,
    summary: 'Lends the network a slice ahead of use',
    request: { headers: idempotencyKeyHeader, body: tmfBody(reserveInput) },
    responses: {
      201: { description: 'Lent', content: tmfJson(reserveShape) },
      ...tmfErrors,
      ...tmfNotThere,
      409: tmfErrorAnswer('The key was used for another reservation, or nothing is left to lend'),
    },
  }),
  listReservations: tmfListRoute({
    ...ofReservations,
    path,
    summary: 'Reservations that came here, newest first',
    filters: actionFilters,
  }),
  readReservation: tmfReadRoute({ ...ofReservations, path: `${path}/{id}`, summary: 'One reservation' }),
  endReservation: createRoute({
    ...tmfCommon(PREPAY_TAG),
    method: 'patch',
    path: `${path}/{id}`,
    summary: 'Ends a reservation: `completed` with what was used of it, or `cancelled` when nothing was',
    request: { params: idParameter, body: tmfBody(reserveUpdate) },
    responses: {
      200: { description: 'Ended; the same again is answered so, too', content: tmfJson(reserveShape) },
      ...tmfErrors,
      ...tmfNotThere,
      409: tmfErrorAnswer('It was ended otherwise'),
    },
  }),
};

/** Slices for a network that charges online: those of `/api/v1/subscriptions/{id}/reservations`. */
export function answerReservations(app: OpenAPIHono<WebEnv>, deps: PrepayParts): void {
  const { data, clock, site, named } = deps;
  const bodyOf = deps.bodies.reserve;

  app.openapi(reservationRoutes.reserve, async (c) => {
    const { amount, bucket, partyAccount, validFor, channel, reason } = c.req.valid('json');
    const amountBytes = bytesOf(amount, site.megabyte);
    if (amountBytes === undefined) return amountInvalid(c);
    const wanted = readBucketId(bucket.id);
    const subscription = await named.subscription(wanted?.subscriptionId);
    if (!wanted || subscription?.contractorId !== partyAccount.id) return notFound(c);
    if (wanted.kind !== WHOLE) {
      return tmfError(c, 400, 'bucketNotForReserve', 'Data is lent from the subscription, in the order of use');
    }
    const until = validFor ? Temporal.Instant.from(validFor.endDateTime) : clock.now().add({ seconds: LENT_SECONDS });
    const validForSeconds = Math.floor((until.epochMilliseconds - clock.now().epochMilliseconds) / 1_000);
    if (validForSeconds < 1 || validForSeconds > LENT_AT_MOST_SECONDS) {
      return tmfError(c, 400, 'validForInvalid', 'Data is lent for 24 hours at most');
    }
    const { subscriptionId } = subscription;
    const done = await actOnce(
      deps,
      {
        kind: 'reserve',
        key: c.req.valid('header')['idempotency-key'],
        body: [subscriptionId, amountBytes, validFor?.endDateTime ?? null, channel?.id ?? null, reason ?? null],
        subscriptionId,
        bucket: WHOLE,
        amountBytes,
        channel: channel?.id ?? null,
        reason: reason ?? null,
      },
      async (tx, { actionId: reservationId, requestedAt }) => {
        const slice = { reservationId, subscriptionId, bytes: amountBytes, validForSeconds };
        const command = { kind: 'reserve' as const, requestId: `tmf654:${reservationId}`, ...slice };
        const [submitted] = await submitWithin(runnerOf(tx), requestedAt, data.family, [command]);
        if (!submitted?.ok) throw new Error('a reservation was not answered by the ledger');
        const { answer } = submitted;
        return answer.result === 'refused' ? refuse(answer.code) : accept(null);
      },
    );
    if (done.ok) return answerCreated(c, bodyOf(done.value));
    switch (done.code) {
      case 'conflict':
        return keyConflict(c);
      case 'not-in-service':
        return notInService(c);
      case 'nothing-left':
        return tmfError(c, 409, done.code, 'Nothing is left to lend');
      default:
        throw new Error(`a reservation was refused with ${done.code}`);
    }
  });

  app.openapi(reservationRoutes.listReservations, (c) =>
    answerList(c, named.sql, { kind: 'reserve', wanted: c.req.valid('query'), bodyOf }),
  );

  app.openapi(reservationRoutes.readReservation, async (c) => {
    const found = await findAction(named.sql, 'reserve', c.req.valid('param').id);
    return found ? answerOne(c, bodyOf(found), c.req.valid('query').fields) : notFound(c);
  });

  app.openapi(reservationRoutes.endReservation, async (c) => {
    const { id } = c.req.valid('param');
    const { status, amount } = c.req.valid('json');
    const usedBytes = amount && wholeBytesOf(amount, site.megabyte);
    if (status === 'completed' ? usedBytes === undefined || usedBytes < 0 : amount !== undefined)
      return amountInvalid(c);
    const found = await findAction(named.sql, 'reserve', id);
    if (!found) return notFound(c);
    const slice = { reservationId: id, subscriptionId: found.subscriptionId };
    const submitted =
      usedBytes === undefined
        ? await data.returnSlice({ ...slice, reason: 'released' })
        : await data.settleSlice({ ...slice, usedBytes, endedAt: null });
    if (!submitted.ok || submitted.answer.result === 'refused') {
      return tmfError(c, 409, 'alreadyEnded', 'It was ended otherwise');
    }
    const ended = await findAction(named.sql, 'reserve', id);
    return ended ? c.json(bodyOf(ended), 200) : notFound(c);
  });
}
