import { checkDigit, hasValidCheckDigit } from '../../../base/check-digit.ts';
import { plainDigits } from '../../../base/typed-code.ts';

/** Twelve digits to read out, the last a check digit. Keep it out of logs, addresses and messages. */
export type GiftCode = string;

const GIFT_CODE_DIGITS = 12;
const BODIES = 10n ** BigInt(GIFT_CODE_DIGITS - 1);

/** The code of an unpredictable number far greater than a code, so that every code is as likely as another. */
export function giftCodeFrom(chance: bigint): GiftCode {
  const digits = (chance % BODIES).toString().padStart(GIFT_CODE_DIGITS - 1, '0');
  return digits + checkDigit(digits);
}

export type TypedGiftCode =
  | { readonly kind: 'code'; readonly code: GiftCode }
  | { readonly kind: 'wrong-length' }
  | { readonly kind: 'wrong-check-digit' };

/** What a person typed or pasted. */
export function parseGiftCode(typed: string): TypedGiftCode {
  const plain = plainDigits(typed);
  if (!/^\d*$/.test(plain) || plain.length !== GIFT_CODE_DIGITS) return { kind: 'wrong-length' };
  return hasValidCheckDigit(plain) ? { kind: 'code', code: plain } : { kind: 'wrong-check-digit' };
}
