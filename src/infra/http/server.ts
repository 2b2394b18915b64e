import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as passed } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { WebEnv } from './web-env.ts';

/** Something of another kind than our web, on the same port: the doors for programs, and the OpenID provider, which is Koa. */
export interface Beside {
  takes(method: string, path: string): boolean;
  /** Answers what it takes. */
  answer(request: IncomingMessage, response: ServerResponse, path: string): void;
}

/** Everything under a path. */
export function under(prefix: string, answer: Beside['answer']): Beside {
  return { takes: (_, path) => path === prefix || path.startsWith(`${prefix}/`), answer };
}

/** Longer than the proxies before us keep a connection that rests (60 s), so that no request meets one being closed. */
const KEEP_ALIVE_MS = 75_000;

/** Connections the system holds while the process is busy. With Node's 511 a crowd's connections are dropped or reset, not refused. */
const BACKLOG = 4096;

export interface Serving {
  /**
   * Says with every answer from now on that its connection ends with it, and goes on answering for that long: nobody's next
   * request meets a connection that is just being closed, and balancers have the time to send it elsewhere.
   */
  drain(ms: number): Promise<void>;
  /** Takes no new requests, and resolves when those under way are answered. */
  close(): Promise<void>;
}

/** Answers on a port; resolves once it listens. */
export async function startServer(
  at: { readonly host: string; readonly port: number },
  web: Hono<WebEnv>,
  besides: readonly Beside[],
): Promise<Serving> {
  const answer = getRequestListener(web.fetch, { hostname: at.host });
  let isDraining = false;
  const server = createServer((request, response) => {
    if (isDraining) response.shouldKeepAlive = false;
    const { method = '', url = '' } = request;
    const path = url.split('?', 1)[0] ?? '';
    const beside = besides.find((each) => each.takes(method, path));
    if (beside !== undefined) beside.answer(request, response, path);
    else void answer(request, response);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await listening(server, at);
  return {
    async drain(ms) {
      isDraining = true;
      await passed(ms);
    },
    close: () => closed(server),
  };
}

function listening(server: Server, at: { readonly host: string; readonly port: number }): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen({ port: at.port, host: at.host, backlog: BACKLOG }, () => {
      server.off('error', fail);
      done();
    });
  });
}

/** How soon a connection is closed that has nothing left to answer. */
const SWEEP_MS = 50;
/**
 * How long requests under way may take to be answered. Then every connection is closed: those on which nothing was ever asked
 * (browsers open some in advance) do not count as idle for Node, which would wait a minute for their first request.
 */
const GRACE_MS = 4_000;

/** A connection that becomes idle only now would stay open for as long as a browser keeps it, so idle ones are swept until all are closed. */
function closed(server: Server): Promise<void> {
  return new Promise((done) => {
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    const end = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(end);
      done();
    });
    server.closeIdleConnections();
  });
}
