import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { apiKeyCheck } from '../../infra/http/api-key.ts';
import { faultsOf, problemAnswer } from '../../infra/http/api-shapes.ts';
import { type Door, type DoorAnswer, doorJson, doorProblem, headerOf } from '../../infra/http/door.ts';
import { SMALL_BODY } from '../../infra/http/machine-path.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import type { GiftActions } from './actions.ts';
import type { GiftAnswer } from './commands.ts';
import { isGiftConflict, sayOfGift } from './program-words.ts';

const requestShape = z
  .strictObject({
    fromSubscriptionId: z.uuid().toLowerCase(),
    toSubscriptionId: z.uuid().toLowerCase(),
    amountBytes: z.int().min(1).max(Number.MAX_SAFE_INTEGER).openapi({ description: 'Whole bytes; a whole step' }),
  })
  .openapi('GiftRequest');

const giftShape = z
  .strictObject({
    giftId: z.uuid(),
    state: z.literal('claimed'),
    fromSubscriptionId: z.uuid(),
    toSubscriptionId: z.uuid(),
    amountBytes: z.int(),
    usableUntil: z.string().openapi({ description: 'When the receiver can last use it (exclusive)' }),
  })
  .openapi('Gift');

const route = createRoute({
  method: 'post',
  path: '/api/v1/gifts',
  security: [{ apiKey: [] }],
  tags: ['Gifts'],
  summary: 'A gift between two linked subscriptions, given and received in one',
  request: {
    headers: z.object({
      'idempotency-key': z
        .string()
        .min(1)
        .max(200)
        .optional()
        .openapi({ description: 'Required. A repeat gets the same answer; the same key with another body 422' }),
    }),
    body: { required: true, content: { 'application/json': { schema: requestShape } } },
  },
  responses: {
    201: { description: 'Given', content: { 'application/json': { schema: giftShape } } },
    400: problemAnswer('No Idempotency-Key, or the request does not fit its description'),
    401: problemAnswer('No valid bearer key'),
    409: problemAnswer('Not now: the state of things does not allow it'),
    422: problemAnswer('Refused by a rule about what was asked, or the key was used for another request'),
  },
});

/** The description of the interface; what is described is `giftDoor`. */
export function giftApi(): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>();
  app.openAPIRegistry.registerPath(route);
  return app;
}

/** Gifts for load and acceptance checks, thousands a second: both sides must be linked, the rules are those of people. */
export function giftDoor(deps: { apiKey: string; actions: GiftActions }): Door {
  const isKeyShown = apiKeyCheck(deps.apiKey);
  return {
    path: route.path,
    largestBody: SMALL_BODY,
    async answer(posted) {
      if (!isKeyShown(headerOf(posted, 'authorization'))) {
        return doorProblem(401, 'unauthorized', 'A bearer key is needed', {
          headers: { 'www-authenticate': 'Bearer' },
        });
      }
      const key = headerOf(posted, 'idempotency-key');
      if (key === undefined) return doorProblem(400, 'idempotency-key-missing', 'An Idempotency-Key header is needed');
      const read = requestShape.safeParse(parsed(posted.body));
      if (!read.success || key === '' || key.length > 200) {
        const detail = faultsOf(read);
        return doorProblem(400, 'invalid-request', 'The request does not fit its description', { detail });
      }
      const asked = read.data;
      const submitted = await deps.actions.giveDirectly({
        requestId: `api:${key}`,
        senderSubscriptionId: asked.fromSubscriptionId,
        receiverSubscriptionId: asked.toSubscriptionId,
        amountBytes: asked.amountBytes,
      });
      if (!submitted.ok) {
        return doorProblem(422, 'request-id-reused', 'This Idempotency-Key was used for another request');
      }
      return answerOf(asked, submitted.answer);
    },
  };
}

function answerOf(asked: z.infer<typeof requestShape>, answer: GiftAnswer): DoorAnswer {
  if (answer.result === 'claimed') return doorJson(201, { ...asked, ...claimedBody(answer) });
  if (answer.result !== 'refused') throw new Error(`a direct gift was answered with ${answer.result}`);
  return doorProblem(isGiftConflict(answer.code) ? 409 : 422, answer.code, sayOfGift(answer.code));
}

/** JSON of a body; undefined when it is none. */
function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function claimedBody({ giftId, usableUntil }: Extract<GiftAnswer, { result: 'claimed' }>) {
  return { giftId, state: 'claimed' as const, usableUntil };
}
