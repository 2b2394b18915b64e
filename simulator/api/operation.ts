import type { IncomingHttpHeaders } from 'node:http';

/** What an operation is told of a call: texts as they came, nothing of the server behind them. */
export interface Asked {
  requestId: string;
  headers: IncomingHttpHeaders;
  /** The body. */
  text: string;
}

export interface Answer {
  status: number;
  body: object;
}

/**
 * A call answered without a web framework, for those that come by thousands a second: a push costs a fifth of what the
 * same costs as a `Request` and a `Response`. Throws a Refusal like any other call.
 */
export type Operation = (asked: Asked) => Answer;

/** By method and path: `POST /v2/bot/message/push`. */
export type Operations = ReadonlyMap<string, Operation>;
