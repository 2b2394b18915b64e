/** A login ID as it is stored and compared: half-width, lower case, without blanks around it. */
export function foldLoginId(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}

/** 3 to 64 of a–z, 0–9 and . _ @ + -, beginning with a letter or digit. */
export function isLoginId(folded: string): boolean {
  return /^[a-z0-9][a-z0-9._@+-]{2,63}$/.test(folded);
}
