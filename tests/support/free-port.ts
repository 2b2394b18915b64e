import { takenPorts } from '../../src/demo/ports.ts';

/** Each test process counts through a stretch of its own. */
let nextPort = 10_000 + (process.pid % 200) * 100;

/**
 * A port on which nobody listens. Below those the system lends to outgoing connections: one of them could take the port
 * between this answer and the moment somebody listens on it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = nextPort;
    nextPort += 1;
    if ((await takenPorts('127.0.0.1', [port])).length === 0) return port;
  }
}
