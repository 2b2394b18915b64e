import { Recent } from './recent.ts';

const usableForMs = 60_000;
const redeliveryHelpsForMs = 20 * 60_000;

interface ReplyToken {
  userId: string;
  eventAtMs: number;
  /** Counted from the last delivery of the webhook. */
  deliveredAtMs: number;
}

/** Reply tokens: once, within one minute of the webhook's arrival; of a flood that nobody answers the last 100,000. */
export class ReplyTokens {
  readonly #tokens = new Recent<string, ReplyToken>(100_000);

  issue(token: string, userId: string, nowMs: number): void {
    this.#tokens.set(token, { userId, eventAtMs: nowMs, deliveredAtMs: nowMs });
  }

  /** A webhook went out (again): its unused token lives another minute, unless the event is over 20 minutes old. */
  delivered(token: string, nowMs: number): void {
    const found = this.#tokens.get(token);
    if (found && nowMs - found.eventAtMs <= redeliveryHelpsForMs) found.deliveredAtMs = nowMs;
  }

  /** Uses the token up; the user it answers, or null when it is unknown, used or too old. */
  take(token: string, nowMs: number): string | null {
    const found = this.#tokens.get(token);
    if (!found || nowMs - found.deliveredAtMs > usableForMs) return null;
    this.#tokens.delete(token);
    return found.userId;
  }

  get size(): number {
    return this.#tokens.size;
  }

  reset(): void {
    this.#tokens.clear();
  }
}
