import { Temporal } from 'temporal-polyfill';
import { firstBroken, type Rule } from '../../../base/refusal.ts';
import { plainCode } from '../../../base/typed-code.ts';

/** Digits and letters that nobody mistakes for another: no 0, 1, I, O, U. A prime number of them, for the check. */
export const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTVWXYZ';
/** Random signs of a code, before its check sign: 54 bits. */
export const RANDOM_SIGNS = 11;

const BASE = ALPHABET.length;

/** A whole code of random numbers below the alphabet's length, the last sign checking the others. */
export function entryCodeOf(drawn: readonly number[]): string {
  if (drawn.length !== RANDOM_SIGNS) throw new RangeError(`an entry code is made of ${RANDOM_SIGNS} numbers`);
  const signs = drawn.map((number) => ALPHABET.charAt(number)).join('');
  return signs + ALPHABET.charAt(checkOf(signs));
}

/** A code as it is typed or pasted, in any case. */
export function readEntryCode(typed: string): string {
  return plainCode(typed).toUpperCase();
}

/** Whether it can be a code at all. One sign wrong, or two neighbours swapped, is always found. */
export function isEntryCode(code: string): boolean {
  const isWritten = code.length === RANDOM_SIGNS + 1 && [...code].every((sign) => ALPHABET.includes(sign));
  return isWritten && ALPHABET.charAt(checkOf(code.slice(0, -1))) === code.at(-1);
}

/** As people read it: `ABCD-EFGH-JKLM`. */
export const formatEntryCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');

/** Each sign weighs another, prime to the base, so that neighbours do not stand for one another. */
function checkOf(signs: string): number {
  const sum = [...signs].reduce((total, sign, at) => total + ALPHABET.indexOf(sign) * (at + 2), 0);
  return sum % BASE;
}

/** A code that was looked up. */
export interface EntryCode {
  readonly expiresAt: Temporal.Instant;
  readonly isWithdrawn: boolean;
  /** The order that holds or used it. */
  readonly orderId: string | null;
}

interface EntryCodeFacts {
  readonly isWritten: boolean;
  /** Null where there is none. */
  readonly code: EntryCode | null;
  readonly now: Temporal.Instant;
}

/** Why an entry code cannot be used, in this order. */
export const entryCodeRules = [
  {
    code: 'malformed',
    says: 'An entry code has twelve signs, the last of which checks the others.',
    broken: ({ isWritten }) => !isWritten,
  },
  { code: 'unknown', says: 'An entry code is one that staff have made.', broken: ({ code }) => code === null },
  {
    code: 'withdrawn',
    says: 'An entry code was not withdrawn by the staff.',
    broken: ({ code }) => code?.isWithdrawn ?? false,
  },
  { code: 'used', says: 'An entry code is for one order.', broken: ({ code }) => (code?.orderId ?? null) !== null },
  {
    code: 'expired',
    says: 'An entry code is used before it expires.',
    broken: ({ code, now }) => code !== null && Temporal.Instant.compare(code.expiresAt, now) <= 0,
  },
] as const satisfies readonly Rule<EntryCodeFacts, string>[];

export type EntryCodeRefusal = (typeof entryCodeRules)[number]['code'];

export const entryCodeRefusal = (facts: EntryCodeFacts): EntryCodeRefusal | undefined =>
  firstBroken<EntryCodeFacts, EntryCodeRefusal>(entryCodeRules, facts);

/** What the staff see of a code. */
export type EntryCodeState = 'open' | 'held' | 'redeemed' | 'withdrawn' | 'expired';

export function entryCodeState(code: EntryCode & { isRedeemed: boolean }, now: Temporal.Instant): EntryCodeState {
  if (code.isRedeemed) return 'redeemed';
  if (code.orderId !== null) return 'held';
  if (code.isWithdrawn) return 'withdrawn';
  return Temporal.Instant.compare(code.expiresAt, now) <= 0 ? 'expired' : 'open';
}
