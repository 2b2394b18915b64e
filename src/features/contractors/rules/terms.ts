import type { Month } from '../../../base/operator-month.ts';

/** What a subscription consists of beside its number. */
export interface Terms {
  readonly planCode: string;
  readonly optionCodes: readonly string[];
}

/** A change from a month's first instant on; `applied` when it has been written into the subscription. */
export interface DatedChange<What = Terms> {
  readonly takesEffectIn: Month;
  readonly state: 'waiting' | 'applied';
  readonly from: What;
  readonly to: What;
}

/**
 * What counts in a month: of what waits, what takes effect by then; else what there was before the first change that came
 * after that month; else what there is now. The same answer before and after a change is written into the subscription,
 * so nothing depends on the order of what happens at midnight.
 *
 * @param changes in the order in which they took effect; none that was taken back.
 */
export function termsIn<What>(facts: { month: Month; present: What; changes: readonly DatedChange<What>[] }): What {
  const { month, present, changes } = facts;
  const waiting = changes.findLast((change) => change.state === 'waiting' && change.takesEffectIn <= month);
  if (waiting !== undefined) return waiting.to;
  const later = changes.find((change) => change.state === 'applied' && change.takesEffectIn > month);
  return later === undefined ? present : later.from;
}
