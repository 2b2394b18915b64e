import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { webhook } from '@line/bot-sdk';

/** One webhook request as it arrived. */
interface Heard {
  rawHeaders: string[];
  headers: IncomingHttpHeaders;
  body: Buffer;
  events: webhook.Event[];
}

/** A bot that only listens. */
export interface Bot {
  url: string;
  heard: Heard[];
  /** All events heard, oldest first. */
  events(): webhook.Event[];
  /** What it answers: a status, or how long it thinks. */
  behave(behaviour: { status?: number; thinksMs?: number }): void;
  stop(): Promise<void>;
}

export async function startBot(): Promise<Bot> {
  const heard: Heard[] = [];
  let behaviour: { status?: number; thinksMs?: number } = {};
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { rawHeaders, headers } = request;
    heard.push({ rawHeaders, headers, body, events: JSON.parse(body.toString('utf8')).events });
    if (behaviour.thinksMs) await new Promise((resolve) => setTimeout(resolve, behaviour.thinksMs));
    response.writeHead(behaviour.status ?? 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    heard,
    events: () => heard.flatMap(({ events }) => events),
    behave: (next) => {
      behaviour = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
