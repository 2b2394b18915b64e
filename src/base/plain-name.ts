const PLAIN = /^[a-z][a-z0-9-]*$/;

/**
 * Whether an internal name (a reason, a family of commands) can be written anywhere without quotes: small letters, digits, hyphens.
 */
export function isPlainName(name: string): boolean {
  return PLAIN.test(name);
}
