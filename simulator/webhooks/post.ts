import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

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

/**
 * Posts exact bytes and waits at most two seconds for a status, as LINE does.
 * Node's own client is used because `fetch` lower-cases header names, and their case is part of the exercise.
 */
export function post(url: string, body: Buffer, headers: Record<string, string>): Promise<PostResult> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const finish = (result: Omit<PostResult, 'durationMs'>) => {
      clearTimeout(timer);
      resolve({ ...result, durationMs: Math.round(performance.now() - startedAt) });
    };
    const target = new URL(url);
    const send = target.protocol === 'https:' ? requestHttps : requestHttp;
    const outgoing = send(target, { method: 'POST', headers: { ...headers, 'Content-Length': String(body.length) } });
    const timer = setTimeout(() => {
      finish({ status: null, failure: 'request_timeout', detail: 'No answer within 2 seconds', responseBody: '' });
      outgoing.destroy();
    }, answersWithinMs);
    outgoing.on('error', (error) =>
      finish({ status: null, failure: 'could_not_connect', detail: error.message, responseBody: '' }),
    );
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', (error) =>
        finish({ status: null, failure: 'unclassified', detail: error.message, responseBody: '' }),
      );
      incoming.on('end', () => {
        const status = incoming.statusCode ?? 0;
        const isAccepted = status >= 200 && status < 300;
        finish({
          status,
          failure: isAccepted ? null : 'error_status_code',
          detail: isAccepted ? String(status) : (incoming.statusMessage ?? String(status)),
          responseBody: Buffer.concat(chunks).toString('utf8').slice(0, 2_000),
        });
      });
    });
    outgoing.end(body);
  });
}
