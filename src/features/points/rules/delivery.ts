import { Temporal } from 'temporal-polyfill';

/** What LINE answered, or that it did not. */
export type DeliveryAnswer =
  | { readonly kind: 'ok' }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  | { readonly kind: 'no-answer'; readonly message: string };

export type DeliveryVerdict =
  | { readonly next: 'delivered' }
  | { readonly next: 'give-back'; readonly why: string }
  | { readonly next: 'again'; readonly at: Temporal.Instant; readonly why: string };

/** So long LINE is asked again; then the points go back. */
const PATIENCE_HOURS = 24;
const CAP_SECONDS = 900;

/**
 * What follows from a try. LINE gives the right to a set, and giving it twice changes nothing, so whenever it is not
 * certain what became of a try the same is asked again. Where it never becomes certain the points go back: better a set
 * for nothing than points for nothing.
 *
 * @param attempts this one included
 * @param chance 0…1, spreads the tries of many orders
 */
export function decideDelivery(
  answer: DeliveryAnswer,
  order: { readonly orderedAt: Temporal.Instant; readonly attempts: number },
  now: Temporal.Instant,
  chance: number,
): DeliveryVerdict {
  if (answer.kind === 'ok') return { next: 'delivered' };
  const why = answer.kind === 'refused' ? `${answer.status} ${answer.message}` : answer.message;
  if (answer.kind === 'refused' && isFinal(answer.status)) return { next: 'give-back', why };
  const seconds = Math.min(2 ** Math.min(order.attempts, 20), CAP_SECONDS);
  const at = now.add({ milliseconds: Math.round(seconds * 1_000 * (1 + chance / 2)) });
  const end = order.orderedAt.add({ hours: PATIENCE_HOURS });
  return Temporal.Instant.compare(at, end) > 0 ? { next: 'give-back', why } : { next: 'again', at, why };
}

/** LINE will never deliver this. Not so: our credentials (401, 403), too much at once (429), and LINE's own trouble. */
function isFinal(status: number): boolean {
  return status < 500 && ![401, 403, 408, 429].includes(status);
}
