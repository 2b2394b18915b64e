import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { isId } from '../../base/ids.ts';
import { inTransaction, runnerOf } from '../../infra/db/index.ts';
import { answerOnce } from '../../infra/http/answer-once.ts';
import { requireApiKey } from '../../infra/http/api-key.ts';
import {
  answerInvalid,
  describedProblem,
  idempotencyKeyHeader,
  idParameter,
  pageOf,
  pageQuery,
  pageShape,
  problemAnswer,
} from '../../infra/http/api-shapes.ts';
import type { WebContext, WebEnv } from '../../infra/http/web-env.ts';
import type { IssuedCode, LinkCodes } from './codes.ts';
import type { LinkingDeps } from './deps.ts';
import { type LiveLink, loadLinksAfter } from './store.ts';

const requestShape = z
  .strictObject({
    undoLink: z.boolean().optional().openapi({ description: 'Also undo the present link (lost phone)' }),
    reason: z.string().trim().min(1).max(500).optional(),
  })
  .openapi('LinkCodeRequest');

const linkCodeShape = z
  .object({
    subscriptionId: z.uuid(),
    linkCode: z.string().openapi({ description: '16 digits; answered this once', example: '1234567890123452' }),
    lastFour: z.string(),
    issuedAt: z.string(),
  })
  .openapi('LinkCode');

const json = <Schema>(schema: Schema) => ({ 'application/json': { schema } });

const issueRoute = createRoute({
  method: 'post',
  path: '/api/v1/subscriptions/{id}/link-code',
  security: [{ apiKey: [] }],
  tags: ['Provisioning'],
  summary: 'Issue or re-issue the link code; the old one is dead at once',
  request: {
    params: idParameter,
    headers: idempotencyKeyHeader,
    body: { required: false, content: json(requestShape) },
  },
  responses: {
    201: { description: 'The new code, this once', content: json(linkCodeShape) },
    400: problemAnswer('The request does not fit its description'),
    401: problemAnswer('No valid bearer key'),
    404: problemAnswer('There is no such subscription'),
    409: problemAnswer('The answer of this Idempotency-Key has been superseded by another re-issue'),
    422: problemAnswer('Refused by a rule'),
    429: problemAnswer('Five re-issues a day are enough'),
  },
});

const linkShape = z
  .object({
    id: z.uuid().openapi({ description: '`linkId` of the events that tell of it' }),
    kind: z.enum(['contractor', 'user']),
    contractorId: z.uuid(),
    subscriptionId: z.uuid().nullable().openapi({ description: 'Null of a contractor link' }),
    linkedAt: z.string(),
  })
  .openapi('Link', { description: 'With a LINE account, which is not named' });

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/links',
  security: [{ apiKey: [] }],
  tags: ['Provisioning'],
  summary: 'The links with LINE accounts there are, a page after the other',
  request: { query: pageQuery.extend({ contractorId: z.uuid().optional() }) },
  responses: {
    200: { description: 'A page', content: json(pageShape(linkShape)) },
    400: problemAnswer('The request does not fit its description'),
    401: problemAnswer('No valid bearer key'),
  },
});

/** Links and link codes for the back office. */
export function linkingApi(deps: LinkingDeps, codes: LinkCodes): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>({ defaultHook: answerInvalid });
  app.use('/api/v1/subscriptions/:id/link-code', requireApiKey(deps.apiKey));

  app.use('/api/v1/links', requireApiKey(deps.apiKey));

  app.openapi(listRoute, async (c) => {
    const { contractorId = null, ...page } = c.req.valid('query');
    const found = await loadLinksAfter(runnerOf(deps.db), { ...page, contractorId });
    return c.json(pageOf(found, page.limit, { id: ({ linkId }) => linkId, body: linkBody }), 200);
  });

  app.openapi(issueRoute, async (c) => {
    const subscriptionId = c.req.valid('param').id;
    const body = c.req.valid('json');
    if (!isId(subscriptionId)) return notFound(c);
    let fresh: IssuedCode | undefined;
    // Only the code's id is remembered: a repeat reads the code again, sealed as it is kept.
    const done = await answerOnce(
      { db: deps.db, hashKey: deps.secrets.limits, now: deps.clock.now() },
      { scope: `api:link-code:${subscriptionId}`, key: c.req.header('idempotency-key'), body },
      async (tx) => {
        const { undoLink = false, reason = null } = body ?? {};
        const request = { isProvisioning: true as const, subscriptionId, undoLink, reason };
        const decision = await codes.reissue(request, tx);
        if (!decision.ok) return { linkCodeId: '', code: decision.code };
        fresh = decision.value;
        return { linkCodeId: decision.value.linkCodeId, code: null };
      },
    );
    if (!done.ok) return describedProblem(c, 422, done.code, 'This Idempotency-Key was used for another request');
    if (done.answer.code === 'not-found') return notFound(c);
    if (done.answer.code === 'ended') return describedProblem(c, 422, 'ended', 'The subscription has ended');
    if (done.answer.code === 'too-many-reissues') {
      return describedProblem(c, 429, 'too-many-reissues', 'Five re-issues a day are enough');
    }
    const { linkCodeId } = done.answer;
    const issued = done.isRepeat
      ? await inTransaction(deps.db, (tx) => codes.openAgain(tx, { linkCodeId, subscriptionId }))
      : fresh;
    if (!issued)
      return describedProblem(c, 409, 'superseded', 'The code of this Idempotency-Key has been re-issued since');
    const { code: linkCode, lastFour, issuedAt } = issued;
    return c.json({ subscriptionId, linkCode, lastFour, issuedAt: issuedAt.toString() }, 201);
  });

  return app;
}

function linkBody({ linkId: id, linkedAt, ...link }: LiveLink): z.infer<typeof linkShape> {
  return { id, ...link, linkedAt: linkedAt.toString() };
}

function notFound(c: WebContext) {
  return describedProblem(c, 404, 'not-found', 'There is no such subscription');
}
