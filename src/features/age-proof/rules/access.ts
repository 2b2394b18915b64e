import { firstBroken, type Rule } from '../../../base/refusal.ts';

/** What is known of a question before its content is looked at. */
export interface DoorFacts {
  readonly hasToken: boolean;
  readonly hasScope: boolean;
  readonly isOverLimit: boolean;
}

/** About whom a question is. */
export interface SubjectFacts {
  /** Whether the token itself says about whom: the person agreed to it. */
  readonly isThreeLegged: boolean;
  readonly hasIdentifier: boolean;
  /** Whether what names the person is of a kind that is known here: a phone number. */
  readonly isIdentifierKnown: boolean;
  /** Null where there is no such subscription. */
  readonly serviceState: 'not-open' | 'in-service' | 'ended' | null;
  readonly hasObjected: boolean;
}

export type DoorFault = 'unauthenticated' | 'scope-missing' | 'too-many-requests';
export type SubjectFault =
  | 'unnecessary-identifier'
  | 'missing-identifier'
  | 'unsupported-identifier'
  | 'identifier-not-found'
  | 'not-in-service-yet'
  | 'objected';

/** Why a partner is not heard, in this order. */
export const doorRules = [
  {
    code: 'unauthenticated',
    says: 'A question comes with a token that this provider issued, that has not ended, and whose consent stands.',
    broken: ({ hasToken }) => !hasToken,
  },
  {
    code: 'scope-missing',
    says: 'The token was issued for what is asked.',
    broken: ({ hasScope }) => !hasScope,
  },
  {
    code: 'too-many-requests',
    says: 'A partner asks at most so often a minute.',
    broken: ({ isOverLimit }) => isOverLimit,
  },
] as const satisfies readonly Rule<DoorFacts, DoorFault>[];

/** Why a partner is told nothing about somebody, in this order. */
export const subjectRules = [
  {
    code: 'unnecessary-identifier',
    says: 'Where the token says about whom, the question does not say it again.',
    broken: ({ isThreeLegged, hasIdentifier }) => isThreeLegged && hasIdentifier,
  },
  {
    code: 'missing-identifier',
    says: 'Where the token does not say about whom, the question does.',
    broken: ({ isThreeLegged, hasIdentifier }) => !isThreeLegged && !hasIdentifier,
  },
  {
    code: 'unsupported-identifier',
    says: 'A person is named by a phone number; other identifiers of a device are not known here.',
    broken: ({ isThreeLegged, isIdentifierKnown }) => !isThreeLegged && !isIdentifierKnown,
  },
  {
    code: 'identifier-not-found',
    says: 'A number that is none of the operator’s, or no longer one, is not found.',
    broken: ({ serviceState }) => serviceState === null || serviceState === 'ended',
  },
  {
    code: 'not-in-service-yet',
    says: 'Nothing is told about a subscription before it opens.',
    broken: ({ serviceState }) => serviceState === 'not-open',
  },
  {
    code: 'objected',
    says: 'A partner under contract is told nothing about who has forbidden it.',
    broken: ({ isThreeLegged, hasObjected }) => !isThreeLegged && hasObjected,
  },
] as const satisfies readonly Rule<SubjectFacts, SubjectFault>[];

/** The first rule that keeps a partner from asking at all, before it is known about whom; undefined when none does. */
export function doorFault(facts: DoorFacts): DoorFault | undefined {
  return firstBroken<DoorFacts, DoorFault>(doorRules, facts);
}

/** The first rule that keeps a question about this person from being answered; undefined when none does. */
export function subjectFault(facts: SubjectFacts): SubjectFault | undefined {
  return firstBroken<SubjectFacts, SubjectFault>(subjectRules, facts);
}
