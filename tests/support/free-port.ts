import { takenPorts } from '../../src/demo/ports.ts';

/**
 * Each test process counts through a stretch of its own, by the runner's number for it. With the neighbour's ports at its end, a
 * process that took many got the one on which a killed app of the neighbour was about to start again.
 */
const STRETCH = 3_000;
const stretch = Number(process.env.VITEST_POOL_ID ?? process.pid) % 7;
let nextPort = 10_000 + stretch * STRETCH + (process.pid % 10) * 100;

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
