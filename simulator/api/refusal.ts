import type { Detail } from '../messages/refusal.ts';

/** An answer other than success, thrown where it is found and written by `onError`. Only used at this edge. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;

  constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
    super(typeof body === 'object' && body && 'message' in body ? String(body.message) : `refused with ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** `{"message": …}` as the Messaging API refuses. */
export function refuse(status: number, message: string, details?: Detail[]): Refusal {
  return new Refusal(status, details ? { message, details } : { message });
}

/** `{"error", "error_description"}` as the OAuth endpoints refuse. */
export function refuseOAuth(error: string, description: string, status = 400): Refusal {
  return new Refusal(status, { error, error_description: description });
}
