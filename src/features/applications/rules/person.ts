import { ageOn } from '../../../base/age.ts';
import { ADULT_YEARS } from '../../../base/filtering.ts';
import { fold } from '../../../base/language.ts';
import { type Msisdn, parseMsisdn } from '../../../base/msisdn.ts';
import { readDay } from '../../../base/typed-day.ts';
import type { Draft, PersonToVerify, Typed } from './draft.ts';
import { type FieldRule, faultsIn } from './fault.ts';
import { isKana, isMail, readDigits, readKana, readLine, readMail } from './typed.ts';

const personFields = ['familyName', 'givenName', 'familyKana', 'givenKana', 'birthDate'];
export const userFields = personFields;
export const contractorFields = [...personFields, 'postalCode', 'address', 'building', 'phone', 'mail'];

/** A name with its reading. */
export interface PersonFacts {
  readonly familyName: string;
  readonly givenName: string;
  readonly familyKana: string;
  readonly givenKana: string;
  /** ISO calendar day. */
  readonly birthDate: string | null;
  readonly today: string;
}

export interface ContractorFacts extends PersonFacts {
  readonly postalCode: string;
  /** As far as the postal code fills it. */
  readonly address: string;
  /** House number, building, room. */
  readonly building: string;
  readonly phone: Msisdn | undefined;
  readonly mail: string;
}

export function readUser(typed: Typed | null, today: string): PersonFacts {
  return {
    familyName: readLine(typed?.familyName),
    givenName: readLine(typed?.givenName),
    familyKana: readKana(typed?.familyKana),
    givenKana: readKana(typed?.givenKana),
    birthDate: readDay(typed?.birthDate),
    today,
  };
}

export function readContractor(typed: Typed | null, today: string): ContractorFacts {
  return {
    ...readUser(typed, today),
    postalCode: readDigits(typed?.postalCode),
    address: readLine(typed?.address),
    building: readLine(typed?.building),
    phone: parseMsisdn(typed?.phone ?? ''),
    mail: readMail(typed?.mail),
  };
}

/** Nobody alive was born earlier. */
const EARLIEST = '1900-01-01';
const LONGEST_NAME = 50;
const LONGEST_ADDRESS = 150;

const isName = (name: string) => name !== '' && name.length <= LONGEST_NAME;
const isReading = (kana: string) => isName(kana) && isKana(kana);

/** True when the person is known to be younger than 18 today. */
export function isMinor({ birthDate, today }: Pick<PersonFacts, 'birthDate' | 'today'>): boolean {
  return birthDate !== null && ageOn(birthDate, today) < ADULT_YEARS;
}

/** Whom the provider is asked about: the new contractor as they stand in the draft. */
export function personToVerify(draft: Draft, today: string): PersonToVerify {
  const { familyName, givenName, birthDate, postalCode, address, building } = readContractor(
    draft.typed.contractor,
    today,
  );
  return {
    name: { family: familyName, given: givenName },
    birthDate: birthDate ?? '',
    postalCode,
    address: `${address} ${building}`.trim(),
  };
}

/** Whether a verification was about somebody of this name and birth date; where they live is another matter. */
export function isAboutName(person: PersonToVerify, other: PersonToVerify): boolean {
  const told = ({ name, birthDate }: PersonToVerify) => fold(`${name.family} ${name.given}\n${birthDate}`);
  return told(person) === told(other);
}

/** Whether a verification was about this very person. */
export function isAbout(person: PersonToVerify, other: PersonToVerify): boolean {
  const told = ({ name, birthDate, postalCode, address }: PersonToVerify) =>
    [name.family, name.given, birthDate, postalCode, address].join('\n');
  return told(person) === told(other);
}

export const personRules = [
  {
    field: 'familyName',
    code: 'family-name-missing',
    says: 'A person has a family name of at most 50 characters.',
    broken: ({ familyName }) => !isName(familyName),
  },
  {
    field: 'givenName',
    code: 'given-name-missing',
    says: 'A person has a given name of at most 50 characters.',
    broken: ({ givenName }) => !isName(givenName),
  },
  {
    field: 'familyKana',
    code: 'family-kana-missing',
    says: 'The family name is read in kana.',
    broken: ({ familyKana }) => !isReading(familyKana),
  },
  {
    field: 'givenKana',
    code: 'given-kana-missing',
    says: 'The given name is read in kana.',
    broken: ({ givenKana }) => !isReading(givenKana),
  },
  {
    field: 'birthDate',
    code: 'birth-date-malformed',
    says: 'A birth date is a day there is.',
    broken: ({ birthDate }) => birthDate === null,
  },
  {
    field: 'birthDate',
    code: 'birth-date-impossible',
    says: 'A birth date lies between 1900 and today.',
    broken: ({ birthDate, today }) => birthDate !== null && (birthDate < EARLIEST || birthDate > today),
  },
] as const satisfies readonly FieldRule<PersonFacts, string>[];

export const contractorRules = [
  ...personRules,
  {
    field: 'birthDate',
    code: 'contractor-under-age',
    says: 'A contractor is at least 18; a child is the user of a grown-up’s contract.',
    broken: (facts) => isMinor(facts),
  },
  {
    field: 'postalCode',
    code: 'postal-code-malformed',
    says: 'A postal code has 7 digits.',
    broken: ({ postalCode }) => postalCode.length !== 7,
  },
  {
    field: 'address',
    code: 'address-missing',
    says: 'An address has its prefecture, city and district.',
    broken: ({ address }) => address === '' || address.length > LONGEST_ADDRESS,
  },
  {
    field: 'building',
    code: 'building-missing',
    says: 'An address has its house number.',
    broken: ({ building }) => building === '' || building.length > LONGEST_ADDRESS,
  },
  {
    field: 'phone',
    code: 'phone-malformed',
    says: 'A contractor can be called.',
    broken: ({ phone }) => phone === undefined,
  },
  {
    field: 'mail',
    code: 'mail-malformed',
    says: 'A contractor has a mail address.',
    broken: ({ mail }) => !isMail(mail),
  },
] as const satisfies readonly FieldRule<ContractorFacts, string>[];

export type UserFault = (typeof personRules)[number]['code'];
export type ContractorFault = (typeof contractorRules)[number]['code'];

export const userFaults = (facts: PersonFacts) => faultsIn<PersonFacts, UserFault>(personRules, facts);
export const contractorFaults = (facts: ContractorFacts) =>
  faultsIn<ContractorFacts, ContractorFault>(contractorRules, facts);
