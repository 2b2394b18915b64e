import type { Rule } from '../../../base/refusal.ts';

/** What a contractor says of who carries a phone. */
export interface UserFacts {
  readonly name: string;
  /** ISO calendar day, as typed. */
  readonly birthDate: string;
  /** Whether there is such a day at all. */
  readonly isDay: boolean;
  /** The operator's calendar. */
  readonly today: string;
}

/** Nobody alive was born earlier. */
const EARLIEST = '1900-01-01';

const LONGEST_NAME = 100;

/** What is wrong with a registered user, in the order in which it is told. */
export const userRules = [
  {
    code: 'name-missing',
    says: 'A registered user has a name of at most 100 characters.',
    broken: ({ name }) => name === '' || name.length > LONGEST_NAME,
  },
  {
    code: 'birth-date-missing',
    says: 'A registered user has a birth date: it decides what the person may prove of their age.',
    broken: ({ birthDate, isDay }) => birthDate === '' || !isDay,
  },
  {
    code: 'birth-date-impossible',
    says: 'The birth date lies between 1900 and today.',
    broken: ({ birthDate, today }) => birthDate < EARLIEST || birthDate > today,
  },
] as const satisfies readonly Rule<UserFacts, string>[];

export type UserFault = (typeof userRules)[number]['code'];
