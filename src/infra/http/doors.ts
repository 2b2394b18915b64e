import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Door, type DoorAnswer, doorProblem, readBody } from './door.ts';
import { type ErrorKind, FAILURES, kindOf, RETRY_AFTER, withoutData } from './failures.ts';
import { programHeaders } from './security-headers.ts';
import type { Beside } from './server.ts';
import type { WebLog } from './web.ts';

/**
 * Doors on the same port as the web. What every request of a program gets there it gets here: a number, the few headers, a
 * limit of its body, a line in the log, problem details when something fails.
 */
export function createDoors(options: { doors: readonly Door[]; log: WebLog; isSecure: boolean }): Beside {
  const { log } = options;
  const doors = new Map(options.doors.map((door) => [door.path, door]));
  // As a flat list, which leaves as it is: Node would make one of an object for each answer.
  const guarding = Object.entries(programHeaders(options)).flat();

  async function answerOf(door: Door, request: IncomingMessage, requestId: string): Promise<DoorAnswer | undefined> {
    const body = await readBody(request, door.largestBody);
    if (body === 'broken-off') return undefined;
    if (body === 'too-large') return failure('too-large', { connection: 'close' });
    try {
      return await door.answer({ headers: request.headers, body });
    } catch (error) {
      const kind = kindOf(error);
      if (kind === 'failed' && error instanceof Error)
        log.error({ requestId, ...withoutData(error) }, 'request failed');
      return failure(kind, kind === 'busy' ? { 'retry-after': RETRY_AFTER } : {});
    }
  }

  async function serve(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    const requestId = randomUUID();
    const answer = await answerOf(door, request, requestId);
    if (answer === undefined) return;
    const { status, headers = {}, body = '' } = answer;
    const length = String(Buffer.byteLength(body));
    const own = Object.entries(headers).flat();
    response.writeHead(status, ['x-request-id', requestId, 'content-length', length, ...own, ...guarding]);
    response.end(body);
    const ms = Math.round(performance.now() - started);
    log.info({ requestId, method: 'POST', route: door.path, status, ms }, 'request');
  }

  return {
    takes: (method, path) => method === 'POST' && doors.has(path),
    answer(request, response, path) {
      const door = doors.get(path);
      if (door !== undefined) void serve(door, request, response);
    },
  };
}

function failure(kind: ErrorKind, headers: Readonly<Record<string, string>>): DoorAnswer {
  const { status, title } = FAILURES[kind];
  return doorProblem(status, kind, title, { headers });
}
