import type { Temporal } from 'temporal-polyfill';
import { firstBroken, type Rule } from '../../../base/refusal.ts';
import type { TypedCode } from './link-code.ts';
import type { Relink } from './relink.ts';

/** What is known before the code is looked up. */
export interface TypedFacts {
  readonly page: 'open' | 'expired' | 'opened-elsewhere';
  readonly typed: TypedCode;
  /** Until when no further try is taken; null = tries are left. */
  readonly triesUntil: Temporal.Instant | null;
}

/** What the look-up tells. */
export interface FoundFacts {
  /** Null for a code that never was and for one that a re-issue ended: they cannot be told apart. */
  readonly code: {
    readonly serviceState: 'not-open' | 'in-service' | 'ended';
    readonly relink: Relink;
  } | null;
  /** How many subscriptions the LINE account is linked to. */
  readonly linksOfAccount: number;
  readonly subscriptionsPerAccount: number;
}

export type TypedFault = 'page-expired' | 'opened-elsewhere' | 'wrong-length' | 'wrong-check-digit' | 'too-many-tries';
export type FoundFault =
  | 'unknown-or-superseded'
  | 'not-open-yet'
  | 'ended'
  | 'linked-here-already'
  | 'linked-elsewhere'
  | 'too-many-links';
export type RedeemFault = TypedFault | FoundFault;

/** Why a code does not work, before it is looked up, in this order. */
export const typedRules = [
  {
    code: 'page-expired',
    says: 'The page is open for 10 minutes; a fresh one is one tap away.',
    broken: ({ page }) => page === 'expired',
  },
  {
    code: 'opened-elsewhere',
    says: 'The page belongs to the browser that opened it first; others start from their own talk.',
    broken: ({ page }) => page === 'opened-elsewhere',
  },
  {
    code: 'wrong-length',
    says: 'A code has 16 digits.',
    broken: ({ typed }) => typed.kind === 'wrong-length',
  },
  {
    code: 'wrong-check-digit',
    says: 'A slip of the finger is found by the check digit, told at once and not counted as a try.',
    broken: ({ typed }) => typed.kind === 'wrong-check-digit',
  },
  {
    code: 'too-many-tries',
    says: 'After too many wrong codes no code is looked up until a stated time.',
    broken: ({ triesUntil }) => triesUntil !== null,
  },
] as const satisfies readonly Rule<TypedFacts, TypedFault>[];

/** Why a code does not work, once it is looked up, in this order. */
export const foundRules = [
  {
    code: 'unknown-or-superseded',
    says: 'A code that never was and one that a re-issue ended get the same answer: ask the contractor for the present one.',
    broken: ({ code }) => code === null,
  },
  {
    code: 'not-open-yet',
    says: 'A subscription can be linked from the moment it opens.',
    broken: ({ code }) => code?.serviceState === 'not-open',
  },
  {
    code: 'ended',
    says: 'A subscription that has ended can no longer be linked.',
    broken: ({ code }) => code?.serviceState === 'ended',
  },
  {
    code: 'linked-here-already',
    says: 'A subscription linked to this LINE account already stays as it is.',
    broken: ({ code }) => code?.relink.kind === 'kept',
  },
  {
    code: 'linked-elsewhere',
    says: 'A subscription linked to another LINE account is taken over only with a code issued after that link was made.',
    broken: ({ code }) => code?.relink.kind === 'linked-elsewhere',
  },
  {
    code: 'too-many-links',
    says: 'A LINE account has user links to at most so many subscriptions (10 unless set otherwise).',
    broken: ({ linksOfAccount, subscriptionsPerAccount }) => linksOfAccount >= subscriptionsPerAccount,
  },
] as const satisfies readonly Rule<FoundFacts, FoundFault>[];

/** What is wrong with a code as it was typed, before anything is looked up; undefined when nothing is. */
export function typedFault(facts: TypedFacts): TypedFault | undefined {
  return firstBroken<TypedFacts, TypedFault>(typedRules, facts);
}

/** Why a code that was found does not link: the first rule broken, or undefined. */
export function foundFault(facts: FoundFacts): FoundFault | undefined {
  return firstBroken<FoundFacts, FoundFault>(foundRules, facts);
}
