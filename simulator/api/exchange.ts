import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Platform } from '../platform.ts';
import type { Told } from './envelope.ts';
import { checkChannelToken, checkRate } from './guards.ts';
import { isText, type Passed, readable, refusalIn, shownHeaders } from './log.ts';
import type { Operation, Operations } from './operation.ts';
import { Refusal } from './refusal.ts';

/** What a listener needs of a Hono app. */
interface Fetching {
  fetch(request: Request, told: Told): Response | Promise<Response>;
}

/** An answer before it leaves. */
interface Outcome {
  status: number;
  /** Names and values in turns. */
  headers: string[];
  body: string | Buffer | null;
  refusal?: string;
}

const json = ['content-type', 'application/json'];

/**
 * What every call to a simulated origin goes through: a request id, faults, the log. Calls that come by thousands have
 * operations of their own; all others go to the app.
 * @param origin its name in the log
 */
export function serveOrigin(
  platform: Platform,
  origin: 'api' | 'data' | 'access',
  { app, operations = new Map() }: { app: Fetching; operations?: Operations },
): RequestListener {
  const { world } = platform;

  async function exchange(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const startedAt = performance.now();
    const at = world.clock.instant();
    const requestId = world.ids.requestId();
    const bytes = await readBytes(incoming);
    const fault = origin === 'access' ? {} : (world.faults.api ?? {});
    if (fault.delayMs && world.chance.happens(fault.delayRate ?? 1)) await wait(fault.delayMs);
    const isFaulty = fault.status !== undefined && world.chance.happens(fault.rate ?? 1);
    let outcome = isFaulty ? faultOf(fault.status ?? 500) : answer(incoming, bytes, requestId);
    if (outcome instanceof Promise) outcome = await outcome;
    if (world.chance.happens(fault.unknownFields)) outcome = withUnknownField(outcome);
    const isDropped = !isFaulty && world.chance.happens(fault.dropAfterAccept);
    if (isDropped) incoming.socket.destroy();
    else write(outgoing, requestId, outcome);
    log({ incoming, bytes, outcome, isDropped, at, durationMs: Math.round(performance.now() - startedAt) });
  }

  function answer(incoming: IncomingMessage, bytes: Buffer, requestId: string): Outcome | Promise<Outcome> {
    const { method = 'GET', url = '/' } = incoming;
    const operation = operations.get(`${method} ${pathOf(url)}`);
    return operation ? operate(operation, incoming, bytes, requestId) : ask(incoming, bytes, requestId);
  }

  function operate(operation: Operation, incoming: IncomingMessage, bytes: Buffer, requestId: string): Outcome {
    const { headers, method = '', url = '' } = incoming;
    try {
      checkChannelToken(platform, headers.authorization);
      checkRate(platform, method, pathOf(url));
      const { status, body } = operation({ requestId, headers, text: bytes.toString('utf8') });
      return { status, headers: json, body: JSON.stringify(body) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const headersToo = Object.entries(error.headers).flat();
      return { status: error.status, headers: [...json, ...headersToo], body: JSON.stringify(error.body) };
    }
  }

  async function ask(incoming: IncomingMessage, bytes: Buffer, requestId: string): Promise<Outcome> {
    const told: Told = { requestId };
    const response = await app.fetch(toRequest(incoming, bytes), told);
    const headers = [...response.headers].flat();
    const isShown = isText(response.headers.get('content-type') ?? '');
    const body = isShown ? await response.text() : Buffer.from(await response.arrayBuffer());
    const refusal = told.refusal === undefined ? {} : { refusal: told.refusal };
    return { status: response.status, headers, body: body.length === 0 ? null : body, ...refusal };
  }

  function log(went: {
    incoming: IncomingMessage;
    bytes: Buffer;
    outcome: Outcome;
    isDropped: boolean;
    at: string;
    durationMs: number;
  }): void {
    const { incoming, bytes, outcome, isDropped, at, durationMs } = went;
    const { method = 'GET', url = '/', rawHeaders } = incoming;
    const type = incoming.headers['content-type'] ?? '';
    const answerType = typeOf(outcome);
    const asked: Passed = isText(type) ? bytes.toString('utf8') : bytes.length;
    const answered: Passed = typeof outcome.body === 'string' ? outcome.body : (outcome.body?.length ?? 0);
    const refusal = isDropped
      ? 'the connection was broken by a fault after the work was done'
      : (outcome.refusal ?? refusalIn(outcome.status, answerType, answered));
    world.calls.add({
      at,
      direction: 'received',
      method,
      origin,
      path: url,
      status: isDropped ? null : outcome.status,
      ...(refusal ? { refusal } : {}),
      durationMs,
      size: sizeOf(asked) + sizeOf(answered),
      words: () => ({
        headers: shownHeaders(rawHeaders),
        body: readable(type, asked),
        responseBody: isDropped ? null : readable(answerType, answered),
      }),
    });
  }

  return (incoming, outgoing) => {
    exchange(incoming, outgoing).catch((error: unknown) => {
      // A caller that hung up is no news.
      if (incoming.destroyed && !incoming.complete) return;
      console.error(error);
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"Internal Server Error"}');
    });
  };
}

function readBytes(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    incoming.on('error', reject);
  });
}

function write(outgoing: ServerResponse, requestId: string, { status, headers, body }: Outcome): void {
  const isBodyless = status === 204 || status === 304;
  const length = isBodyless ? [] : ['content-length', String(body === null ? 0 : Buffer.byteLength(body))];
  outgoing.writeHead(status, [...headers.filter(notLength), 'x-line-request-id', requestId, ...length]);
  outgoing.end(isBodyless ? null : body);
}

/** Lengths are counted here; one that came along belongs to the pair before. */
function notLength(_text: string, place: number, all: string[]): boolean {
  return all[place - (place % 2)]?.toLowerCase() !== 'content-length';
}

function toRequest(incoming: IncomingMessage, bytes: Buffer): Request {
  const { method = 'GET', url = '/', rawHeaders, headers } = incoming;
  const pairs: [string, string][] = [];
  for (let place = 0; place < rawHeaders.length; place += 2) {
    pairs.push([rawHeaders[place] ?? '', rawHeaders[place + 1] ?? '']);
  }
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const address = new URL(url, `http://${headers.host ?? 'localhost'}`);
  return new Request(address, { method, headers: pairs, ...(hasBody ? { body: new Uint8Array(bytes) } : {}) });
}

function faultOf(status: number): Outcome {
  const message = status === 429 ? 'The API rate limit has been exceeded. Try again later.' : 'Internal Server Error';
  return { status, headers: json, body: JSON.stringify({ message }) };
}

function withUnknownField(outcome: Outcome): Outcome {
  if (typeof outcome.body !== 'string' || !typeOf(outcome).includes('json')) return outcome;
  const body: unknown = JSON.parse(outcome.body);
  if (typeof body !== 'object' || Array.isArray(body)) return outcome;
  return { ...outcome, body: JSON.stringify({ ...body, addedByLineLater: { level: 1 } }) };
}

function typeOf({ headers }: Outcome): string {
  const place = headers.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === 'content-type');
  return place < 0 ? '' : (headers[place + 1] ?? '');
}

function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}

function sizeOf(passed: Passed): number {
  return typeof passed === 'string' ? passed.length : 0;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
