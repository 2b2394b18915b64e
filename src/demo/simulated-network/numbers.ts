/** Numbers and SIMs of a network that exists nowhere. */

/** 070-0000-0000 and on: a stretch that is given to no operator. */
const FIRST_NUMBER = 817_000_000_000;
export const MOST_NUMBERS = 10_000;

/** The n-th number of the network, from 0; none is given twice as long as nobody counts twice. */
export const numberAt = (n: number): string | undefined => (n < MOST_NUMBERS ? String(FIRST_NUMBER + n) : undefined);

/** 89 (telecom), 81 (Japan), an issuer that does not exist, a serial number, and the check digit (ITU-T E.118). */
export function iccidAt(n: number): string {
  const digits = `898199${String(n).padStart(12, '0')}`;
  return digits + luhnDigit(digits);
}

/** What a phone loads its eSIM with (GSMA SGP.22): where from, and which one. */
export const esimCodeOf = (matchingId: string): string => `LPA:1$smdp.example.jp$${matchingId}`;

function luhnDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}
