import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { spread } from '../load.ts';
import { serveParent, type UsedCpu, useOfCpu } from './process.ts';

/** What the pushing process is asked. */
export interface AskPushing {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  /** Pushes a second; without it as many as are answered. */
  readonly perSecond: number | null;
  readonly token: string;
  readonly userIds: readonly string[];
}

export interface Pushed {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly answered: number;
  /** Answers that were no 200; the first of them in words. */
  readonly refused: number;
  readonly firstRefusal: string | null;
  readonly cpu: UsedCpu;
}

/** One connection kept open: sends, and calls back with the status line and how long the answer took. */
function open(
  port: number,
  answered: (status: string, tookMs: number) => void,
): Promise<{ send(text: string): void; socket: Socket }> {
  return new Promise((done, fail) => {
    let received = '';
    let sentAt = 0;
    const socket = connect(port, '127.0.0.1', () =>
      done({
        socket,
        send(text) {
          sentAt = performance.now();
          socket.write(text);
        },
      }),
    );
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('error', fail);
    socket.on('data', (chunk: string) => {
      received += chunk;
      const head = received.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/^content-length: *(\d+)/im.exec(received.slice(0, head))?.[1] ?? 0);
      if (received.length < head + 4 + length) return;
      const status = received.slice(9, 12) === '200' ? '200' : received;
      received = '';
      answered(status, performance.now() - sentAt);
    });
  });
}

async function push(asked: AskPushing): Promise<Pushed> {
  const { port, seconds, perSecond, token, userIds } = asked;
  const latencies: number[] = [];
  const tally = { answered: 0, refused: 0, firstRefusal: null as string | null };
  const bodies = userIds.map((to) =>
    JSON.stringify({ to, messages: [{ type: 'text', text: 'データ残量は2.4GBです。' }] }),
  );
  const heads = bodies.map(
    (body) =>
      `POST /v2/bot/message/push HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nX-Line-Retry-Key: `,
  );
  let turn = 0;
  const nextRequest = () => {
    turn = (turn + 1) % userIds.length;
    return `${heads[turn]}${randomUUID()}\r\n\r\n${bodies[turn]}`;
  };

  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1_000;
  const usedBefore = useOfCpu();
  let due = 0;
  const free: { send(text: string): void }[] = [];
  /** With a rate: so many as are due by now and no more. */
  const mayStart = () => perSecond === null || due < ((performance.now() - startedAt) / 1_000) * perSecond;
  const all = await Promise.all(
    Array.from({ length: asked.connections }, async () => {
      const connection = await open(port, (status, tookMs) => {
        latencies.push(tookMs);
        if (status === '200') tally.answered += 1;
        else {
          tally.refused += 1;
          tally.firstRefusal ??= status;
        }
        free.push(connection);
        startWhatIsDue();
      });
      return connection;
    }),
  );
  free.push(...all);
  function startWhatIsDue(): void {
    while (performance.now() < endsAt && mayStart()) {
      const connection = free.pop();
      if (!connection) return;
      due += 1;
      connection.send(nextRequest());
    }
  }
  startWhatIsDue();
  const timer = setInterval(startWhatIsDue, 2);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  clearInterval(timer);
  const tookSeconds = (performance.now() - startedAt) / 1_000;
  const used = useOfCpu(usedBefore);
  for (const { socket } of all) socket.destroy();
  return { ...spread(latencies), perSecond: tally.answered / tookSeconds, ...tally, cpu: used };
}

serveParent(push);
