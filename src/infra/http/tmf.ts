import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type Context, type ErrorHandler, Hono, type MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { apiKeyCheck } from './api-key.ts';
import { faultsOf } from './api-shapes.ts';
import type { WebEnv } from './web-env.ts';

/** What TM Forum's interfaces (Open APIs, version 4) have in common: errors, selection of fields, pages of a list. */

/** A described route, as far as refusing others needs it. */
export interface Described {
  readonly method: string;
  getRoutingPath(): string;
}

/** An interface to add described routes to: behind the operator's bearer key, everything in TM Forum's type and errors. */
export function tmfApi(
  base: string,
  { apiKey, routes }: { apiKey: string; routes: readonly Described[] },
): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>({ defaultHook: answerInvalid });
  app.onError(answerFailure);
  app.use(`${base}/*`, mediaType, requireKey(apiKey));
  app.route('/', notAllowed(routes));
  return app;
}

const errorShape = z
  .object({
    code: z.string().openapi({ description: 'Stable; programs may rely on it' }),
    reason: z.string(),
    message: z.string().optional(),
    status: z.string().openapi({ description: 'The HTTP status once more' }),
    '@type': z.literal('Error'),
  })
  .openapi('TmfError', { description: 'An error as TM Forum interfaces answer it' });

export const tmfErrorAnswer = (description: string) => ({
  description,
  content: { 'application/json': { schema: errorShape } },
});

/** An answer other than the one asked for, in the type that a described route expects. */
export function tmfError<Status extends ContentfulStatusCode>(
  c: Context,
  status: Status,
  code: string,
  reason: string,
  message?: string,
) {
  const body = { code, reason, ...(message ? { message } : {}), status: String(status), '@type': 'Error' as const };
  return c.json(body, status);
}

/** Lets programs in that show the operator's bearer key. */
function requireKey(apiKey: string): MiddlewareHandler {
  const isShown = apiKeyCheck(apiKey);
  return async (c, next) => {
    if (isShown(c.req.header('authorization'))) return next();
    c.header('www-authenticate', 'Bearer');
    return tmfError(c, 401, 'unauthorized', 'A bearer key is needed');
  };
}

/** TM Forum's media type names the characters. */
const mediaType: MiddlewareHandler = async (c, next) => {
  await next();
  if (c.res.headers.get('content-type') === 'application/json') {
    c.res.headers.set('content-type', 'application/json;charset=utf-8');
  }
};

type Read = Parameters<typeof faultsOf>[0];

/** What is wrong with a request, field by field and without repeating what was sent. */
function answerInvalid(result: Read, c: Context): Response | undefined {
  if (result.success) return undefined;
  return tmfError(c, 400, 'invalidRequest', 'The request does not fit its description', faultsOf(result));
}

/** A body that is no JSON is the sender's fault; everything else goes on to the web's own answer. */
const answerFailure: ErrorHandler = (error, c) => {
  if (error instanceof HTTPException && error.status === 400) {
    return tmfError(c, 400, 'invalidRequest', 'The body is not JSON');
  }
  throw error;
};

const LONGEST_PAGE = 100;

/** `fields` selects attributes of what is answered; `offset` and `limit` cut a list. */
export const tmfFields = {
  fields: z
    .string()
    .max(1_000)
    .optional()
    .openapi({ description: 'Attributes to be answered, with commas between; `id` and `href` always are' }),
};
export const tmfPage = {
  ...tmfFields,
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0).openapi({ description: 'How many to leave out' }),
  limit: z.coerce.number().int().min(1).max(LONGEST_PAGE).default(20).openapi({ description: 'How many at most' }),
};

/** Only the attributes asked for, beside those that say what it is. */
export function selectFields<Body extends Record<string, unknown>>(body: Body, fields: string | undefined) {
  if (fields === undefined || fields.trim() === '') return body;
  const wanted = new Set(['id', 'href', '@type', ...fields.split(',').map((name) => name.trim())]);
  return Object.fromEntries(Object.entries(body).filter(([name]) => wanted.has(name)));
}

/** A page of a list: of each the attributes asked for; how many there are in all is said beside it. */
export function tmfList<Body extends Record<string, unknown>>(
  c: Context,
  bodies: readonly Body[],
  { total, fields }: { total: number; fields: string | undefined },
) {
  c.header('x-total-count', String(total));
  c.header('x-result-count', String(bodies.length));
  return c.json(
    bodies.map((body) => selectFields(body, fields)),
    200,
  );
}

/** Answers what a path is not asked: 405, with the methods that it is. Comes before the routes. */
function notAllowed(routes: readonly Described[]): Hono {
  const app = new Hono();
  for (const [path, known] of Map.groupBy(routes, (route) => route.getRoutingPath())) {
    const allowed = known.map(({ method }) => method.toUpperCase());
    app.use(path, async (c, next) => {
      if (c.req.method === 'HEAD' || allowed.includes(c.req.method)) return next();
      c.header('allow', allowed.join(', '));
      return tmfError(c, 405, 'methodNotAllowed', `Offered here: ${allowed.join(', ')}`);
    });
  }
  return app;
}
