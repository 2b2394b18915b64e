import { fork } from 'node:child_process';
import { createHmac, randomInt, randomUUID } from 'node:crypto';
import { newId } from '../src/base/ids.ts';
import { openConnection } from './http-connection.ts';
import { type Measured, startRun } from './load.ts';

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
  /** Processor time of the callers for one of them, in microseconds. */
  readonly callerMicros: number;
}

/** More than any server here answers; those beyond are made as they are needed. */
const MADE_BEFORE_A_SECOND = 25_000;

/** What is asked, and with which status it is answered. */
const EXPECTED = { gift: 201, webhook: 200 };

/** A request's bytes. */
function requestFor(asked: Asked): Buffer {
  if (asked.kind === 'gift') {
    const { subscriptions, apiKey, amountBytes } = asked;
    const from = randomInt(subscriptions.length);
    const to = (from + 1 + randomInt(subscriptions.length - 1)) % subscriptions.length;
    const ids = { fromSubscriptionId: subscriptions[from], toSubscriptionId: subscriptions[to] };
    const headers = `Authorization: Bearer ${apiKey}\r\nIdempotency-Key: ${randomUUID()}`;
    return post('/api/v1/gifts', headers, JSON.stringify({ ...ids, amountBytes }));
  }
  const body = JSON.stringify({ destination: `U${'0'.repeat(32)}`, events: [messageEvent()] });
  const signature = createHmac('sha256', asked.channelSecret).update(body).digest('base64');
  return post('/webhook/line', `X-Line-Signature: ${signature}`, body);
}

/** As LINE sends what somebody wrote. Its ids of events are ULIDs: in the order of time, as ours are. */
function messageEvent() {
  const id = randomUUID().replaceAll('-', '');
  return {
    type: 'message',
    mode: 'active',
    webhookEventId: newId().replaceAll('-', ''),
    timestamp: Date.now(),
    source: { type: 'user', userId: `U${id}` },
    replyToken: id,
    deliveryContext: { isRedelivery: false },
    message: { type: 'text', id, quoteToken: id, text: 'How much data is left?' },
  };
}

/** Bodies are ASCII: a character is a byte. */
function post(path: string, headers: string, body: string): Buffer {
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${headers}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${body.length}\r\n\r\n${body}`,
    'latin1',
  );
}

/** Each connection asks one request at a time, again and again. */
async function measure({ port, connections, seconds, of }: AskHttp): Promise<HttpMeasured> {
  const made = Array.from({ length: seconds * MADE_BEFORE_A_SECOND }, () => requestFor(of));
  let used = 0;
  const next = () => made[used++] ?? requestFor(of);
  const expected = EXPECTED[of.kind];
  const opened = await Promise.all(Array.from({ length: connections }, () => openConnection(port)));
  let answered = 0;
  const before = process.cpuUsage();
  const run = startRun(seconds);
  await Promise.all(
    opened.map(
      (connection) =>
        new Promise<void>((done, fail) => {
          let asked = run.start;
          connection.onAnswer((answer) => {
            if (answer.status !== expected) return fail(new Error(`${answer.status} ${answer.body()}`));
            answered += 1;
            asked = run.answered(asked);
            if (run.isOver(asked)) done();
            else connection.send(next());
          }, fail);
          connection.send(next());
        }),
    ),
  );
  const { user, system } = process.cpuUsage(before);
  for (const connection of opened) connection.end();
  return { ...run.measured(), answered, callerMicros: (user + system) / answered };
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
