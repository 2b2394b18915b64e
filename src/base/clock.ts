import { Temporal } from 'temporal-polyfill';

/** Where the time comes from: an argument everywhere, so that a test or the demo can move it. */
export interface Clock {
  now(): Temporal.Instant;
}

/** The machine's clock, to the millisecond (what the database and LINE keep too). */
export const systemClock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) };

/** A clock that can be shifted or stopped: for tests and for the demo, which follows the simulated LINE's clock. */
export interface AdjustableClock extends Clock {
  /** Run on, this many milliseconds ahead of the machine's clock. */
  shift(offsetMs: number): void;
  /** Stand still at an instant. */
  freeze(at: Temporal.Instant | string): void;
  /** Move by a duration (ISO 8601, `PT10M`), running or standing. */
  advance(duration: string): void;
}

/** A clock for tests and the demo: stands at `start`, or runs with the machine until it is moved. */
export function createAdjustableClock(start?: Temporal.Instant | string): AdjustableClock {
  let offsetMs = 0;
  let frozenMs = start === undefined ? undefined : Temporal.Instant.from(start).epochMilliseconds;
  return {
    now: () => Temporal.Instant.fromEpochMilliseconds(frozenMs ?? Date.now() + offsetMs),
    shift(ms) {
      frozenMs = undefined;
      offsetMs = ms;
    },
    freeze(at) {
      frozenMs = Temporal.Instant.from(at).epochMilliseconds;
    },
    advance(duration) {
      const ms = Temporal.Duration.from(duration).total({ unit: 'milliseconds' });
      if (frozenMs === undefined) offsetMs += ms;
      else frozenMs += ms;
    },
  };
}
