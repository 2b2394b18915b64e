import { randomInt, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { callersFor, type Measured } from './load.ts';

export interface AskHttp {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  readonly apiKey: string;
  readonly amountBytes: number;
  readonly subscriptions: readonly string[];
}

export interface HttpMeasured extends Measured {
  /** Gifts answered with 201; any other answer ends the run. */
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

async function measure(asked: AskHttp): Promise<HttpMeasured> {
  const { port, connections, seconds, apiKey, amountBytes, subscriptions } = asked;
  const free = await Promise.all(Array.from({ length: connections }, () => openConnection(port)));
  let answered = 0;
  const measured = await callersFor(seconds, connections, async () => {
    const connection = free.pop();
    if (connection === undefined) throw new Error('no connection is free');
    const from = randomInt(subscriptions.length);
    const to = (from + 1 + randomInt(subscriptions.length - 1)) % subscriptions.length;
    const body = JSON.stringify({
      fromSubscriptionId: subscriptions[from],
      toSubscriptionId: subscriptions[to],
      amountBytes,
    });
    const response = await connection.send(
      `POST /api/v1/gifts HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${apiKey}\r\n` +
        `Idempotency-Key: ${randomUUID()}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    free.push(connection);
    if (!response.startsWith('HTTP/1.1 201')) throw new Error(response);
    answered += 1;
  });
  for (const connection of free) connection.end();
  return { ...measured, answered };
}

process.once('message', (asked: AskHttp) => {
  measure(asked).then(
    (measured) => process.send?.(measured, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
