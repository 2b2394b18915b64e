import type { Refused } from '../../base/refusal.ts';
import { tmfError } from '../../infra/http/tmf.ts';
import type { WebContext } from '../../infra/http/web-env.ts';

/** Why something is not done, as it is answered. What may change by itself is 409, what is wrong with the request 400. */
export interface Refusal<Status extends RefusalStatus = RefusalStatus> extends Refused<string> {
  readonly status: Status;
  readonly reason: string;
}
type RefusalStatus = 400 | 404 | 409;

export const refusal = <Status extends RefusalStatus>(
  status: Status,
  code: string,
  reason: string,
): Refusal<Status> => ({ ok: false, status, code, reason });

export const answerRefusal = <Status extends RefusalStatus>(c: WebContext, { status, code, reason }: Refusal<Status>) =>
  tmfError(c, status, code, reason);

/** Also for whoever names somebody else's: they learn nothing of it. */
export const NOT_FOUND = refusal(404, 'notFound', 'There is no such thing');
export const AMOUNT_INVALID = refusal(400, 'amountInvalid', 'The amount is no whole number of bytes');
export const KEY_CONFLICT = refusal(409, 'conflict', 'This key was used for another request');
export const NOT_IN_SERVICE = refusal(409, 'notInService', 'The subscription is not in service');
