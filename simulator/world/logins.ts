import { Recent } from './recent.ts';

/** What was agreed when an authorization code was given out. */
export interface Grant {
  userId: string;
  clientId: string;
  redirectUri: string;
  scope: string[];
  nonce: string | null;
  codeChallenge: string | null;
  /** How the person proved who they are. */
  amr: string[];
  authTimeMs: number;
}

export interface LoginToken {
  userId: string;
  clientId: string;
  scope: string[];
  expiresAtMs: number;
}

const codeLivesForMs = 10 * 60_000;

/** Authorization codes and user tokens of the login channel. */
export class Logins {
  readonly #codes = new Recent<string, { grant: Grant; expiresAtMs: number }>(10_000);
  readonly #access = new Recent<string, LoginToken>(10_000);
  readonly #refresh = new Recent<string, LoginToken>(10_000);

  issueCode(code: string, grant: Grant, nowMs: number): void {
    this.#codes.set(code, { grant, expiresAtMs: nowMs + codeLivesForMs });
  }

  /** Uses the code up. */
  takeCode(code: string, nowMs: number): Grant | null {
    const found = this.#codes.get(code);
    this.#codes.delete(code);
    return found && nowMs <= found.expiresAtMs ? found.grant : null;
  }

  issueAccess(token: string, login: LoginToken): void {
    this.#access.set(token, login);
  }

  issueRefresh(token: string, login: LoginToken): void {
    this.#refresh.set(token, login);
  }

  access(token: string, nowMs: number): LoginToken | null {
    return live(this.#access.get(token), nowMs);
  }

  refresh(token: string, nowMs: number): LoginToken | null {
    return live(this.#refresh.get(token), nowMs);
  }

  revoke(token: string): void {
    this.#access.delete(token);
    this.#refresh.delete(token);
  }

  /** The person leaves the service: every token of theirs is void. */
  revokeAllOf(userId: string): void {
    for (const tokens of [this.#access, this.#refresh]) {
      for (const [token, login] of tokens) if (login.userId === userId) tokens.delete(token);
    }
  }

  reset(): void {
    this.#codes.clear();
    this.#access.clear();
    this.#refresh.clear();
  }
}

function live(login: LoginToken | undefined, nowMs: number): LoginToken | null {
  return login && nowMs < login.expiresAtMs ? login : null;
}
