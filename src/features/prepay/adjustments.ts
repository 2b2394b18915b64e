import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { inTransaction, runnerOf } from '../../infra/db/index.ts';
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
import type { WebContext, WebEnv } from '../../infra/http/web-env.ts';
import { askForCorrection, BUCKET_KINDS, type CorrectionRefusal } from '../data/index.ts';
import { OWN_SYSTEM } from '../staff/index.ts';
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
import { PREPAY_TAG, readBucketId, sentAside, sentQuantity, sentRef, WHOLE, words } from './refs.ts';
import { wholeBytesOf } from './rules/amounts.ts';

const adjustInput = z
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

const adjustShape = z
  .object({
    ...actionShape,
    adjustType: z.literal('oneTime'),
    note: z.string().optional().openapi({ description: 'What was said to the decision (an extension)' }),
    '@type': z.literal('AdjustBalance'),
  })
  .openapi('AdjustBalance');

const path = pathOf('adjust');
const ofAdjustments = { tag: PREPAY_TAG, shape: adjustShape };

export const adjustmentRoutes = {
  adjust: createRoute({
    ...tmfCommon(PREPAY_TAG),
    method: 'post',
    path,
    summary: 'Asks for a correction of what is left; one of the staff approves it',
    request: { headers: idempotencyKeyHeader, body: tmfBody(adjustInput) },
    responses: {
      201: { description: 'Asked for: nothing has moved yet', content: tmfJson(adjustShape) },
      ...tmfErrors,
      ...tmfNotThere,
      409: tmfErrorAnswer('The key was used for another adjustment, or the state of things does not allow it'),
    },
  }),
  listAdjustments: tmfListRoute({
    ...ofAdjustments,
    path,
    summary: 'Adjustments that came here, newest first',
    filters: actionFilters,
  }),
  readAdjustment: tmfReadRoute({ ...ofAdjustments, path: `${path}/{id}`, summary: 'One adjustment' }),
  cancelAdjustment: createRoute({
    ...tmfCommon(PREPAY_TAG),
    method: 'patch',
    path: `${path}/{id}`,
    summary: 'Withdraws an adjustment that nobody has decided about',
    request: { params: idParameter, body: tmfBody(z.strictObject(cancelInput).openapi('AdjustBalanceUpdate')) },
    responses: {
      200: { description: 'Withdrawn; the same again is answered so, too', content: tmfJson(adjustShape) },
      ...tmfErrors,
      ...tmfNotThere,
      409: tmfErrorAnswer('It has been made'),
    },
  }),
};

/**
 * Corrections asked for by the operator's own systems. They stand on one key, which is nobody: so a system only ever asks, and one
 * of the staff decides, in the console like any other correction.
 */
export function answerAdjustments(app: OpenAPIHono<WebEnv>, deps: PrepayParts): void {
  const { staff, data, site, named } = deps;
  const bodyOf = deps.bodies.adjust;

  app.openapi(adjustmentRoutes.adjust, async (c) => {
    const { amount, bucket, reason, validFor, channel, logicalResource } = c.req.valid('json');
    const amountBytes = wholeBytesOf(amount, site.megabyte);
    if (!amountBytes) return amountInvalid(c);
    const wanted = readBucketId(bucket.id);
    const subscription = await named.subscription(wanted?.subscriptionId);
    const [number] = logicalResource ?? [];
    const holder = number ? await named.ofNumber(number.id) : subscription;
    if (!wanted || !subscription || holder?.subscriptionId !== subscription.subscriptionId) return notFound(c);
    const kind = BUCKET_KINDS.find((each) => each === wanted.kind);
    if (amountBytes < 0 ? wanted.kind !== WHOLE : kind === undefined) {
      return tmfError(
        c,
        400,
        'bucketNotForAdjust',
        'Data is added to a bucket, and taken away from the subscription in the order of use',
      );
    }
    const { subscriptionId } = subscription;
    const into = kind && validFor ? { bucket: kind, expiresAt: validFor.endDateTime } : null;
    const done = await actOnce(
      deps,
      {
        kind: 'adjust',
        key: c.req.valid('header')['idempotency-key'],
        body: [subscriptionId, wanted.kind, amountBytes, into?.expiresAt ?? null, channel?.id ?? null, reason],
        subscriptionId,
        bucket: wanted.kind,
        amountBytes,
        channel: channel?.id ?? null,
        reason,
      },
      (tx, { actionId, requestedAt }) => {
        const asked = {
          requestId: actionId,
          subscription,
          amountBytes,
          into,
          reason,
          by: OWN_SYSTEM,
          now: requestedAt,
        };
        return askForCorrection({ staff, data }, runnerOf(tx), asked, tx);
      },
    );
    if (done.ok) return answerCreated(c, bodyOf(done.value));
    return done.code === 'conflict' ? keyConflict(c) : refusal(c, done.code);
  });

  app.openapi(adjustmentRoutes.listAdjustments, (c) =>
    answerList(c, named.sql, { kind: 'adjust', wanted: c.req.valid('query'), bodyOf }),
  );

  app.openapi(adjustmentRoutes.readAdjustment, async (c) => {
    const found = await findAction(named.sql, 'adjust', c.req.valid('param').id);
    return found ? answerOne(c, bodyOf(found), c.req.valid('query').fields) : notFound(c);
  });

  app.openapi(adjustmentRoutes.cancelAdjustment, async (c) => {
    const { id } = c.req.valid('param');
    const found = await findAction(named.sql, 'adjust', id);
    if (!found) return notFound(c);
    const note = c.req.valid('json').reason ?? null;
    await inTransaction(deps.db, (tx) => staff.withdraw(tx, { requestId: id, note }));
    const now = await findAction(named.sql, 'adjust', id);
    if (now?.status !== 'cancelled') return tmfError(c, 409, 'notCancellable', 'It has been made');
    return c.json(bodyOf(now), 200);
  });
}

/** What may change by itself is a conflict; what is wrong with the request itself is not. */
function refusal(c: WebContext, code: CorrectionRefusal | 'reason-missing') {
  switch (code) {
    case 'subscription-ended':
      return tmfError(c, 409, code, 'The subscription has ended');
    case 'not-enough-data':
      return tmfError(c, 409, code, 'Only what is there is taken away');
    case 'kind-and-end-missing':
      return tmfError(c, 400, code, 'What is added has an end: validFor.endDateTime');
    case 'already-ended':
      return tmfError(c, 400, code, 'What is added ends in the future');
    case 'too-far-away':
      return tmfError(c, 400, code, 'What is added ends within two years');
    case 'no-reason':
    case 'reason-missing':
      return tmfError(c, 400, code, 'A correction says why, in five characters at least');
    case 'not-an-amount':
    case 'no-second-person':
      throw new Error(`an adjustment was refused with ${code}`);
  }
}
