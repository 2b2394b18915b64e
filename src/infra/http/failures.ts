import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isBusy } from './busy.ts';

export type ErrorKind = 'not-found' | 'forbidden' | 'bad-request' | 'too-large' | 'busy' | 'failed';

/** What each failure is to a program. */
export const FAILURES: Record<ErrorKind, { status: ContentfulStatusCode; title: string }> = {
  'bad-request': { status: 400, title: 'The request cannot be understood' },
  forbidden: { status: 403, title: 'The request was not sent from this site' },
  'not-found': { status: 404, title: 'Nothing is here' },
  'too-large': { status: 413, title: 'The request is too large' },
  failed: { status: 500, title: 'Something went wrong on our side' },
  busy: { status: 503, title: 'Too busy right now' },
};

/** Seconds after which it is worth asking again, when we are too busy. */
export const RETRY_AFTER = '5';

export function kindOf(error: unknown): ErrorKind {
  if (isBusy(error)) return 'busy';
  if (isNoText(error)) return 'bad-request';
  if (!(error instanceof HTTPException)) return 'failed';
  if (error.status === 403) return 'forbidden';
  if (error.status === 404) return 'not-found';
  if (error.status === 413) return 'too-large';
  return error.status < 500 ? 'bad-request' : 'failed';
}

/** PostgreSQL's words for a NUL among the letters, in a text and in JSON: no page of ours sends one, so this is no bug. */
function isNoText(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '22021' || error.code === '22P05');
}

/** An error without what a database adds to it (`detail`, `where`, parameters), which may hold people's data. */
export function withoutData(error: Error): object {
  const code = 'code' in error ? error.code : undefined;
  return { error: error.name, code, message: error.message, stack: error.stack };
}
