import { type ClientRequest, type IncomingMessage, Agent as PlainAgent, request as requestPlain } from 'node:http';
import { request as requestSecure, Agent as SecureAgent } from 'node:https';

type PostFailure = 'could_not_connect' | 'request_timeout' | 'error_status_code' | 'unclassified';

export interface PostResult {
  status: number | null;
  failure: PostFailure | null;
  /** What went wrong, for people. */
  detail: string;
  responseBody: string;
  durationMs: number;
}

const answersWithinMs = 2_000;
/** Short, because small servers serve one connection at a time and others would wait behind it. */
const idleForMs = 1_000;

/**
 * Posts exact bytes over connections that stay open, and waits at most two seconds for a status, as LINE does.
 * Node's own client is used because `fetch` lower-cases header names, and their case is part of the exercise.
 */
export class Poster {
  readonly #plain = new PlainAgent({ keepAlive: true, timeout: idleForMs });
  readonly #secure = new SecureAgent({ keepAlive: true, timeout: idleForMs });
  readonly #targets = new Map<string, URL>();

  post(url: string, body: string, headers: Record<string, string>): Promise<PostResult> {
    const startedAt = performance.now();
    return new Promise((resolve) => {
      let isOver = false;
      const finish = (result: Omit<PostResult, 'durationMs'>) => {
        isOver = true;
        clearTimeout(timer);
        resolve({ ...result, durationMs: Math.round(performance.now() - startedAt) });
      };
      const failed = (failure: PostFailure, detail: string) =>
        finish({ status: null, failure, detail, responseBody: '' });
      let outgoing: ClientRequest;
      const timer = setTimeout(() => {
        failed('request_timeout', 'No answer within 2 seconds');
        outgoing.destroy();
      }, answersWithinMs);
      const start = (isAgain: boolean) => {
        outgoing = this.#open(url, body, headers);
        outgoing.on('error', (error: NodeJS.ErrnoException) => {
          // The bot closed an idle connection just as this set out on it: it has heard nothing yet.
          const isStale = outgoing.reusedSocket && error.code === 'ECONNRESET' && !isOver;
          if (isStale && !isAgain) start(true);
          else failed('could_not_connect', error.message);
        });
        outgoing.on('response', (incoming) => {
          incoming.on('error', (error) => failed('unclassified', error.message));
          readText(incoming, (responseBody) => finish(judge(incoming, responseBody)));
        });
        outgoing.end(body);
      };
      start(false);
    });
  }

  /** Closes the connections that stay open. */
  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }

  #open(url: string, body: string, headers: Record<string, string>): ClientRequest {
    const target = this.#targetOf(url);
    const isSecure = target.protocol === 'https:';
    return (isSecure ? requestSecure : requestPlain)({
      agent: isSecure ? this.#secure : this.#plain,
      method: 'POST',
      hostname: target.hostname.replace(/^\[|\]$/g, ''),
      port: target.port,
      path: target.pathname + target.search,
      headers: { ...headers, 'Content-Length': String(Buffer.byteLength(body)) },
    });
  }

  #targetOf(url: string): URL {
    let target = this.#targets.get(url);
    if (!target) {
      target = new URL(url);
      this.#targets.clear();
      this.#targets.set(url, target);
    }
    return target;
  }
}

function readText(incoming: IncomingMessage, done: (text: string) => void): void {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => done(chunks.length === 0 ? '' : Buffer.concat(chunks).toString('utf8').slice(0, 2_000)));
}

function judge(
  { statusCode = 0, statusMessage }: IncomingMessage,
  responseBody: string,
): Omit<PostResult, 'durationMs'> {
  const isAccepted = statusCode >= 200 && statusCode < 300;
  return {
    status: statusCode,
    failure: isAccepted ? null : 'error_status_code',
    detail: isAccepted ? String(statusCode) : (statusMessage ?? String(statusCode)),
    responseBody,
  };
}
