import type { LinkState } from '../../../base/link-state.ts';
import { firstBroken, type Rule } from '../../../base/refusal.ts';

export interface AskFacts {
  readonly linkState: LinkState;
  readonly isOpen: boolean;
  readonly waitingCount: number;
  readonly queueLimit: number;
}

export type AskRefusal = 'not-linked' | 'outside-hours' | 'queue-full';

/** Why nobody takes over now, in the order looked at. In each case a message can be left. */
export const askRules: readonly Rule<AskFacts, AskRefusal>[] = [
  {
    code: 'not-linked',
    says: 'Staff take over for people with a link, of either kind.',
    broken: ({ linkState }) => linkState === 'nobody',
  },
  {
    code: 'outside-hours',
    says: 'They do so within the hours of the weekday, in the operator’s zone, and not on holidays.',
    broken: ({ isOpen }) => !isOpen,
  },
  {
    code: 'queue-full',
    says: 'No more people wait at once than the queue’s limit.',
    broken: ({ waitingCount, queueLimit }) => waitingCount >= queueLimit,
  },
];

/** Why nobody takes over: the first rule broken, or undefined. */
export function askRefusal(facts: AskFacts): AskRefusal | undefined {
  return firstBroken(askRules, facts);
}
