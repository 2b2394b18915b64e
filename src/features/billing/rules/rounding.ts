import type { Rounding } from '../../../base/operator.ts';

/** A fraction of whole yen as whole yen. Below zero it is rounded like above, so that giving back undoes a charge. */
export function roundYen(of: { yen: number; times: number; over: number }, rounding: Rounding): number {
  const { yen, times, over } = of;
  const product = Math.abs(yen) * times;
  const rest = product % over;
  const down = (product - rest) / over;
  const isUp = rounding === 'up' ? rest > 0 : rounding === 'half-up' && 2 * rest >= over;
  const rounded = isUp ? down + 1 : down;
  // Zero has no sign.
  return yen < 0 && rounded !== 0 ? -rounded : rounded;
}
