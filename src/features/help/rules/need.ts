import type { FaqNeed } from '../../../base/faq.ts';
import type { LinkState } from '../../../base/link-state.ts';

/** Whether a person's links open the personal part of an answer. */
export function isOpenTo(need: FaqNeed, state: LinkState): boolean {
  if (state === 'nobody') return false;
  return need === 'any' || state === 'both' || state === need;
}
