import type { Call } from '../contract.ts';
import type { Changes } from './changes.ts';

const kept = 5_000;

/** The last 5,000 calls received and webhooks sent. */
export class Calls {
  #calls: Call[] = [];
  #seq = 0;
  readonly #changes: Changes;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  add(call: Omit<Call, 'seq'>): void {
    this.#seq += 1;
    this.#calls.push({ seq: this.#seq, ...call });
    // Trimmed in blocks: shifting one element off a long array per call costs more than the call.
    if (this.#calls.length > kept * 1.2) this.#calls = this.#calls.slice(-kept);
    this.#changes.tell({ type: 'calls' });
  }

  /** Calls after the given sequence number, oldest first. */
  since(seq: number): Call[] {
    return this.#calls.slice(-kept).filter((call) => call.seq > seq);
  }

  /** Forgets the calls; sequence numbers go on, so a watcher's `since` stays right. */
  clear(): void {
    this.#calls = [];
    this.#changes.tell({ type: 'calls' });
  }
}
