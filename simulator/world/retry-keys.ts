import { Recent } from './recent.ts';

const rememberedForMs = 24 * 60 * 60_000;

export interface AcceptedRequest {
  requestId: string;
  acceptedAtMs: number;
  /** What the first answer said was sent; only push repeats it. */
  sentMessages: unknown[] | null;
}

/** Accepted requests by retry key: for 24 hours the same key has no second effect; of a flood of them the last 100,000. */
export class RetryKeys {
  /** What was sent as text: nearly nobody asks, and of a flood it is a third of the memory. */
  readonly #accepted = new Recent<string, Omit<AcceptedRequest, 'sentMessages'> & { sent: string | null }>(100_000);

  find(key: string, nowMs: number): AcceptedRequest | null {
    const found = this.#accepted.get(key.toLowerCase());
    if (!found || nowMs - found.acceptedAtMs >= rememberedForMs) return null;
    const { sent, ...request } = found;
    return { ...request, sentMessages: sent === null ? null : JSON.parse(sent) };
  }

  accept(key: string, request: AcceptedRequest): void {
    const { sentMessages, ...rest } = request;
    this.#accepted.set(key.toLowerCase(), { ...rest, sent: sentMessages && JSON.stringify(sentMessages) });
  }

  get size(): number {
    return this.#accepted.size;
  }

  reset(): void {
    this.#accepted.clear();
  }
}
