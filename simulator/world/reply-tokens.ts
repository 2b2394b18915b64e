import { Recent } from './recent.ts';

const usableForMs = 60_000;
const redeliveryHelpsForMs = 20 * 60_000;

interface ReplyToken {
  userId: string;
  eventAtMs: number;
  /** Counted from the last delivery of the webhook. */
  deliveredAtMs: number;
  isUsed: boolean;
}

/** Reply tokens: once, within one minute of the webhook's arrival. */
export class ReplyTokens {
  readonly #tokens = new Recent<string, ReplyToken>(200_000);

  issue(token: string, userId: string, nowMs: number): void {
    this.#tokens.set(token, { userId, eventAtMs: nowMs, deliveredAtMs: nowMs, isUsed: false });
  }

  /** A webhook went out (again): its unused token lives another minute, unless the event is over 20 minutes old. */
  delivered(token: string, nowMs: number): void {
    const found = this.#tokens.get(token);
    if (found && !found.isUsed && nowMs - found.eventAtMs <= redeliveryHelpsForMs) found.deliveredAtMs = nowMs;
  }

  /** Uses the token up; the user it answers, or null when it is unknown, used or too old. */
  take(token: string, nowMs: number): string | null {
    const found = this.#tokens.get(token);
    if (!found || found.isUsed || nowMs - found.deliveredAtMs > usableForMs) return null;
    found.isUsed = true;
    return found.userId;
  }

  reset(): void {
    this.#tokens.clear();
  }
}
