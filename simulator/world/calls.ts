import type { Call } from '../contract.ts';
import type { Changes } from './changes.ts';

const kept = 5_000;
/** Characters of bodies kept: a few hundred calls of two megabytes must not fill the memory. */
const keptCharacters = 64 * 1024 * 1024;

/**
 * A call as it went by. Nobody looks at most of them, so headers and bodies are only put into words when somebody does.
 */
export interface WentBy extends Omit<Call, 'seq' | 'headers' | 'body' | 'responseBody'> {
  words(): Pick<Call, 'headers' | 'body' | 'responseBody'>;
  /** Characters of both bodies. */
  size: number;
  /** A webhook's exact bytes, to be sent once more. */
  sent?: string;
}

type Numbered = WentBy & { seq: number };

/** The last 5,000 calls received and webhooks sent. */
export class Calls {
  #calls: Numbered[] = [];
  #size = 0;
  #seq = 0;
  readonly #changes: Changes;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  add(call: WentBy): void {
    this.#seq += 1;
    this.#calls.push(Object.assign(call, { seq: this.#seq }));
    this.#size += call.size;
    // Trimmed in blocks: shifting one element off a long array per call costs more than the call.
    if (this.#calls.length > kept * 1.2 || this.#size > keptCharacters * 1.2) this.#trim();
    this.#changes.tell({ type: 'calls' });
  }

  /** Calls after the given sequence number, oldest first. */
  since(seq: number): Call[] {
    return this.#calls.slice(-kept).flatMap((call) => (call.seq > seq ? [inWords(call)] : []));
  }

  /** The exact bytes of a webhook that went out; undefined when the number is none of one. */
  sentBytes(seq: number): string | undefined {
    return this.#calls.find((call) => call.seq === seq)?.sent;
  }

  /** The number of the newest call; 0 before the first. */
  get lastSeq(): number {
    return this.#seq;
  }

  /** Forgets the calls; sequence numbers go on, so a watcher's `since` stays right. */
  clear(): void {
    this.#calls = [];
    this.#size = 0;
    this.#changes.tell({ type: 'calls' });
  }

  #trim(): void {
    this.#calls = this.#calls.slice(-kept);
    this.#size = this.#calls.reduce((sum, { size }) => sum + size, 0);
    let oldest = 0;
    while (this.#size > keptCharacters && oldest < this.#calls.length - 1) {
      this.#size -= this.#calls[oldest]?.size ?? 0;
      oldest += 1;
    }
    if (oldest > 0) this.#calls = this.#calls.slice(oldest);
  }
}

function inWords({ seq, words, size: _size, sent: _sent, refusal, durationMs, status, ...call }: Numbered): Call {
  const { headers, body, responseBody } = words();
  return { seq, ...call, headers, body, status, responseBody, ...(refusal ? { refusal } : {}), durationMs };
}
