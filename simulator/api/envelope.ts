import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Platform } from '../platform.ts';
import { readableAnswer, readableRequest, shownHeaders } from './log.ts';
import { Refusal } from './refusal.ts';

export type Env = { Bindings: HttpBindings; Variables: { requestId: string; refusal?: string } };

/** What the log says of a call to an address that nobody serves, so that it is not taken for LINE's own 404. */
export const notSimulated = 'this address is not simulated, or belongs to another host';

/**
 * What every call to a simulated origin goes through: a request id, faults, the log, and LINE-shaped errors.
 * @param origin its name in the log: api, data or access
 */
export function createEnvelope(platform: Platform, origin: 'api' | 'data' | 'access'): Hono<Env> {
  const { world } = platform;
  const app = new Hono<Env>();

  app.use(async (c, next) => {
    const startedAt = performance.now();
    const at = world.clock.instant();
    const requestId = world.ids.requestId();
    c.set('requestId', requestId);
    // Before the answer is made: a header added to it afterwards makes a new one, which costs more than the call.
    c.header('x-line-request-id', requestId);
    const body = await readableRequest(c);
    const fault = origin === 'access' ? {} : (world.faults.api ?? {});
    if (fault.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    const isFaulty = fault.status !== undefined && world.chance.happens(fault.rate ?? 1);
    if (isFaulty)
      c.res = c.json({ message: faultMessage(fault.status) }, (fault.status ?? 500) as ContentfulStatusCode);
    else await next();
    if (fault.unknownFields) c.res = await withUnknownField(c.res);
    const isDropped = !isFaulty && world.chance.happens(fault.dropAfterAccept);
    const responseBody = await readableAnswer(c);
    const refusal = isDropped
      ? 'the connection was broken by a fault after the work was done'
      : (c.get('refusal') ?? refusalIn(c, responseBody));
    world.calls.add({
      at,
      direction: 'received',
      method: c.req.method,
      origin,
      path: pathOf(c),
      headers: shownHeaders(c.req.raw.headers),
      body,
      status: isDropped ? null : c.res.status,
      responseBody: isDropped ? null : responseBody,
      ...(refusal ? { refusal } : {}),
      durationMs: Math.round(performance.now() - startedAt),
    });
    if (isDropped) {
      c.env.incoming.socket.destroy();
      c.res = RESPONSE_ALREADY_SENT;
    }
  });

  app.onError((error, c) => {
    if (error instanceof Refusal) {
      for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
      return c.json(error.body as Record<string, unknown>, error.status as ContentfulStatusCode);
    }
    console.error(error);
    return c.json({ message: 'Internal Server Error' }, 500);
  });
  app.notFound((c) => {
    c.set('refusal', notSimulated);
    return c.json({ message: 'Not found' }, 404);
  });
  return app;
}

function pathOf(c: Context): string {
  const { pathname, search } = new URL(c.req.url);
  return pathname + search;
}

function refusalIn(c: Context, responseBody: unknown): string | null {
  if (c.res.status < 400) return null;
  if (typeof responseBody !== 'object' || responseBody === null) return `${c.res.status}`;
  const { message, error_description: description, details } = responseBody as Record<string, unknown>;
  const first = Array.isArray(details) && details[0] ? `: ${details[0].property} ${details[0].message}` : '';
  return `${message ?? description ?? c.res.status}${first}`;
}

function faultMessage(status: number | undefined): string {
  return status === 429 ? 'The API rate limit has been exceeded. Try again later.' : 'Internal Server Error';
}

async function withUnknownField(response: Response): Promise<Response> {
  if (!response.headers.get('content-type')?.includes('json')) return response;
  const body: unknown = await response.clone().json();
  if (typeof body !== 'object' || Array.isArray(body)) return response;
  const { status, headers } = response;
  return new Response(JSON.stringify({ ...body, addedByLineLater: { level: 1 } }), { status, headers });
}
