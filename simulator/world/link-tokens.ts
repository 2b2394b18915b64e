import { Recent } from './recent.ts';

const livesForMs = 10 * 60_000;

/** Account-link tokens: ten minutes, single use, each for one user. */
export class LinkTokens {
  readonly #tokens = new Recent<string, { userId: string; expiresAtMs: number }>(10_000);

  issue(token: string, userId: string, nowMs: number): void {
    this.#tokens.set(token, { userId, expiresAtMs: nowMs + livesForMs });
  }

  /** Uses the token up; whose it was, or null when it is unknown, used or expired. */
  take(token: string, nowMs: number): string | null {
    const found = this.#tokens.get(token);
    this.#tokens.delete(token);
    return found && nowMs <= found.expiresAtMs ? found.userId : null;
  }

  reset(): void {
    this.#tokens.clear();
  }
}
