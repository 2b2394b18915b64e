import { HTTPFetchError } from '@line/bot-sdk';

/** The result of a call. Calls do not throw; whether to try again is the caller's decision. */
export type LineAnswer<Value> =
  | { readonly kind: 'ok'; readonly value: Value; readonly requestId: string | null }
  /** LINE's answer was not 2xx. `message` is LINE's text, `acceptedRequestId` the id of the request that this one repeats. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly message: string;
      readonly requestId: string | null;
      readonly acceptedRequestId: string | null;
    }
  /** No answer: a time-out or a broken connection. `isCertainlyUnsent` when the request cannot have reached LINE. */
  | { readonly kind: 'no-answer'; readonly isCertainlyUnsent: boolean; readonly message: string };

/** A call that did not succeed, for callers that only want the value. */
export class LineCallFailed extends Error {
  readonly answer: Exclude<LineAnswer<unknown>, { kind: 'ok' }>;
  constructor(call: string, answer: Exclude<LineAnswer<unknown>, { kind: 'ok' }>) {
    super(`LINE ${call}: ${answer.kind === 'refused' ? `${answer.status} ${answer.message}` : answer.message}`);
    this.name = 'LineCallFailed';
    this.answer = answer;
  }
}

/** What a call's error tells. */
export function answerOf(error: unknown): Exclude<LineAnswer<never>, { kind: 'ok' }> {
  if (error instanceof HTTPFetchError) {
    return {
      kind: 'refused',
      status: error.status,
      message: messageIn(error.body),
      requestId: error.headers.get('x-line-request-id'),
      acceptedRequestId: error.headers.get('x-line-accepted-request-id'),
    };
  }
  return { kind: 'no-answer', isCertainlyUnsent: isUnsent(error), message: describe(error) };
}

function messageIn(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null && 'message' in parsed) return String(parsed.message);
  } catch {
    // Not JSON: a gateway's page in front of LINE.
  }
  return body.slice(0, 200);
}

/** Errors of connecting, before a byte of the request left. */
const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

function isUnsent(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && UNSENT.has(cause.code);
}

/** What happened, for whoever reads the log. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`;
}
