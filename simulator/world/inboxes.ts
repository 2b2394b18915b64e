import type { InboxEntry } from '../contract.ts';

/** What is kept of one inbox. */
const keptOfOne = 1_000;

/** What friends handed each other outside the talk with the account. */
export class Inboxes {
  readonly #inboxes = new Map<string, InboxEntry[]>();

  of(userId: string): InboxEntry[] {
    return this.#inboxes.get(userId) ?? [];
  }

  add(userId: string, entry: InboxEntry): void {
    this.#inboxes.set(userId, [...this.of(userId).slice(1 - keptOfOne), entry]);
  }

  dump(): [string, InboxEntry[]][] {
    return [...this.#inboxes];
  }

  load(inboxes: [string, InboxEntry[]][]): void {
    this.reset();
    for (const [userId, entries] of inboxes) this.#inboxes.set(userId, entries);
  }

  reset(): void {
    this.#inboxes.clear();
  }
}
