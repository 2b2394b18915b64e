import { Temporal } from 'temporal-polyfill';

/** A limit on tries: at most `tries` within any `windowSeconds`, then what `whenReached` says. */
export interface TryLimit {
  /** `feature:what`, under which tries are counted. */
  readonly name: string;
  readonly tries: number;
  readonly windowSeconds: number;
  /**
   * `block`: refused for so long after the last try that counted; with `doublingTo` each further try in the window
   * doubles it. `alarm`: nobody is refused, the caller is told.
   */
  readonly whenReached:
    | { readonly kind: 'block'; readonly seconds: number; readonly doublingTo?: number }
    | { readonly kind: 'alarm' };
}

/** Until when a further try is refused, given the tries already in the window; undefined = go on. */
export function refusedUntil(
  limit: TryLimit,
  triesInWindow: number,
  blocked: Temporal.Instant | undefined,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  if (limit.whenReached.kind === 'alarm') return undefined;
  if (blocked && Temporal.Instant.compare(blocked, now) > 0) return blocked;
  if (limit.whenReached.doublingTo !== undefined || triesInWindow < limit.tries) return undefined;
  return now.add({ seconds: limit.whenReached.seconds });
}

/** The block that the n-th try in the window brings, or undefined. */
export function blockedUntil(limit: TryLimit, nth: number, now: Temporal.Instant): Temporal.Instant | undefined {
  if (limit.whenReached.kind === 'alarm' || nth < limit.tries) return undefined;
  const { seconds, doublingTo } = limit.whenReached;
  if (doublingTo === undefined) return now.add({ seconds });
  return now.add({ seconds: Math.min(doublingTo, seconds * 2 ** Math.min(nth - limit.tries, 30)) });
}
