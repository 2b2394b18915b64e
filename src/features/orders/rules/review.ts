import { ageOn } from '../../../base/age.ts';
import { ADULT_YEARS } from '../../../base/filtering.ts';
import { fold } from '../../../base/language.ts';
import { firstBroken, type Rule } from '../../../base/refusal.ts';
import { type Application, type PersonName, wholeName } from './application.ts';
import { plainAddress, type TraitKind } from './traits.ts';

export interface ReviewFacts {
  readonly application: Application;
  /** In the operator's calendar. */
  readonly today: string;
  /** Whether the plan asks for an identity. */
  readonly needsIdentity: boolean;
  /** What other orders have in common with this one. */
  readonly shared: ReadonlySet<TraitKind>;
  /** Whether somebody with this name and birth date has a contract already. */
  readonly isKnownPerson: boolean;
  /** Subscriptions of that person and their orders under way, this one counted. */
  readonly subscriptions: number;
  readonly subscriptionsPerContractor: number;
}

/**
 * How much a finding weighs: `stops` can be approved by nobody, an `exception` by two people, a `look` is for whoever
 * decides to look at.
 */
export type Weight = 'stops' | 'exception' | 'look';

interface ReviewRule {
  readonly code: string;
  readonly weight: Weight;
  readonly says: string;
  readonly found: (facts: ReviewFacts) => boolean;
}

/** Held against the card only where a person was typed: an existing contractor has been verified before. */
const typedPerson = ({ application: { contractor, identity } }: ReviewFacts) =>
  contractor.kind === 'new' && identity !== null ? { typed: contractor, card: identity.person } : null;
const sameName = (one: PersonName, other: PersonName) => fold(wholeName(one)) === fold(wholeName(other));
const minorUser = ({ application: { user }, today }: ReviewFacts) =>
  user.kind === 'other' && ageOn(user.birthDate, today) < ADULT_YEARS ? user : null;

/** What whoever reviews an order must see, the weightiest first. */
export const reviewRules = [
  {
    code: 'identity-missing',
    weight: 'stops',
    says: 'The plan has calls, and no identity was checked with success.',
    found: ({ application: { identity }, needsIdentity }) => needsIdentity && identity?.outcome !== 'success',
  },
  {
    code: 'reservation-over',
    weight: 'stops',
    says: 'The reservation number of the operator before can no longer be used.',
    found: ({ application: { number }, today }) => number.kind === 'reservation' && number.validUntil < today,
  },
  {
    code: 'identity-mismatch',
    weight: 'exception',
    says: 'The card says otherwise.',
    found: ({ application: { identity } }) => identity?.outcome === 'mismatch',
  },
  {
    code: 'name-differs',
    weight: 'exception',
    says: 'The contractor has another name than the one that was held against the card.',
    found: (facts) => {
      const person = typedPerson(facts);
      return person !== null && !sameName(person.typed.name, person.card.name);
    },
  },
  {
    code: 'birth-date-differs',
    weight: 'exception',
    says: 'The contractor has another birth date than the one that was held against the card.',
    found: (facts) => {
      const person = typedPerson(facts);
      return person !== null && person.typed.birthDate !== person.card.birthDate;
    },
  },
  {
    code: 'over-limit',
    weight: 'exception',
    says: 'With this order the person has more subscriptions than one may have.',
    found: ({ subscriptions, subscriptionsPerContractor }) => subscriptions > subscriptionsPerContractor,
  },
  {
    code: 'address-differs',
    weight: 'look',
    says: 'The address is another than the one that was held against the card.',
    found: (facts) => {
      const person = typedPerson(facts);
      return person !== null && plainAddress(person.typed) !== plainAddress(person.card);
    },
  },
  {
    code: 'known-person',
    weight: 'look',
    says: 'Somebody with this name and birth date has a contract already.',
    found: ({ isKnownPerson }) => isKnownPerson,
  },
  {
    code: 'same-person',
    weight: 'look',
    says: 'Another order has the same name and birth date.',
    found: ({ shared }) => shared.has('person'),
  },
  {
    code: 'same-name',
    weight: 'look',
    says: 'Another order has the same name with another birth date.',
    found: ({ shared }) => shared.has('name') && !shared.has('person'),
  },
  {
    code: 'same-address',
    weight: 'look',
    says: 'Another order has the same address.',
    found: ({ shared }) => shared.has('address'),
  },
  {
    code: 'same-phone',
    weight: 'look',
    says: 'Another order has the same phone number to call.',
    found: ({ shared }) => shared.has('phone'),
  },
  {
    code: 'same-mail',
    weight: 'look',
    says: 'Another order has the same mail address.',
    found: ({ shared }) => shared.has('mail'),
  },
  {
    code: 'same-card',
    weight: 'look',
    says: 'Another order is paid with the same card.',
    found: ({ shared }) => shared.has('card'),
  },
  {
    code: 'minor-user',
    weight: 'look',
    says: 'The user is under 18: look at the word of the guardian.',
    found: (facts) => minorUser(facts) !== null,
  },
  {
    code: 'minor-unfiltered',
    weight: 'look',
    says: 'The guardian of a user under 18 does not want harmful sites kept away.',
    found: (facts) => minorUser(facts)?.filtering === false,
  },
] as const satisfies readonly ReviewRule[];

export type FindingCode = (typeof reviewRules)[number]['code'];
export interface Finding {
  readonly code: FindingCode;
  readonly weight: Weight;
}

/** Everything to be seen about an order. */
export function findingsOf(facts: ReviewFacts): readonly Finding[] {
  return reviewRules.filter(({ found }) => found(facts)).map(({ code, weight }) => ({ code, weight }));
}

export interface DecideFacts {
  readonly findings: readonly Finding[];
  /** Whether a second person has said yes, to these very findings. */
  readonly isSecondPerson: boolean;
}

/** Why an order cannot be approved (now, by one person), in this order. */
export const approveRules = [
  {
    code: 'stopped',
    says: 'What stops an order stops it for everybody.',
    broken: ({ findings }) => findings.some(({ weight }) => weight === 'stops'),
  },
  {
    code: 'needs-second-person',
    says: 'An exception is decided by two people.',
    broken: ({ findings, isSecondPerson }) => !isSecondPerson && findings.some(({ weight }) => weight === 'exception'),
  },
] as const satisfies readonly Rule<DecideFacts, string>[];
export type ApproveFault = (typeof approveRules)[number]['code'];

export function approveFault(facts: DecideFacts): ApproveFault | undefined {
  return firstBroken<DecideFacts, ApproveFault>(approveRules, facts);
}

export interface DeskFacts {
  /** Of the page that was looked at, and of the order now. */
  readonly seenVersion: number;
  readonly version: number;
  readonly reviewerId: string | null;
  readonly staffId: string;
  /** Whether only whoever reviews the order may do this. */
  readonly isReviewers: boolean;
  /** What is to be said with it; undefined where nothing is. */
  readonly reason: string | undefined;
  readonly needsReason: boolean;
}

/** Why a member of staff cannot do something to an order, before its state is asked. */
export const deskRules = [
  {
    code: 'changed-meanwhile',
    says: 'Whoever decides has seen the order as it is; a change meanwhile is shown first.',
    broken: ({ seenVersion, version }) => seenVersion !== version,
  },
  {
    code: 'not-your-review',
    says: 'Who reviews an order decides it; others take it over first.',
    broken: ({ isReviewers, reviewerId, staffId }) => isReviewers && reviewerId !== staffId,
  },
  {
    code: 'reason-missing',
    says: 'A question, a refusal, a cancellation and an exception have a reason.',
    broken: ({ needsReason, reason }) => needsReason && reason === undefined,
  },
] as const satisfies readonly Rule<DeskFacts, string>[];
export type DeskFault = (typeof deskRules)[number]['code'];

export function deskFault(facts: DeskFacts): DeskFault | undefined {
  return firstBroken<DeskFacts, DeskFault>(deskRules, facts);
}
