import { chatIdOf, type WebhookEvent } from './events.ts';

/** How far to look for somebody who is free: a flood of one person's events must not cost a walk over all of them. */
const looksAt = 1_000;

/**
 * Events on their way out, in order. Whoever has a request in flight waits, so that a person's events arrive in the
 * order in which they happened, however many requests there are at a time.
 */
export class WebhookQueue {
  /** Up to `#head` they have left; cut off now and then, because cutting moves all that follow. */
  #events: WebhookEvent[] = [];
  #head = 0;
  readonly #busy = new Set<string>();

  get length(): number {
    return this.#events.length - this.#head;
  }

  add(event: WebhookEvent): void {
    this.#events.push(event);
  }

  /** The next events that may leave together; their people are busy until `release`. */
  take(atMost: number): WebhookEvent[] {
    const taken: WebhookEvent[] = [];
    const passedOver: WebhookEvent[] = [];
    const waiting = new Set<string>();
    let place = this.#head;
    const last = Math.min(this.#events.length, place + looksAt);
    for (; place < last && taken.length < atMost; place += 1) {
      const event = this.#events[place];
      if (!event) continue;
      const who = whose(event);
      if (who !== null && (this.#busy.has(who) || waiting.has(who))) {
        waiting.add(who);
        passedOver.push(event);
      } else taken.push(event);
    }
    this.#leave(place, passedOver);
    for (const event of taken) {
      const who = whose(event);
      if (who !== null) this.#busy.add(who);
    }
    return taken;
  }

  /** Everything before that place leaves, but for those who were passed over. */
  #leave(place: number, passedOver: WebhookEvent[]): void {
    this.#head = place - passedOver.length;
    for (const [index, event] of passedOver.entries()) this.#events[this.#head + index] = event;
    if (this.#head < looksAt && this.#head < this.#events.length) return;
    this.#events.splice(0, this.#head);
    this.#head = 0;
  }

  release(events: WebhookEvent[]): void {
    for (const event of events) {
      const who = whose(event);
      if (who !== null) this.#busy.delete(who);
    }
  }

  reverse(): void {
    this.#events = this.#events.slice(this.#head).reverse();
    this.#head = 0;
  }

  clear(): void {
    this.#events = [];
    this.#head = 0;
    this.#busy.clear();
  }
}

function whose(event: WebhookEvent): string | null {
  return event.source ? chatIdOf(event.source) : null;
}
