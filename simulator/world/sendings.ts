import { dayInJapan } from './quota.ts';
import { Recent } from './recent.ts';

/** One accepted request to send, for what asks about it later: progress, insight, audiences, redelivery. */
export interface Sending {
  kind: 'push' | 'multicast' | 'narrowcast' | 'broadcast';
  acceptedAtMs: number;
  /** Those it was meant for and those it reached. */
  targets: string[];
  reached: string[];
}

/** The last sendings by request id, and the aggregation units used. */
export class Sendings {
  readonly #sendings = new Recent<string, Sending>(2_000);
  readonly #units = new Map<string, Map<string, number>>();

  add(requestId: string, sending: Sending): void {
    this.#sendings.set(requestId, sending);
  }

  find(requestId: string): Sending | undefined {
    return this.#sendings.get(requestId);
  }

  countUnit(name: string, recipients: number, nowMs: number): void {
    const month = dayInJapan(nowMs).slice(0, 6);
    const units = this.#units.get(month) ?? new Map<string, number>();
    units.set(name, (units.get(name) ?? 0) + recipients);
    this.#units.set(month, units);
  }

  /** Names used in the current month, in order of first use. */
  unitsInMonth(nowMs: number): string[] {
    return [...(this.#units.get(dayInJapan(nowMs).slice(0, 6))?.keys() ?? [])];
  }

  reset(): void {
    this.#sendings.clear();
    this.#units.clear();
  }
}
