import { dictionary } from '@zxcvbn-ts/language-common';

/** Some 40,000 passwords that stand on lists of leaked ones, most used first; folded: lower case. */
let breached: ReadonlySet<string> | undefined;

/** Whether a password is on a list of leaked ones, in whatever case. Nothing leaves the machine. */
export function isBreached(password: string): boolean {
  breached ??= new Set(dictionary['passwords-common'].map((word) => word.toLowerCase()));
  return breached.has(password.toLowerCase());
}
