/** What is known of a typed number before any issuer is asked. */
export interface TypedCard {
  readonly number: string;
  /** `MM/YY`. */
  readonly expiry: string;
  readonly code: string;
}

export interface CheckedCard {
  readonly brand: string;
  readonly lastFour: string;
  /** `YYYY-MM`. */
  readonly expiresIn: string;
  /** Whether its issuer says no. */
  readonly isDeclined: boolean;
}

export type CardFault = 'number' | 'expiry' | 'code';

/** Numbers for tests, as gateways publish them: they exist nowhere. */
export const TEST_CARDS = {
  visa: '4242 4242 4242 4242',
  mastercard: '5555 5555 5555 4444',
  jcb: '3530 1113 3330 0000',
  declined: '4000 0000 0000 0002',
} as const;

/** Checks a card as typed, in this order, or says which field is wrong. @param thisMonth `YYYY-MM` */
export function checkCard(typed: TypedCard, thisMonth: string): CheckedCard | CardFault {
  const number = typed.number.normalize('NFKC').replace(/[\s-]/g, '');
  const brand = brandOf(number);
  if (!brand || !isLuhn(number)) return 'number';
  const [, month = '', year = ''] =
    /^(0[1-9]|1[0-2])\s*\/\s*(\d{2})$/.exec(typed.expiry.normalize('NFKC').trim()) ?? [];
  const expiresIn = `20${year}-${month}`;
  if (month === '' || expiresIn < thisMonth) return 'expiry';
  if (!/^\d{3,4}$/.test(typed.code.normalize('NFKC').trim())) return 'code';
  const isDeclined = number === TEST_CARDS.declined.replaceAll(' ', '');
  return { brand, lastFour: number.slice(-4), expiresIn, isDeclined };
}

function brandOf(number: string): string | undefined {
  if (/^4\d{15}$/.test(number)) return 'VISA';
  if (/^(5[1-5]|2[2-7])\d{14}$/.test(number)) return 'Mastercard';
  if (/^35\d{14}$/.test(number)) return 'JCB';
  if (/^3[47]\d{13}$/.test(number)) return 'American Express';
  return undefined;
}

function isLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
