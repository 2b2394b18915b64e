import { Temporal } from 'temporal-polyfill';
import { ageOn } from '../../../base/age.ts';
import { ADULT_YEARS } from '../../../base/filtering.ts';
import type { Plan } from '../../../base/operator.ts';
import { firstBroken, type Rule } from '../../../base/refusal.ts';
import type { Application } from './application.ts';

export interface PlaceFacts {
  readonly application: Application;
  /** In the operator's calendar. */
  readonly today: string;
  readonly plan: Plan | undefined;
  readonly optionsFit: boolean;
  /** Whether the contractor named exists; true for a new one. */
  readonly isContractorKnown: boolean;
  /** The number to be brought along is written as one. */
  readonly isNumberReadable: boolean;
  /** Somebody has the number with us, or another order is bringing it. */
  readonly isNumberTaken: boolean;
  /** Subscriptions the contractor has, and their orders under way. */
  readonly subscriptions: number;
  readonly limits: { readonly subscriptionsPerContractor: number; readonly reservationDays: number };
}

/** A person born on this day is a minor today. */
const isMinor = (birthDate: string, today: string) => ageOn(birthDate, today) < ADULT_YEARS;

/** Why an application does not become an order, in this order. The form asks the same; here it is certain. */
export const placeRules = [
  {
    code: 'plan-not-sold',
    says: 'The plan is one of those sold.',
    broken: ({ plan }) => plan === undefined,
  },
  {
    code: 'option-not-for-plan',
    says: 'Every option goes with the plan.',
    broken: ({ optionsFit }) => !optionsFit,
  },
  {
    code: 'contractor-unknown',
    says: 'Who applies as a contractor already is one.',
    broken: ({ isContractorKnown }) => !isContractorKnown,
  },
  {
    code: 'contractor-minor',
    says: 'A contractor is 18 or older.',
    broken: ({ application: { contractor }, today }) =>
      contractor.kind === 'new' && isMinor(contractor.birthDate, today),
  },
  {
    code: 'guardian-missing',
    says: 'For a user under 18 a guardian has given their word.',
    broken: ({ application: { user }, today }) =>
      user.kind === 'other' && isMinor(user.birthDate, today) && user.guardian === null,
  },
  {
    code: 'identity-missing',
    says: 'A plan with calls asks for an identity that was checked, with success, by JPKI or the chip of the card.',
    broken: ({ application: { identity }, plan }) => plan?.hasVoice === true && identity?.outcome !== 'success',
  },
  {
    code: 'payment-missing',
    says: 'A new contractor has given a card.',
    broken: ({ application: { contractor, payment } }) => contractor.kind === 'new' && payment === null,
  },
  {
    code: 'document-not-opened',
    says: 'Every document was opened before it was agreed to, and there is at least one.',
    broken: ({ application: { documents } }) =>
      documents.length === 0 ||
      documents.some(({ openedAt, agreedAt }) => Temporal.Instant.compare(agreedAt, openedAt) < 0),
  },
  {
    code: 'number-malformed',
    says: 'A number brought along is a phone number, and a reservation number has ten digits.',
    broken: ({ application: { number }, isNumberReadable }) =>
      !isNumberReadable || (number.kind === 'reservation' && !/^\d{10}$/.test(number.reservationNumber)),
  },
  {
    code: 'reservation-too-short',
    says: 'A reservation number can be used for at least ten more days.',
    broken: ({ application: { number }, today, limits }) =>
      number.kind === 'reservation' && daysBetween(today, number.validUntil) < limits.reservationDays,
  },
  {
    code: 'number-taken',
    says: 'A number brought along is neither in use with us nor on another order.',
    broken: ({ isNumberTaken }) => isNumberTaken,
  },
  {
    code: 'too-many-subscriptions',
    says: 'A contractor has at most five subscriptions (a setting), orders under way counted.',
    broken: ({ subscriptions, limits }) => subscriptions >= limits.subscriptionsPerContractor,
  },
] as const satisfies readonly Rule<PlaceFacts, string>[];

export type PlaceFault = (typeof placeRules)[number]['code'];

/** Why an application cannot become an order: the first rule broken, or undefined. */
export function placeFault(facts: PlaceFacts): PlaceFault | undefined {
  return firstBroken<PlaceFacts, PlaceFault>(placeRules, facts);
}

/** Every rule broken, in the stated order. */
export function placeFaults(facts: PlaceFacts): readonly PlaceFault[] {
  return placeRules.filter(({ broken }) => broken(facts)).map(({ code }) => code);
}

/** Whole days from one calendar day to another. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(to).days;
}
