/** Why an activation failed, as the network says it. */
export type ActivationFailure = 'port-refused' | 'number-in-use' | 'no-number-left' | 'network-fault';

/** What follows from a failure: another try after a pause, or the staff look at the order again. */
export type AfterFailure = { readonly kind: 'repeat'; readonly afterSeconds: number } | { readonly kind: 'return' };

/** Of one round. */
const MOST_ATTEMPTS = 5;
const LONGEST_PAUSE = 3_600;

/** Which failures pass by trying again. */
const passes: Record<ActivationFailure, boolean> = {
  'port-refused': false,
  'number-in-use': false,
  'no-number-left': true,
  'network-fault': true,
};

/** @param attempt the one that failed, from 1 */
export function afterFailure(failure: ActivationFailure, attempt: number): AfterFailure {
  if (!passes[failure] || attempt >= MOST_ATTEMPTS) return { kind: 'return' };
  return { kind: 'repeat', afterSeconds: Math.min(LONGEST_PAUSE, 60 * 2 ** (attempt - 1)) };
}
