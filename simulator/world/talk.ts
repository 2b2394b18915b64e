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
/** Characters of messages kept of all talks: a hundred thousand cards would fill a gigabyte. */
const charactersOfAll = 32 * 1024 * 1024;
/** What is kept of a talk however large it is. */
const leastOfOne = 5;

/** All talks, by person. */
export class Talks {
  readonly #talks = new Map<string, Talk>();
  /** Characters of each. */
  readonly #sizes = new Map<string, number>();
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
    const size = (this.#sizes.get(userId) ?? 0) + sizeOf(entry);
    this.#sizes.set(userId, size);
    // Under load one person gets thousands; nobody scrolls back that far. In blocks, as shifting is slow.
    const kept = Math.max(20, Math.min(keptOfOne, Math.floor(keptOfAll / this.#talks.size)));
    const share = charactersOfAll / this.#talks.size;
    const isLarge = size > share * 1.2 && talk.entries.length > leastOfOne;
    if (talk.entries.length > kept * 1.2 || isLarge) this.#trim(userId, talk, { kept, share });
    if (entry.from === 'account') {
      talk.unread += 1;
      talk.loadingUntilMs = 0;
    }
  }

  has(userId: string, messageId: string): boolean {
    return this.of(userId).entries.some(({ id }) => id === messageId);
  }

  #trim(userId: string, talk: Talk, { kept, share }: { kept: number; share: number }): void {
    let size = 0;
    let count = 0;
    for (const entry of talk.entries.slice(-kept).reverse()) {
      const more = sizeOf(entry);
      if (count >= leastOfOne && size + more > share) break;
      size += more;
      count += 1;
    }
    talk.entries = talk.entries.slice(-count);
    this.#sizes.set(userId, size);
  }

  /** What is kept, for whoever wants to know that it ends somewhere. */
  get kept(): { entries: number; characters: number; readTokens: number } {
    const sum = (numbers: Iterable<number>) => [...numbers].reduce((all, one) => all + one, 0);
    const entries = sum([...this.#talks.values()].map((talk) => talk.entries.length));
    return { entries, characters: sum(this.#sizes.values()), readTokens: this.#readTokens.size };
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
    for (const [userId, talk] of talks) {
      this.#talks.set(userId, talk);
      this.#sizes.set(
        userId,
        talk.entries.reduce((size, entry) => size + sizeOf(entry), 0),
      );
    }
    for (const [token, place] of readTokens) this.#readTokens.set(token, place);
  }

  reset(): void {
    this.#talks.clear();
    this.#sizes.clear();
    this.#readTokens.clear();
  }
}

/** Characters of a message; most are plain text. */
function sizeOf({ message }: TalkEntry): number {
  return message.type === 'text' && typeof message.text === 'string'
    ? message.text.length
    : JSON.stringify(message).length;
}
