import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { isId } from '../../../base/ids.ts';
import { type Db, runnerOf } from '../../../infra/db/runner.ts';
import { requireApiKey } from '../../../infra/http/api-key.ts';
import {
  answerInvalid,
  describedProblem,
  idempotencyKeyHeader,
  momentShape,
  problemAnswer,
} from '../../../infra/http/api-shapes.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import type { Submitted } from '../../../ledger/family.ts';
import type { Contractors } from '../../contractors/index.ts';
import type { DataActions } from '../actions.ts';
import type { DataAnswer, DataRefusal } from '../batch/commands.ts';
import type { ReservationRow } from '../batch/facts.ts';
import { findReservation } from '../batch/slice-store.ts';
import { LENT_AT_MOST_SECONDS } from '../rules/slice.ts';
import { MOST_BYTES } from '../rules/usage-record.ts';

interface ReservationApiDeps {
  readonly db: Db;
  readonly apiKey: string;
  readonly actions: Pick<DataActions, 'reserve' | 'settleSlice' | 'returnSlice'>;
  readonly contractors: Pick<Contractors, 'subscriptions'>;
}

const bytes = z.int().min(0).max(Number.MAX_SAFE_INTEGER).openapi({ description: 'Whole bytes' });

const validFor = z
  .string()
  .refine(
    (text) => secondsOf(text) >= 1 && secondsOf(text) <= LENT_AT_MOST_SECONDS,
    'is a time like PT10M, at most PT24H',
  )
  .openapi({ description: 'How long it is lent, ISO 8601, at most PT24H', example: 'PT10M' });

/** Hours, minutes and seconds; days and months have no fixed length. 0 for anything else. */
function secondsOf(duration: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration) ?? [];
  return Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
}

const reserveShape = z
  .strictObject({ bytes: bytes.min(1), validFor: validFor.default('PT1H') })
  .openapi('ReservationRequest');

const settleShape = z
  .strictObject({
    usedBytes: bytes.max(MOST_BYTES).openapi({ description: 'What was used, of the slice and beyond it' }),
    end: momentShape.optional().openapi({ description: 'The end of the use; without it, now' }),
  })
  .openapi('Settlement');

const reservationShape = z
  .strictObject({
    reservationId: z.uuid(),
    subscriptionId: z.uuid(),
    state: z.enum(['open', 'settled', 'released', 'expired']),
    bytes: bytes.openapi({ description: 'What was lent; may be less than was asked for' }),
    validUntil: z.string().openapi({ description: 'Exclusive; cut short by the first end of what it is from' }),
    usedBytes: bytes,
    overBytes: bytes.openapi({ description: 'Used although nothing was there' }),
  })
  .openapi('Reservation');

const lentShape = reservationShape.pick({ reservationId: true, subscriptionId: true, bytes: true, validUntil: true });

const settledShape = z
  .strictObject({
    reservationId: z.uuid(),
    usedOn: z.string(),
    drawnBytes: bytes,
    overBytes: bytes.openapi({ description: 'Used beyond what was there' }),
    returnedBytes: bytes,
    isLate: z.boolean().openapi({ description: 'Use beyond the slice, of a month that is closed' }),
  })
  .openapi('SettlementResult');

const returnedShape = z.strictObject({ reservationId: z.uuid(), returnedBytes: bytes }).openapi('ReleaseResult');

const base = '/api/v1/subscriptions/{id}/reservations';
const common = { security: [{ apiKey: [] }], tags: ['Data'] };
const subscriptionParameter = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) });
const reservationParameters = subscriptionParameter.extend({
  reservationId: z.string().openapi({ param: { name: 'reservationId', in: 'path' } }),
});
const json = <Shape extends z.ZodType>(schema: Shape) => ({ 'application/json': { schema } });
const problems = {
  400: problemAnswer('The request does not fit its description'),
  401: problemAnswer('No valid bearer key'),
  404: problemAnswer('There is no such subscription or reservation'),
  409: problemAnswer('Not now: nothing is left, or the slice has ended already'),
  422: problemAnswer('Refused by a rule about what was asked, or asked before with another body'),
};

const reserveRoute = createRoute({
  ...common,
  method: 'post',
  path: base,
  summary: 'Lends the network a slice ahead of use, from the lots in the order of use',
  request: {
    params: subscriptionParameter,
    headers: idempotencyKeyHeader,
    body: { required: true, content: json(reserveShape) },
  },
  responses: { 201: { description: 'Lent', content: json(lentShape) }, ...problems },
});

const readRoute = createRoute({
  ...common,
  method: 'get',
  path: `${base}/{reservationId}`,
  summary: 'A slice and what became of it',
  request: { params: reservationParameters },
  responses: {
    200: { description: 'The slice', content: json(reservationShape) },
    401: problems[401],
    404: problems[404],
  },
});

const settleRoute = createRoute({
  ...common,
  method: 'post',
  path: `${base}/{reservationId}/settle`,
  summary: 'What was used of a slice: drawn from it, the rest comes back. Once; a repeat gets the same answer',
  request: { params: reservationParameters, body: { required: true, content: json(settleShape) } },
  responses: { 200: { description: 'Settled', content: json(settledShape) }, ...problems },
});

const releaseRoute = createRoute({
  ...common,
  method: 'post',
  path: `${base}/{reservationId}/release`,
  summary: 'A slice comes back unused. A repeat gets the same answer',
  request: { params: reservationParameters },
  responses: { 200: { description: 'Back', content: json(returnedShape) }, ...problems },
});

/** Slices for a network that charges online. */
export function reservationApi({ db, apiKey, actions, contractors }: ReservationApiDeps): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>({ defaultHook: answerInvalid });
  const sql = runnerOf(db);
  app.use('/api/v1/subscriptions/:id/reservations', requireApiKey(apiKey));
  app.use('/api/v1/subscriptions/:id/reservations/*', requireApiKey(apiKey));
  const notFound = (c: Context) =>
    describedProblem(c, 404, 'not-found', 'There is no such subscription or reservation');

  app.openapi(reserveRoute, async (c) => {
    const { id } = c.req.valid('param');
    const key = c.req.valid('header')['idempotency-key'];
    const asked = c.req.valid('json');
    if (key === undefined) {
      return describedProblem(c, 400, 'idempotency-key-missing', 'An Idempotency-Key header is needed');
    }
    if ((await contractors.subscriptions(sql, [id])).size === 0) return notFound(c);
    const submitted = await actions.reserve({
      requestId: `reserve:${key}`,
      subscriptionId: id,
      bytes: asked.bytes,
      validForSeconds: secondsOf(asked.validFor),
    });
    const answer = accepted(submitted, 'reserved');
    if (typeof answer === 'string') return refusal(c, answer);
    const { reservationId, bytes, validUntil } = answer;
    return c.json({ reservationId, subscriptionId: id, bytes, validUntil }, 201);
  });

  app.openapi(readRoute, async (c) => {
    const { id, reservationId } = c.req.valid('param');
    if (!isId(id) || !isId(reservationId)) return notFound(c);
    const found = await findReservation(sql, { subscriptionId: id, reservationId });
    return found === null ? notFound(c) : c.json(reservationBody(found), 200);
  });

  app.openapi(settleRoute, async (c) => {
    const { id, reservationId } = c.req.valid('param');
    const { usedBytes, end } = c.req.valid('json');
    if (!(await isKnown(id, reservationId))) return notFound(c);
    const asked = { subscriptionId: id, reservationId, usedBytes, endedAt: end ?? null };
    const answer = accepted(await actions.settleSlice(asked), 'settled');
    if (typeof answer === 'string') return refusal(c, answer);
    // Named one by one: a stored answer comes back with its keys in another order, and a repeat is the same to the byte.
    const { usedOn, drawnBytes, overBytes, returnedBytes, isLate } = answer;
    return c.json({ reservationId, usedOn, drawnBytes, overBytes, returnedBytes, isLate }, 200);
  });

  app.openapi(releaseRoute, async (c) => {
    const { id, reservationId } = c.req.valid('param');
    if (!(await isKnown(id, reservationId))) return notFound(c);
    const submitted = await actions.returnSlice({ subscriptionId: id, reservationId, reason: 'released' });
    const answer = accepted(submitted, 'slice-returned');
    if (typeof answer === 'string') return refusal(c, answer);
    return c.json({ reservationId, returnedBytes: answer.returnedBytes }, 200);
  });

  /** Asked before, so that a stranger's id leaves nothing behind in the ledger. */
  async function isKnown(subscriptionId: string, reservationId: string): Promise<boolean> {
    if (!isId(subscriptionId) || !isId(reservationId)) return false;
    return (await findReservation(sql, { subscriptionId, reservationId })) !== null;
  }

  return app;
}

function reservationBody(row: ReservationRow): z.infer<typeof reservationShape> {
  const { reservationId, subscriptionId, state, bytes: lent, usedBytes, overBytes } = row;
  return {
    reservationId,
    subscriptionId,
    state,
    bytes: lent,
    validUntil: row.validUntil.toString(),
    usedBytes,
    overBytes,
  };
}

/** The answer, or the code of the refusal. */
function accepted<Result extends DataAnswer['result']>(
  submitted: Submitted<DataAnswer>,
  result: Result,
): Extract<DataAnswer, { result: Result }> | DataRefusal | 'request-id-reused' {
  if (!submitted.ok) return submitted.code;
  const { answer } = submitted;
  if (answer.result === 'refused') return answer.code;
  if (!isOf(answer, result)) throw new Error(`a slice was answered with ${answer.result}`);
  return answer;
}

function isOf<Result extends DataAnswer['result']>(
  answer: DataAnswer,
  result: Result,
): answer is Extract<DataAnswer, { result: Result }> {
  return answer.result === result;
}

/** What may change by itself is a conflict; what is wrong with the request itself is not. */
function refusal(c: Context, code: DataRefusal | 'request-id-reused') {
  switch (code) {
    case 'unknown-subscription':
    case 'unknown-reservation':
      return describedProblem(c, 404, 'not-found', 'There is no such subscription or reservation');
    case 'not-in-service':
      return describedProblem(c, 409, code, 'The subscription is not in service');
    case 'nothing-left':
      return describedProblem(c, 409, code, 'Nothing is left to lend');
    case 'already-settled':
      return describedProblem(c, 409, code, 'The slice has been settled');
    case 'already-released':
      return describedProblem(c, 409, code, 'The slice has come back already');
    case 'from-the-future':
      return describedProblem(c, 422, code, 'The use ends in the future');
    case 'too-old':
      return describedProblem(c, 422, code, 'The use ended longer ago than single uses are known');
    case 'request-id-reused':
      return describedProblem(c, 422, code, 'This was asked before with another body');
    default:
      throw new Error(`a slice was refused with ${code}`);
  }
}
