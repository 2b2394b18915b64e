import { Recent } from './recent.ts';

/** Quote tokens: they never expire, and work only in the talk (a person's or a group's id) in which the message was said. */
export class Quotes {
  readonly #quoted = new Recent<string, { chatId: string; messageId: string }>(100_000);

  remember(token: string, place: { chatId: string; messageId: string }): void {
    this.#quoted.set(token, place);
  }

  /** The message behind the token; null in any other talk, and for a token never given out. */
  messageIn(chatId: string, token: string): string | null {
    const found = this.#quoted.get(token);
    return found?.chatId === chatId ? found.messageId : null;
  }

  dump() {
    return [...this.#quoted];
  }

  load(quoted: ReturnType<Quotes['dump']>): void {
    this.reset();
    for (const [token, place] of quoted) this.#quoted.set(token, place);
  }

  reset(): void {
    this.#quoted.clear();
  }
}
