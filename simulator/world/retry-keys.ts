import { Recent } from './recent.ts';

const rememberedForMs = 24 * 60 * 60_000;

export interface AcceptedRequest {
  requestId: string;
  acceptedAtMs: number;
  /** What the first answer said was sent; only push repeats it. */
  sentMessages: unknown[] | null;
}

/** Accepted requests by retry key: for 24 hours the same key has no second effect; of a flood of them the last 200,000. */
export class RetryKeys {
  readonly #accepted = new Recent<string, AcceptedRequest>(200_000);

  find(key: string, nowMs: number): AcceptedRequest | null {
    const found = this.#accepted.get(key.toLowerCase());
    return found && nowMs - found.acceptedAtMs < rememberedForMs ? found : null;
  }

  accept(key: string, request: AcceptedRequest): void {
    this.#accepted.set(key.toLowerCase(), request);
  }

  reset(): void {
    this.#accepted.clear();
  }
}
