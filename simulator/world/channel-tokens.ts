import { Recent } from './recent.ts';

/** Channel access tokens given out by the token endpoints, and one that never ends. */
export class ChannelTokens {
  readonly #tokens = new Recent<string, { expiresAtMs: number; keyId: string | null }>(10_000);

  issue(token: string, expiresAtMs: number, keyId: string | null = null): void {
    this.#tokens.set(token, { expiresAtMs, keyId });
  }

  /** Milliseconds left, or null when it is unknown, expired or revoked. */
  msLeft(token: string, nowMs: number): number | null {
    const found = this.#tokens.get(token);
    return found && nowMs < found.expiresAtMs ? found.expiresAtMs - nowMs : null;
  }

  revoke(token: string): void {
    this.#tokens.delete(token);
  }

  validKeyIds(nowMs: number): string[] {
    return [...this.#tokens].flatMap(([, token]) =>
      token.keyId !== null && nowMs < token.expiresAtMs ? [token.keyId] : [],
    );
  }
}
