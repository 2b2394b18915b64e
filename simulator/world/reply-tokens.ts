import { Recent } from './recent.ts';

const usableForMs = 60_000;
const redeliveryHelpsForMs = 20 * 60_000;

interface ReplyToken {
  chatId: string;
  eventAtMs: number;
  /** Counted from the last delivery of the webhook. */
  deliveredAtMs: number;
}

/** Reply tokens: once, within one minute of the webhook's arrival; of a flood that nobody answers the last 100,000. */
export class ReplyTokens {
  readonly #tokens = new Recent<string, ReplyToken>(100_000);

  issue(token: string, chatId: string, nowMs: number): void {
    this.#tokens.set(token, { chatId, eventAtMs: nowMs, deliveredAtMs: nowMs });
  }

  /** A webhook went out (again): its unused token lives another minute, unless the event is over 20 minutes old. */
  delivered(token: string, nowMs: number): void {
    const found = this.#tokens.get(token);
    if (found && nowMs - found.eventAtMs <= redeliveryHelpsForMs) found.deliveredAtMs = nowMs;
  }

  /** The talk (a user's or a group's id) it answers in, or null when it is unknown, used or too old. */
  find(token: string, nowMs: number): string | null {
    const found = this.#tokens.get(token);
    return found && nowMs - found.deliveredAtMs <= usableForMs ? found.chatId : null;
  }

  use(token: string): void {
    this.#tokens.delete(token);
  }

  get size(): number {
    return this.#tokens.size;
  }

  reset(): void {
    this.#tokens.clear();
  }
}
