import type { GiftWay } from '../../../base/operator.ts';
import type { ContractMate } from '../view-store.ts';

/** The ways that do not pick a person of the same contract, as the form's values name them. */
export const openWays = [
  { way: 'share-link', value: 'link', label: 'byLink', hint: 'byLinkHint' },
  { way: 'gift-code', value: 'code', label: 'byCode', hint: 'byCodeHint' },
  { way: 'phone-number', value: 'number', label: 'byNumber', hint: 'byNumberHint' },
] as const;

/** The way that was chosen, or null: nothing of what the form offers. Whether it is offered now is the rules' question. */
export function wayOf(to: string, mates: readonly ContractMate[]): GiftWay | null {
  if (mates.some((mate) => mate.subscriptionId === to)) return 'same-contract';
  return openWays.find(({ value }) => value === to)?.way ?? null;
}
