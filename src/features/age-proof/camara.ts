import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { RateLimits } from '../../infra/db/rate-limits.ts';
import { isBusy } from '../../infra/http/busy.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import { type Access, readBearer } from './openid/bearer.ts';
import type { OpenId } from './openid/provider.ts';
import { type DoorFault, doorFault, type SubjectFault } from './rules/access.ts';
import { questionLimit } from './rules/limits.ts';

/** What every interface for partners has in common: errors {status, code, message}, `x-correlator`, tokens, limits. */

export interface PartnerEnv extends WebEnv {
  Variables: WebEnv['Variables'] & { access: Access };
}

export interface PartnerDoor {
  readonly sql: SqlRunner;
  readonly clock: Clock;
  readonly rates: Pick<RateLimits, 'pass'>;
  readonly openId: OpenId;
}

const errorShape = z
  .object({ status: z.int(), code: z.string(), message: z.string() })
  .openapi('PartnerError', { description: 'An error as CAMARA interfaces answer it' });

export const partnerErrorAnswer = (description: string) => ({
  description,
  content: { 'application/json': { schema: errorShape } },
});

/** A body of a described route. */
export const json = <Schema>(schema: Schema) => ({ 'application/json': { schema } });

/** What a question about somebody may be answered with instead of its answer. */
export const questionErrors = {
  400: partnerErrorAnswer('INVALID_ARGUMENT, OUT_OF_RANGE'),
  401: partnerErrorAnswer('UNAUTHENTICATED'),
  403: partnerErrorAnswer('PERMISSION_DENIED'),
  404: partnerErrorAnswer('IDENTIFIER_NOT_FOUND'),
  422: partnerErrorAnswer('MISSING_, UNNECESSARY_, UNSUPPORTED_IDENTIFIER, SERVICE_NOT_APPLICABLE'),
  429: partnerErrorAnswer('TOO_MANY_REQUESTS, QUOTA_EXCEEDED'),
};

/** An answer other than the one asked for, in the type that a described route expects. */
export function partnerError<Status extends ContentfulStatusCode>(
  c: Context,
  status: Status,
  code: string,
  message: string,
) {
  return c.json({ status, code, message }, status);
}

const CORRELATOR = /^[a-zA-Z0-9\-_:;./<>{}]{0,256}$/;

/** Gives the partner's `x-correlator` back on every answer. One that is malformed is not repeated. */
export const correlate: MiddlewareHandler = async (c, next) => {
  const correlator = c.req.header('x-correlator');
  if (correlator !== undefined && !CORRELATOR.test(correlator)) {
    return partnerError(c, 400, 'INVALID_ARGUMENT', 'x-correlator is malformed');
  }
  await next();
  if (correlator !== undefined) c.res.headers.set('x-correlator', correlator);
};

const DOOR: Record<DoorFault, readonly [401 | 403 | 429, string, string]> = {
  unauthenticated: [
    401,
    'UNAUTHENTICATED',
    'Request not authenticated due to missing, invalid, or expired credentials. A new authentication is required.',
  ],
  'scope-missing': [403, 'PERMISSION_DENIED', 'Client does not have sufficient permissions to perform this action.'],
  'too-many-requests': [429, 'TOO_MANY_REQUESTS', 'Rate limit reached.'],
};

const SUBJECT: Record<SubjectFault, readonly [403 | 404 | 422, string, string]> = {
  'unnecessary-identifier': [
    422,
    'UNNECESSARY_IDENTIFIER',
    'The person is already identified by the access token; the request must not name one.',
  ],
  'missing-identifier': [422, 'MISSING_IDENTIFIER', 'The access token names nobody; the request must.'],
  'unsupported-identifier': [422, 'UNSUPPORTED_IDENTIFIER', 'The identifier provided is not supported.'],
  'identifier-not-found': [404, 'IDENTIFIER_NOT_FOUND', 'The phone number is not associated with a customer account.'],
  'not-in-service-yet': [422, 'SERVICE_NOT_APPLICABLE', 'The service is not applicable for the phone number yet.'],
  objected: [403, 'PERMISSION_DENIED', 'The person does not allow this.'],
};

export function subjectError(c: Context, fault: SubjectFault) {
  const [status, code, message] = SUBJECT[fault];
  return partnerError(c, status, code, message);
}

/** Lets a partner in whose token has one of these scopes; `c.var.access` then says who asks and about whom. */
export function requireScope(door: PartnerDoor, ...anyOf: readonly string[]): MiddlewareHandler<PartnerEnv> {
  return async (c, next) => {
    const token = await readBearer(
      { openId: door.openId, sql: door.sql, now: door.clock.now() },
      c.req.header('authorization'),
    );
    const hasScope = anyOf.some((scope) => token?.scopes.has(scope));
    const until =
      token && hasScope ? await door.rates.pass(questionLimit(token.partner), token.partner.partnerId) : null;
    const fault = doorFault({ hasToken: token !== null, hasScope, isOverLimit: until !== null });
    if (fault || !token) {
      const [status, code, message] = DOOR[fault ?? 'unauthenticated'];
      if (status === 401) c.header('www-authenticate', 'Bearer');
      if (until) c.header('retry-after', String(secondsUntil(until, door.clock.now())));
      return partnerError(c, status, code, message);
    }
    c.set('access', token);
    return next();
  };
}

/** Questions under a path, for partners whose token has the scope. */
export function questionsApi(door: PartnerDoor, path: string, scope: string): OpenAPIHono<PartnerEnv> {
  const app = new OpenAPIHono<PartnerEnv>({ defaultHook: answerUnfit });
  app.onError(answerFailure);
  app.use(path, correlate);
  app.use(path, requireScope(door, scope));
  return app;
}

function secondsUntil(until: Temporal.Instant, now: Temporal.Instant): number {
  return Math.max(1, Math.ceil(until.since(now).total('seconds')));
}

interface Issue {
  readonly code?: string | undefined;
  readonly origin?: string | undefined;
  readonly path: PropertyKey[];
  readonly message: string;
}

/** A body that does not fit: a number beyond its bounds is OUT_OF_RANGE, everything else INVALID_ARGUMENT. */
export function answerUnfit(
  result: { success: true } | { success: false; error: { issues: readonly Issue[] } },
  c: Context,
): Response | undefined {
  if (result.success) return undefined;
  const { issues } = result.error;
  const isBeyond = issues.every(
    ({ code, origin }) => (code === 'too_small' || code === 'too_big') && (origin === 'number' || origin === 'int'),
  );
  const message = issues.map((issue) => `${issue.path.map(String).join('.') || 'body'}: ${issue.message}`).join('; ');
  return partnerError(c, 400, isBeyond ? 'OUT_OF_RANGE' : 'INVALID_ARGUMENT', message);
}

/** What goes wrong on the way, in the same shape. Anything unforeseen is handed on to the web's own log and page. */
export function answerFailure(error: Error, c: Context): Response {
  if (error instanceof HTTPException && error.status < 500) {
    return partnerError(c, 400, 'INVALID_ARGUMENT', 'The body is not JSON.');
  }
  if (isBusy(error)) {
    c.header('retry-after', '5');
    return partnerError(c, 503, 'UNAVAILABLE', 'Busy; please try again.');
  }
  throw error;
}

export const phoneNumberShape = z
  .string()
  .regex(/^\+[1-9][0-9]{4,14}$/, 'is a number in E.164 with a plus sign')
  .openapi({ example: '+819000000001' });
