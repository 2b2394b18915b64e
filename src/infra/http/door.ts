import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { PROBLEM_TYPE, problemText } from './problem.ts';

/**
 * A place where programs post, thousands of times a second: bytes in, a short answer out. It stands before the web with its
 * pages, sessions and languages, of which it needs nothing (`doors.ts`).
 */
export interface Door {
  /** Where it is posted to, the whole path. */
  readonly path: string;
  /** In bytes. */
  readonly largestBody: number;
  answer(posted: Posted): Promise<DoorAnswer>;
}

export interface Posted {
  readonly headers: IncomingHttpHeaders;
  /** As it came: a signature is over these bytes. */
  readonly body: Buffer;
}

export interface DoorAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** JSON, as `c.json` answers it in the web. */
export function doorJson(status: number, body: object): DoorAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** Problem details (RFC 9457), as `problem` answers them in the web. */
export function doorProblem(
  status: number,
  code: string,
  title: string,
  { detail, headers }: { detail?: string | undefined; headers?: Readonly<Record<string, string>> } = {},
): DoorAnswer {
  const body = problemText(status, code, title, detail);
  return { status, headers: { 'content-type': PROBLEM_TYPE, ...headers }, body };
}

/** One header's value; of one that came twice both, as they were joined. */
export function headerOf({ headers }: Posted, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** The body, or why there is none: it is larger than that, or its sender is gone. */
export function readBody(request: IncomingMessage, largest: number): Promise<Buffer | 'too-large' | 'broken-off'> {
  return new Promise((done) => {
    // One that says its length is held to it by the parser; one that does not is counted as it comes.
    if (Number(request.headers['content-length'] ?? 0) > largest) return done('too-large');
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > largest) done('too-large');
      else chunks.push(chunk);
    });
    request.on('end', () => done(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', () => done('broken-off'));
    request.on('close', () => done('broken-off'));
  });
}
