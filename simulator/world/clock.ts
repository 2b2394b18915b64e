import type { ClockState } from '../contract.ts';

/**
 * The simulator's clock. It runs with the machine's until it is advanced, set or frozen; everything that expires
 * (reply tokens, link tokens, access tokens, retry keys) goes by it.
 */
export class Clock {
  #offsetMs = 0;
  #frozenAtMs: number | null = null;
  /** How far the clock was moved forward by hand in all; rate limits refill by it. */
  #skippedMs = 0;
  #written = { ms: Number.NaN, instant: '' };
  readonly #machineNow: () => number;

  constructor(machineNow: () => number = Date.now) {
    this.#machineNow = machineNow;
  }

  /** Milliseconds since 1970 by the simulated clock. */
  now(): number {
    return this.#frozenAtMs ?? this.#machineNow() + this.#offsetMs;
  }

  /** ISO instant by the simulated clock. */
  instant(): string {
    const nowMs = this.now();
    // Under load many things happen in one millisecond; writing it down costs more than asking.
    if (nowMs !== this.#written.ms) this.#written = { ms: nowMs, instant: new Date(nowMs).toISOString() };
    return this.#written.instant;
  }

  /** Milliseconds that never go back and also pass while the clock is frozen: for rates, not for dates. */
  elapsed(): number {
    return this.#machineNow() + this.#skippedMs;
  }

  advance(byMs: number): void {
    this.#skippedMs += Math.max(0, byMs);
    this.#offsetMs += byMs;
    if (this.#frozenAtMs !== null) this.#frozenAtMs += byMs;
  }

  set(toMs: number): void {
    this.#skippedMs += Math.max(0, toMs - this.now());
    this.#offsetMs = toMs - this.#machineNow();
    if (this.#frozenAtMs !== null) this.#frozenAtMs = toMs;
  }

  freeze(isFrozen: boolean): void {
    const { now, offsetMs } = this.#reading();
    this.#offsetMs = offsetMs;
    this.#frozenAtMs = isFrozen ? now : null;
  }

  reset(): void {
    this.#offsetMs = 0;
    this.#frozenAtMs = null;
  }

  state(): ClockState {
    const { now, offsetMs } = this.#reading();
    return { now: new Date(now).toISOString(), offsetMs, isFrozen: this.#frozenAtMs !== null };
  }

  /** Both clocks from one look at the machine's: of two looks the second may be a millisecond on. */
  #reading(): { now: number; offsetMs: number } {
    const machine = this.#machineNow();
    const now = this.#frozenAtMs ?? machine + this.#offsetMs;
    return { now, offsetMs: now - machine };
  }
}

const duration = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** `PT10M`, `P1DT2H` … in milliseconds; null when it is not an ISO 8601 duration of weeks to seconds. */
export function parseDuration(text: string): number | null {
  const found = duration.exec(text);
  if (!found || text.endsWith('T') || text === 'P') return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
