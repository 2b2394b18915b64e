/** Somebody who has a number from a moment on, until the next one. */
export interface NumberHolder {
  readonly subscriptionId: string;
  /** Milliseconds since 1970. */
  readonly opensMs: number;
}

/**
 * Whose a number is at a moment: the subscription that opened last before it, or, before any did, the first. Until somebody else
 * gets the number, late records belong to whoever left with it.
 *
 * @param holders in the order in which they opened; at least one
 */
export function holderAt(holders: readonly NumberHolder[], atMs: number): NumberHolder | undefined {
  return holders.findLast(({ opensMs }) => opensMs <= atMs) ?? holders[0];
}
