const rememberedForMs = 24 * 60 * 60_000;
const keptAtMost = 500_000;

export interface AcceptedRequest {
  requestId: string;
  acceptedAtMs: number;
  /** What the first answer said was sent; only push repeats it. */
  sentMessages: unknown[] | null;
}

/** Accepted requests by retry key: for 24 hours the same key has no second effect. */
export class RetryKeys {
  readonly #accepted = new Map<string, AcceptedRequest>();

  find(key: string, nowMs: number): AcceptedRequest | null {
    const found = this.#accepted.get(key.toLowerCase());
    return found && nowMs - found.acceptedAtMs < rememberedForMs ? found : null;
  }

  accept(key: string, request: AcceptedRequest): void {
    this.#accepted.set(key.toLowerCase(), request);
    if (this.#accepted.size > keptAtMost) this.#forgetOldest();
  }

  /** Under load the day's keys would fill the memory: the oldest tenth goes. */
  #forgetOldest(): void {
    let tooMany = keptAtMost / 10;
    for (const key of this.#accepted.keys()) {
      if (tooMany === 0) return;
      this.#accepted.delete(key);
      tooMany -= 1;
    }
  }

  reset(): void {
    this.#accepted.clear();
  }
}
