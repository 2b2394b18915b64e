import { checkDigit, hasValidCheckDigit } from '../../../base/check-digit.ts';
import { plainDigits } from '../../../base/typed-code.ts';

/** Sixteen digits, the last a check digit. Keep it out of logs, addresses and messages. */
export type LinkCode = string;

const LINK_CODE_DIGITS = 16;

/**
 * A fresh code.
 *
 * @param chance an unpredictable whole number from 0 to below its argument, each equally likely
 */
export function makeLinkCode(chance: (below: number) => number): LinkCode {
  const digits = Array.from({ length: LINK_CODE_DIGITS - 1 }, () => String(chance(10))).join('');
  return digits + checkDigit(digits);
}

export type TypedCode =
  | { readonly kind: 'code'; readonly code: LinkCode }
  | { readonly kind: 'wrong-length'; readonly digits: number }
  | { readonly kind: 'wrong-check-digit' };

/** What a person typed or pasted. */
export function parseLinkCode(typed: string): TypedCode {
  const plain = plainDigits(typed);
  if (!/^\d*$/.test(plain) || plain.length !== LINK_CODE_DIGITS) {
    return { kind: 'wrong-length', digits: plain.replace(/\D/g, '').length };
  }
  return hasValidCheckDigit(plain) ? { kind: 'code', code: plain } : { kind: 'wrong-check-digit' };
}

/** Whether somebody typed nothing but a code, right or not, where it is not asked for. */
export function looksLikeLinkCode(text: string): boolean {
  return new RegExp(`^\\d{${LINK_CODE_DIGITS}}$`).test(plainDigits(text));
}

/** As it is shown to who need not see it whole. */
export function maskLinkCode(lastFour: string): string {
  return `•••• ${lastFour}`;
}
