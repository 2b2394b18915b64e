const PLAIN = /^[a-z][a-z0-9-]*$/;

/** Whether a name of ours (a reason, a family of commands) needs no quotes wherever it is written: small letters, digits, hyphens. */
export function isPlainName(name: string): boolean {
  return PLAIN.test(name);
}
