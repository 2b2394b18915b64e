import type { TalkEntry } from '../contract.ts';
import { Recent } from './recent.ts';

/** What one person and the account have said to each other. */
export interface Talk {
  entries: TalkEntry[];
  unread: number;
  /** The loading bubble shows until then, in simulated ms. */
  loadingUntilMs: number;
  /** Quick replies of this message were used or passed over. */
  dismissedQuickRepliesOf: string | null;
}

/** Entries kept of one talk, and of all together: a crowd's talks are shorter. */
const keptOfOne = 2_000;
const keptOfAll = 100_000;

/** All talks, by person. */
export class Talks {
  readonly #talks = new Map<string, Talk>();
  /** Read-mark tokens never expire; each stands for one message of one person. */
  readonly #readTokens = new Recent<string, { userId: string; messageId: string }>(100_000);

  of(userId: string): Talk {
    let talk = this.#talks.get(userId);
    if (!talk) {
      talk = { entries: [], unread: 0, loadingUntilMs: 0, dismissedQuickRepliesOf: null };
      this.#talks.set(userId, talk);
    }
    return talk;
  }

  add(userId: string, entry: TalkEntry): void {
    const talk = this.of(userId);
    talk.entries.push(entry);
    // Under load one person gets thousands; nobody scrolls back that far. In blocks, as shifting is slow.
    const kept = Math.max(20, Math.min(keptOfOne, Math.floor(keptOfAll / this.#talks.size)));
    if (talk.entries.length > kept * 1.2) talk.entries = talk.entries.slice(-kept);
    if (entry.from === 'account') {
      talk.unread += 1;
      talk.loadingUntilMs = 0;
    }
  }

  rememberReadToken(token: string, place: { userId: string; messageId: string }): void {
    this.#readTokens.set(token, place);
  }

  /** Marks the message behind the token and all before it as read; false for a token never given out. */
  markRead(token: string): string | null {
    const place = this.#readTokens.get(token);
    if (!place) return null;
    this.markReadUpTo(place.userId, place.messageId);
    return place.userId;
  }

  /** Without a message id, marks everything. */
  markReadUpTo(userId: string, messageId?: string): void {
    for (const entry of this.of(userId).entries) {
      if (entry.from === 'person') entry.isRead = true;
      if (entry.id === messageId) return;
    }
  }

  dump() {
    return { talks: [...this.#talks], readTokens: [...this.#readTokens] };
  }

  load({ talks, readTokens }: ReturnType<Talks['dump']>): void {
    this.reset();
    for (const [userId, talk] of talks) this.#talks.set(userId, talk);
    for (const [token, place] of readTokens) this.#readTokens.set(token, place);
  }

  reset(): void {
    this.#talks.clear();
    this.#readTokens.clear();
  }
}
