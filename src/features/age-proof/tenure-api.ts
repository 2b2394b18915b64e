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
import { TENURE_SCOPE } from './rules/scopes.ts';
import { DAYS_ASKED } from './rules/tenure.ts';
import { checkTenure, type TenureDeps } from './tenure.ts';

const PATH = '/kyc-tenure/v0.2/check-tenure';

const questionShape = z
  .object({ tenureDate: z.iso.date().openapi({ example: '2025-07-03' }), phoneNumber: phoneNumberShape.optional() })
  .openapi('TenureQuestion');

const answerShape = z
  .object({ tenureDateCheck: z.boolean(), contractType: z.enum(['PAYM', 'Business']) })
  .openapi('TenureAnswer');

const tenureRoute = createRoute({
  method: 'post',
  path: PATH,
  security: [{ partnerToken: [TENURE_SCOPE] }],
  tags: ['Partners'],
  summary: 'Whether a subscription has been open since a day: CAMARA Know Your Customer, Tenure v0.2',
  request: { body: { required: true, content: json(questionShape) } },
  responses: {
    200: { description: 'Yes or no, and the kind of contract', content: json(answerShape) },
    ...questionErrors,
  },
});

/** POST /kyc-tenure/v0.2/check-tenure. */
export function tenureApi(deps: TenureDeps & PartnerDoor): OpenAPIHono<PartnerEnv> {
  const app = questionsApi(deps, PATH, TENURE_SCOPE);

  app.openapi(tenureRoute, async (c) => {
    const decision = await checkTenure(deps, c.var.access, c.req.valid('json'));
    if (decision.ok) return c.json(decision.value, 200);
    switch (decision.code) {
      case 'day-to-come':
        return partnerError(c, 400, 'OUT_OF_RANGE', 'tenureDate: this day is still to come.');
      case 'too-many-days':
        c.header('retry-after', String(DAYS_ASKED.withinSeconds));
        return partnerError(c, 429, 'QUOTA_EXCEEDED', 'Asked about too many different days of this person today.');
      default:
        return subjectError(c, decision.code);
    }
  });

  return app;
}
