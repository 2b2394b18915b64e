import { Recent } from './recent.ts';

/** What a service message may still be sent with. */
export interface NotificationToken {
  userId: string;
  sessionId: string;
  remainingCount: number;
  expiresAtMs: number;
}

/** Tokens for service messages: one a LIFF access token, renewed by every sending, five sendings at most. */
export class ServiceMessages {
  readonly #tokens = new Recent<string, NotificationToken>(10_000);
  readonly #usedAccessTokens = new Recent<string, true>(10_000);

  /** False when a token was given out for this access token before. */
  useAccessToken(accessToken: string): boolean {
    if (this.#usedAccessTokens.get(accessToken)) return false;
    this.#usedAccessTokens.set(accessToken, true);
    return true;
  }

  issue(token: string, notification: NotificationToken): void {
    this.#tokens.set(token, notification);
  }

  find(token: string, nowMs: number): NotificationToken | null {
    const found = this.#tokens.get(token);
    return found && nowMs < found.expiresAtMs ? found : null;
  }

  /** A token is void once another took its place. */
  remove(token: string): void {
    this.#tokens.delete(token);
  }

  reset(): void {
    this.#tokens.clear();
    this.#usedAccessTokens.clear();
  }
}
