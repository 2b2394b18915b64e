import { Recent } from './recent.ts';

type PickResult = 'SUCCESS' | 'CANCEL';

/** One opening of the share picker: whose it is, and how it ended. */
export interface SharePick {
  userId: string;
  expiresAtMs: number;
  result: PickResult | null;
}

const livesForMs = 10 * 60_000;

/** Share pickers by one-time token: the app asks for the result until there is one. */
export class SharePicks {
  readonly #picks = new Recent<string, SharePick>(10_000);

  issue(ott: string, userId: string, nowMs: number): void {
    this.#picks.set(ott, { userId, expiresAtMs: nowMs + livesForMs, result: null });
  }

  find(ott: string, nowMs: number): SharePick | null {
    const found = this.#picks.get(ott);
    return found && nowMs < found.expiresAtMs ? found : null;
  }

  reset(): void {
    this.#picks.clear();
  }
}
