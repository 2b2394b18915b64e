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
import { AGE_SCOPE } from './rules/scopes.ts';
import { type VerifyDeps, verifyAge } from './verify.ts';

const PATH = '/kyc-age-verification/v0.2/verify';

const yesNo = z.enum(['true', 'false', 'not_available']);
const words = z.string().max(400);

const questionShape = z
  .object({
    ageThreshold: z.int().min(0).max(120),
    phoneNumber: phoneNumberShape.optional(),
    idDocument: words.optional().openapi({ description: 'Taken, never compared: no document numbers are kept' }),
    name: words.optional(),
    givenName: words.optional(),
    familyName: words.optional(),
    middleNames: words.optional(),
    familyNameAtBirth: words.optional(),
    birthdate: z.iso.date().optional(),
    email: z.email().max(320).optional(),
    includeContentLock: z.boolean().optional(),
    includeParentalControl: z.boolean().optional(),
  })
  .openapi('AgeQuestion');

const answerShape = z
  .object({
    ageCheck: yesNo,
    verifiedStatus: z.boolean(),
    identityMatchScore: z.int().min(0).max(100).optional(),
    contentLock: yesNo.optional(),
    parentalControl: yesNo.optional(),
  })
  .openapi('AgeAnswer');

const verifyRoute = createRoute({
  method: 'post',
  path: PATH,
  security: [{ partnerToken: [AGE_SCOPE] }],
  tags: ['Partners'],
  summary: 'Whether a person has an age: CAMARA Know Your Customer, Age Verification v0.2',
  request: { body: { required: true, content: json(questionShape) } },
  responses: {
    200: { description: 'Yes, no, or not known', content: json(answerShape) },
    ...questionErrors,
  },
});

/** POST /kyc-age-verification/v0.2/verify. */
export function ageApi(deps: VerifyDeps & PartnerDoor): OpenAPIHono<PartnerEnv> {
  const app = questionsApi(deps, PATH, AGE_SCOPE);

  app.openapi(verifyRoute, async (c) => {
    const decision = await verifyAge(deps, c.var.access, c.req.valid('json'));
    if (decision.ok) return c.json(decision.value, 200);
    if (decision.code === 'age-not-agreed') {
      return partnerError(c, 400, 'OUT_OF_RANGE', 'ageThreshold: this age was not agreed with the operator.');
    }
    return subjectError(c, decision.code);
  });

  return app;
}
