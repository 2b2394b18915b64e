import { dictionary } from '@zxcvbn-ts/language-common';
import { wordIn } from '../../base/password-policy.ts';

/** Some 40,000 passwords that stand on lists of leaked ones, most used first; folded: lower case. */
let breached: ReadonlySet<string> | undefined;

/** Whether a password is on a list of leaked ones, in whatever case, or is one of them with little added. Nothing leaves the machine. */
export function isBreached(password: string): boolean {
  breached ??= new Set(dictionary['passwords-common'].map((word) => word.toLowerCase()));
  const folded = password.toLowerCase();
  return breached.has(folded) || breached.has(wordIn(folded));
}
