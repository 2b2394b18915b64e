import type { Rule } from '../../../base/refusal.ts';
import { firstBroken } from '../../../base/refusal.ts';
import { deciders, type Role } from './roles.ts';

export interface DecideFacts {
  readonly state: 'waiting' | 'approved' | 'refused' | 'withdrawn';
  /** One of the staff, or the operator's own system, which nobody is. */
  readonly askedBy: string;
  readonly decider: { readonly staffId: string; readonly role: Role };
}

export type DecideFault = 'may-not-decide' | 'own-request' | 'already-decided';

/** Why a request cannot be decided, in the order looked at. */
export const decideRules = [
  {
    code: 'may-not-decide',
    says: 'Supervisors and admins decide; nobody else does.',
    broken: ({ decider }) => !deciders.includes(decider.role),
  },
  {
    code: 'own-request',
    says: 'Nobody decides what they asked for themselves, whatever their role.',
    broken: ({ askedBy, decider }) => askedBy === decider.staffId,
  },
  {
    code: 'already-decided',
    says: 'A request is decided once.',
    broken: ({ state }) => state !== 'waiting',
  },
] as const satisfies readonly Rule<DecideFacts, DecideFault>[];

/** Why somebody may not decide a request: the first rule broken, or undefined. */
export function decideFault(facts: DecideFacts): DecideFault | undefined {
  return firstBroken<DecideFacts, DecideFault>(decideRules, facts);
}

/** A reason somebody else can judge by: at least five characters, at most five hundred; else undefined. */
export function reasonOf(typed: string): string | undefined {
  const reason = typed.normalize('NFC').trim();
  const { length } = [...reason];
  return length >= 5 && length <= 500 ? reason : undefined;
}
