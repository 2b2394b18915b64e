import { type Msisdn, parseMsisdn } from '../../../base/msisdn.ts';
import { readDay } from '../../../base/typed-day.ts';
import type { Typed } from './draft.ts';
import { type FieldRule, faultsIn } from './fault.ts';
import type { Offer } from './plan.ts';
import { daysBetween, readDigits } from './typed.ts';

export const simFields = ['simKind', 'number', 'phoneNumber', 'reservationNumber', 'validUntil', 'user'];

const RESERVATION_DIGITS = 10;

export interface SimFacts {
  readonly simKind: string;
  readonly number: string;
  /** A Japanese mobile number, or undefined. */
  readonly phoneNumber: Msisdn | undefined;
  readonly reservationNumber: string;
  /** ISO calendar day. */
  readonly validUntil: string | null;
  readonly user: string;
  readonly today: string;
  /** So many days a reservation number must still hold, so that the move is done in time. */
  readonly reservationDays: number;
}

export function readSim(typed: Typed | null, today: string, { orders }: Pick<Offer, 'orders'>): SimFacts {
  return {
    simKind: typed?.simKind ?? '',
    number: typed?.number ?? '',
    phoneNumber: readMobile(typed?.phoneNumber),
    reservationNumber: readDigits(typed?.reservationNumber),
    validUntil: readDay(typed?.validUntil),
    user: typed?.user ?? '',
    today,
    reservationDays: orders.reservationDays,
  };
}

/** 070, 080 or 090 with eight more digits: only such numbers can be brought along. */
function readMobile(typed: string | undefined): Msisdn | undefined {
  const msisdn = parseMsisdn(typed ?? '');
  return msisdn && /^81[789]0\d{8}$/.test(msisdn) ? msisdn : undefined;
}

/** Whether a number is brought along. */
export const isMoved = ({ number }: SimFacts) => number === 'one-stop' || number === 'reservation';
const isReserved = ({ number }: SimFacts) => number === 'reservation';

export const simRules = [
  {
    field: 'simKind',
    code: 'sim-kind-missing',
    says: 'The SIM is a card or an eSIM.',
    broken: ({ simKind }) => simKind !== 'sim' && simKind !== 'esim',
  },
  {
    field: 'number',
    code: 'number-missing',
    says: 'The number is a new one, or is brought along by one-stop MNP or with a reservation number.',
    broken: (facts) => facts.number !== 'new' && !isMoved(facts),
  },
  {
    field: 'phoneNumber',
    code: 'phone-number-malformed',
    says: 'A number that is brought along is a Japanese mobile number: 070, 080 or 090 and eight more digits.',
    broken: (facts) => isMoved(facts) && facts.phoneNumber === undefined,
  },
  {
    field: 'reservationNumber',
    code: 'reservation-number-malformed',
    says: 'A reservation number has 10 digits.',
    broken: (facts) => isReserved(facts) && facts.reservationNumber.length !== RESERVATION_DIGITS,
  },
  {
    field: 'validUntil',
    code: 'reservation-day-missing',
    says: 'A reservation number comes with its last day.',
    broken: (facts) => isReserved(facts) && facts.validUntil === null,
  },
  {
    field: 'validUntil',
    code: 'reservation-too-short',
    says: 'A reservation number has at least 10 days left (a setting).',
    broken: (facts) =>
      isReserved(facts) &&
      facts.validUntil !== null &&
      daysBetween(facts.today, facts.validUntil) < facts.reservationDays,
  },
  {
    field: 'user',
    code: 'user-missing',
    says: 'The phone is carried by the contractor or by somebody else.',
    broken: ({ user }) => user !== 'self' && user !== 'other',
  },
] as const satisfies readonly FieldRule<SimFacts, string>[];
export type SimFault = (typeof simRules)[number]['code'];

export const simFaults = (facts: SimFacts) => faultsIn<SimFacts, SimFault>(simRules, facts);
