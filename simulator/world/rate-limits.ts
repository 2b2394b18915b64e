/** A token bucket per method and path template; it holds what one period allows and refills evenly. */
export class RateLimits {
  readonly #buckets = new Map<string, { left: number; atMs: number }>();

  /** True when the call is within the limit; `elapsedMs` never goes back. */
  take(key: string, limit: { calls: number; perMs: number }, elapsedMs: number): boolean {
    const bucket = this.#buckets.get(key) ?? { left: limit.calls, atMs: elapsedMs };
    const refill = ((elapsedMs - bucket.atMs) / limit.perMs) * limit.calls;
    const left = Math.min(limit.calls, bucket.left + refill);
    const isAllowed = left >= 1;
    this.#buckets.set(key, { left: isAllowed ? left - 1 : left, atMs: elapsedMs });
    return isAllowed;
  }

  reset(): void {
    this.#buckets.clear();
  }
}
