import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';

/** What a listener needs of a Hono app, whatever its environment. */
export interface Servable {
  fetch(request: Request, env: HttpBindings): Response | Promise<Response>;
}

/** A running listener. */
export interface Listener {
  /** `http://host:port` */
  origin: string;
  stop(): Promise<void>;
}

/** Serves an app; port 0 takes a free one. The app is asked for per request, so it may be made after listening. */
export async function listen(app: () => Servable, { port, host }: { port: number; host: string }): Promise<Listener> {
  const server = createServer(
    getRequestListener((request, env) => app().fetch(request, env as HttpBindings), { overrideGlobalObjects: false }),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  // Listening everywhere is reached from here by loopback.
  const reachedAt = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return { origin: `http://${reachedAt}:${taken}`, stop: () => stop(server) };
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
