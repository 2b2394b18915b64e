import type { InboxEntry } from '../contract.ts';

/** What friends handed each other outside the talk with the account. */
export class Inboxes {
  readonly #inboxes = new Map<string, InboxEntry[]>();

  of(userId: string): InboxEntry[] {
    return this.#inboxes.get(userId) ?? [];
  }

  add(userId: string, entry: InboxEntry): void {
    this.#inboxes.set(userId, [...this.of(userId), entry]);
  }

  reset(): void {
    this.#inboxes.clear();
  }
}
