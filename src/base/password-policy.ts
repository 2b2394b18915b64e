import { commonPasswords } from './common-passwords.ts';
import type { Rule } from './refusal.ts';
import { firstBroken } from './refusal.ts';

export interface PasswordFacts {
  readonly password: string;
  readonly loginId: string;
  readonly hasSecondFactor: boolean;
  /** It stands on the shipped list of leaked passwords. */
  readonly isBreached: boolean;
}

export type PasswordFault = 'password-too-short' | 'password-too-long' | 'password-like-login-id' | 'password-common';

/** Characters a password needs at least. */
export const leastPasswordLength = (hasSecondFactor: boolean): number => (hasSecondFactor ? 8 : 15);

/** Why a password is not taken, in the order looked at. */
export const passwordRules = [
  {
    code: 'password-too-short',
    says: 'A password has at least 15 characters, or at least 8 where a second factor is used with it.',
    broken: ({ password, hasSecondFactor }) => [...password].length < leastPasswordLength(hasSecondFactor),
  },
  {
    code: 'password-too-long',
    says: 'A password has at most 200 characters, since longer ones only keep the computer busy.',
    broken: ({ password }) => [...password].length > 200,
  },
  {
    code: 'password-like-login-id',
    says: 'A password is not the login ID, nor the login ID written over and over.',
    broken: ({ password, loginId }) => password.toLowerCase().replaceAll(loginId.toLowerCase(), '').length < 3,
  },
  {
    code: 'password-common',
    says: 'A password is none of the well-known leaked ones, also with digits or signs around it or written several times, no repetition of a few characters and no plain run of keys.',
    broken: ({ password, isBreached }) => isBreached || isCommon(password.toLowerCase()),
  },
] as const satisfies readonly Rule<PasswordFacts, PasswordFault>[];

/** Why a password cannot be chosen, or undefined. */
export function passwordFault(facts: PasswordFacts): PasswordFault | undefined {
  return firstBroken<PasswordFacts, PasswordFault>(passwordRules, facts);
}

/** The word a password is made of: without the digits and signs around it, and once where it stands several times. */
export function wordIn(password: string): string {
  return password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '').replace(/^(.+?)\1+$/u, '$1');
}

const RUNS = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789012345', 'qwertyuiopasdfghjklzxcvbnm'];

function isCommon(folded: string): boolean {
  if (commonPasswords.has(folded) || commonPasswords.has(wordIn(folded))) return true;
  if (/^(.{1,4})\1+(?:.{0,3})$/u.test(folded)) return true;
  return RUNS.some((run) => run.includes(folded) || [...run].reverse().join('').includes(folded));
}
