import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A running listener. */
export interface Listener {
  /** `http://host:port` */
  origin: string;
  stop(): Promise<void>;
}

/** Callers keep connections open between calls; one that closes under a call looks like a lost answer. */
const keepsOpenMs = 65_000;

/** Listens; port 0 takes a free one. Who answers is asked for per request, so it may be made after listening. */
export async function listen(
  answers: () => RequestListener,
  { port, host }: { port: number; host: string },
): Promise<Listener> {
  const server = createServer({ keepAliveTimeout: keepsOpenMs }, (incoming, outgoing) => answers()(incoming, outgoing));
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
