import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveParent, type UsedCpu, useOfCpu } from './process.ts';

/** What the receiving process is asked: to start anew, or what it has heard since. */
export type AskReceiving = 'begin' | 'tell';

export interface Received {
  readonly port: number;
  readonly requests: number;
  readonly events: number;
  readonly cpu: UsedCpu;
}

const pushed = JSON.stringify({ sentMessages: [{ id: '551234567890123456', quoteToken: 'q'.repeat(64) }] });
const tally = { requests: 0, events: 0 };
let usedBefore = useOfCpu();

/**
 * The least a server can be: it reads a body and answers. As a bot it says 200 to webhooks and counts the events in
 * them; as the yardstick it gives the answer to a push, as long as the simulator's.
 */
const server = createServer((incoming, outgoing) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    tally.requests += 1;
    if (incoming.url === '/webhook') {
      // Every event has one id.
      tally.events += Buffer.concat(chunks).toString('latin1').split('"webhookEventId"').length - 1;
      outgoing.writeHead(200, { 'content-length': '0' }).end();
      return;
    }
    outgoing
      .writeHead(200, {
        'content-type': 'application/json',
        'x-line-request-id': '00000000-0000-4000-8000-000000000000',
        'content-length': String(pushed.length),
      })
      .end(pushed);
  });
});
server.listen(0, '127.0.0.1', () => {
  serveParent(async (asked: AskReceiving): Promise<Received> => {
    if (asked === 'begin') {
      Object.assign(tally, { requests: 0, events: 0 });
      usedBefore = useOfCpu();
    }
    return { port: (server.address() as AddressInfo).port, ...tally, cpu: useOfCpu(usedBefore) };
  });
});
