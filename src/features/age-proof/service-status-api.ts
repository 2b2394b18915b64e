import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import {
  json,
  type PartnerDoor,
  type PartnerEnv,
  partnerError,
  phoneNumberShape,
  questionErrors,
  questionsApi,
  subjectError,
} from './camara.ts';
import { STATUS_SCOPE } from './rules/scopes.ts';
import { retrieveStatus, type StatusDeps } from './service-status.ts';

const PATH = '/subscription-status/v0.2/retrieve-subscription-status';

const questionShape = z.strictObject({ phoneNumber: phoneNumberShape.optional() }).openapi('StatusQuestion');

const answerShape = z
  .object({
    voiceSmsIn: z.literal('active'),
    voiceSmsOut: z.literal('active'),
    dataService: z.enum(['active', 'throttled']),
  })
  .openapi('StatusAnswer');

const statusRoute = createRoute({
  method: 'post',
  path: PATH,
  security: [{ partnerToken: [STATUS_SCOPE] }],
  tags: ['Partners'],
  summary: 'Whether calls and data of a subscription work: CAMARA Subscription Status v0.2',
  request: { body: { required: true, content: json(questionShape) } },
  responses: {
    200: { description: 'Calls and messages in and out, and data', content: json(answerShape) },
    ...questionErrors,
  },
});

/** POST /subscription-status/v0.2/retrieve-subscription-status. */
export function statusApi(deps: StatusDeps & PartnerDoor): OpenAPIHono<PartnerEnv> {
  const app = questionsApi(deps, PATH, STATUS_SCOPE);

  app.openapi(statusRoute, async (c) => {
    const decision = await retrieveStatus(deps, c.var.access, c.req.valid('json').phoneNumber);
    if (decision.ok) return c.json(decision.value, 200);
    if (decision.code === 'without-calls') {
      return partnerError(c, 422, 'SERVICE_NOT_APPLICABLE', 'The subscription is for data only.');
    }
    return subjectError(c, decision.code);
  });

  return app;
}
