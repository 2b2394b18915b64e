/** A code as it was typed or pasted: of any width, and blanks, hyphens, dots and commas of any kind make no difference. */
export function plainCode(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s\p{Cf}\p{Pd}\u2212\u30fc\u2500\u2501_.,・]/gu, '');
}

/** The six digits of a one-time code, of an app or from a mail; null where they are none. */
export function readSixDigits(typed: string): string | null {
  const plain = plainCode(typed);
  return /^\d{6}$/.test(plain) ? plain : null;
}
