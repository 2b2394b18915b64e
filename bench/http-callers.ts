import { fork } from 'node:child_process';
import { createHmac, randomInt, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { callersFor, type Measured } from './load.ts';

export interface AskHttp {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  readonly of: Asked;
}

type Asked =
  | {
      readonly kind: 'gift';
      readonly apiKey: string;
      readonly amountBytes: number;
      readonly subscriptions: readonly string[];
    }
  | { readonly kind: 'webhook'; readonly channelSecret: string };

export interface HttpMeasured extends Measured {
  /** Requests answered as they should be; any other answer ends the run. */
  readonly answered: number;
}

/** One connection kept open, one request at a time. Less than a client needs, so that the server is what is measured. */
function openConnection(port: number): Promise<{ send(request: string): Promise<string>; end(): void }> {
  return new Promise((done, fail) => {
    let received = '';
    let answer: ((response: string) => void) | undefined;
    const socket = connect(port, '127.0.0.1', () =>
      done({
        send(request) {
          socket.write(request);
          return new Promise((settle) => {
            answer = settle;
          });
        },
        end: () => socket.end(),
      }),
    );
    socket.setNoDelay(true);
    socket.setEncoding('utf8');
    socket.on('error', fail);
    socket.on('data', (chunk: string) => {
      received += chunk;
      const head = received.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/^content-length: (\d+)/im.exec(received)?.[1] ?? 0);
      // Answers are ASCII: a character is a byte.
      if (received.length < head + 4 + length) return;
      const response = received;
      received = '';
      answer?.(response);
    });
  });
}

/** A request and how its answer must begin. */
function requestFor(asked: Asked): { request: string; expected: string } {
  if (asked.kind === 'gift') {
    const { subscriptions, apiKey, amountBytes } = asked;
    const from = randomInt(subscriptions.length);
    const to = (from + 1 + randomInt(subscriptions.length - 1)) % subscriptions.length;
    const ids = { fromSubscriptionId: subscriptions[from], toSubscriptionId: subscriptions[to] };
    const headers = `Authorization: Bearer ${apiKey}\r\nIdempotency-Key: ${randomUUID()}`;
    return {
      request: post('/api/v1/gifts', headers, JSON.stringify({ ...ids, amountBytes })),
      expected: 'HTTP/1.1 201',
    };
  }
  const body = JSON.stringify({ destination: `U${'0'.repeat(32)}`, events: [messageEvent()] });
  const signature = createHmac('sha256', asked.channelSecret).update(body).digest('base64');
  return { request: post('/webhook/line', `X-Line-Signature: ${signature}`, body), expected: 'HTTP/1.1 200' };
}

/** As LINE sends what somebody wrote. */
function messageEvent() {
  const id = randomUUID().replaceAll('-', '');
  return {
    type: 'message',
    mode: 'active',
    webhookEventId: id,
    timestamp: Date.now(),
    source: { type: 'user', userId: `U${id}` },
    replyToken: id,
    deliveryContext: { isRedelivery: false },
    message: { type: 'text', id, quoteToken: id, text: 'How much data is left?' },
  };
}

/** Bodies are ASCII: a character is a byte. */
function post(path: string, headers: string, body: string): string {
  return (
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${headers}\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${body.length}\r\n\r\n${body}`
  );
}

async function measure({ port, connections, seconds, of }: AskHttp): Promise<HttpMeasured> {
  const free = await Promise.all(Array.from({ length: connections }, () => openConnection(port)));
  let answered = 0;
  const measured = await callersFor(seconds, connections, async () => {
    const connection = free.pop();
    if (connection === undefined) throw new Error('no connection is free');
    const { request, expected } = requestFor(of);
    const response = await connection.send(request);
    free.push(connection);
    if (!response.startsWith(expected)) throw new Error(response);
    answered += 1;
  });
  for (const connection of free) connection.end();
  return { ...measured, answered };
}

/** The callers are a process of their own, as they would be. */
export function askHttp(asked: AskHttp): Promise<HttpMeasured> {
  return new Promise((done, fail) => {
    const callers = fork(new URL('http-callers.ts', import.meta.url));
    callers.once('message', (measured: HttpMeasured) => done(measured));
    callers.once('error', fail);
    callers.once('exit', (code) => fail(new Error(`the callers ended with ${code}`)));
    callers.send(asked);
  });
}

// Only where it was forked: the bench imports `askHttp` from here.
if (process.argv[1]?.endsWith('http-callers.ts')) {
  process.once('message', (asked: AskHttp) => {
    measure(asked).then(
      (measured) => process.send?.(measured, () => process.exit(0)),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}
