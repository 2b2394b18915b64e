import { randomUUID } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Operator } from '../../base/operator.ts';
import { assetRoutes } from '../ui/assets.ts';
import { clientAddress } from './address.ts';
import { limitBody } from './body-limit.ts';
import { answerError } from './error-pages.tsx';
import { kindOf, withoutData } from './failures.ts';
import { isMachinePath, isProgramPath, isReadAsItComes, LARGE_BODY, SMALL_BODY } from './machine-path.ts';
import { fromOwnPages } from './own-pages.ts';
import { pageLanguage } from './page-language.ts';
import { programHeaders, referrerPolicy, securityHeaders } from './security-headers.ts';
import type { Sessions } from './session.ts';
import type { WebEnv } from './web-env.ts';

export { requireContractor, requireLineAccount, requireSignedIn } from './guards.ts';
export type { WebEnv } from './web-env.ts';

/** What the web needs of a logger; pino's has it. Nothing personal is ever given to it. */
export interface WebLog {
  info(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface WebDeps {
  sessions: Sessions;
  operator: Operator;
  log: WebLog;
  /** Where this site is reached from outside, an origin: `https://my.example.jp`. */
  publicUrl: string;
  /** Origin of LINE's dialogues, into which forms may lead. */
  lineAccessBaseUrl: string;
  /** How many of our own proxies stand in front and append to X-Forwarded-For. Default 0. */
  trustedProxies?: number;
}

/**
 * The web's front: every request passes this list, downwards, before its page. Mount pages with `app.route('/', …)`.
 */
export function createWeb(deps: WebDeps): Hono<WebEnv> {
  const publicUrl = new URL(deps.publicUrl);
  const isSecure = publicUrl.protocol === 'https:';
  const app = new Hono<WebEnv>();

  app.use(identify(deps.trustedProxies ?? 0));
  app.use(logRequests(deps.log));
  app.use(forPrograms(isSecure));
  app.use(onPages(securityHeaders({ lineAccessOrigin: new URL(deps.lineAccessBaseUrl).origin, isSecure })));
  app.use(
    onPages(async (c, next) => {
      c.set('language', pageLanguage(c, isSecure));
      await next();
      c.res.headers.set('x-request-id', c.var.requestId);
      if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
      if (!c.res.headers.has('referrer-policy')) c.res.headers.set('referrer-policy', referrerPolicy(c.req.path));
    }),
  );
  app.use(limitBodies(deps.operator));
  app.use(onPages(fromOwnPages(publicUrl)));
  app.use(
    onPages(async (c, next) => {
      if (!isMachinePath(c.req.path)) c.set('session', await deps.sessions.current(c));
      await next();
    }),
  );

  app.route('/', assetRoutes(deps.operator));

  app.notFound((c) => answerError(c, deps.operator, 'not-found'));
  app.onError((error, c) => {
    const kind = kindOf(error);
    if (kind === 'failed') deps.log.error({ requestId: c.var.requestId, ...withoutData(error) }, 'request failed');
    return answerError(c, deps.operator, kind);
  });
  return app;
}

function identify(trustedProxies: number): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    c.set('requestId', randomUUID());
    c.set('session', null);
    c.set('language', 'ja');
    const forwardedFor = c.req.header('x-forwarded-for');
    c.set('address', clientAddress({ peer: peerAddress(c), forwardedFor, trustedProxies }));
    await next();
  };
}

/** Programs have no language and no session; their few headers are there before the answer. */
function forPrograms(isSecure: boolean): MiddlewareHandler<WebEnv> {
  const headers = Object.entries(programHeaders({ isSecure }));
  return (c, next) => {
    if (isProgramPath(c.req.path)) {
      c.header('x-request-id', c.get('requestId'));
      for (const [name, value] of headers) c.header(name, value);
    }
    return next();
  };
}

/** Undefined without a socket, as when a test asks the app directly. */
function peerAddress(c: Context): string | undefined {
  return c.env && typeof c.env === 'object' && 'incoming' in c.env ? getConnInfo(c).remote.address : undefined;
}

/** The route's pattern, never the address itself: it may hold a token or an id. */
function logRequests(log: WebLog): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const started = performance.now();
    await next();
    const facts = {
      requestId: c.get('requestId'),
      method: c.req.method,
      route: routePath(c, -1),
      status: c.res.status,
      ms: Math.round(performance.now() - started),
    };
    log.info(facts, 'request');
  };
}

function limitBodies(operator: Operator): MiddlewareHandler<WebEnv> {
  const tooLarge = (c: Context<WebEnv>) => answerError(c, operator, 'too-large');
  const [small, large] = [limitBody(SMALL_BODY, tooLarge), limitBody(LARGE_BODY, tooLarge)];
  return (c, next) => {
    if (!isMachinePath(c.req.path)) return small(c, next);
    return isReadAsItComes(c.req.path, c.req.header('content-type')) ? next() : large(c, next);
  };
}

/** Programs prove themselves by key or signature and have no cookies to be abused. */
function onPages(middleware: MiddlewareHandler<WebEnv>): MiddlewareHandler<WebEnv> {
  return (c, next) => (isProgramPath(c.req.path) ? next() : middleware(c, next));
}
