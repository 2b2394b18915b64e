/** A code as it was typed or pasted: of any width, and blanks, hyphens, dots and commas of any kind make no difference. */
export function plainCode(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s\p{Cf}\p{Pd}\u2212\u30fc\u2500\u2501_.,・]/gu, '');
}

/** The same of a code that has digits only: letters that look like one, read off paper, are that digit. */
export function plainDigits(typed: string): string {
  return plainCode(typed)
    .replace(/[oO〇○]/g, '0')
    .replace(/[lI|]/g, '1');
}

/** The six digits of a one-time code, of an app or from a mail; null where they are none. */
export function readSixDigits(typed: string): string | null {
  const plain = plainDigits(typed);
  return /^\d{6}$/.test(plain) ? plain : null;
}
