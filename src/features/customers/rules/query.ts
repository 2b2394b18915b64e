import { isId } from '../../../base/ids.ts';
import { fold } from '../../../base/language.ts';
import { type Msisdn, parseMsisdn } from '../../../base/msisdn.ts';

/** What a member of staff typed to find somebody, as what it can be. */
export type Query =
  | { readonly by: 'number'; readonly msisdn: Msisdn }
  | { readonly by: 'id'; readonly id: string }
  /** The beginning of a name, a reading, a login ID or a name on LINE. */
  | { readonly by: 'words'; readonly words: string };

/** Letters of the Latin alphabet are few: one of them would be half the customers. A kanji is a whole name. */
const SHORTEST_LATIN = 2;
const LONGEST = 100;

/** Null when there is too little to look for. */
export function readQuery(typed: string): Query | null {
  const words = typed.trim();
  const msisdn = parseMsisdn(words);
  // Only what consists of nothing but a number is one: ｔａｒｏ090 is a login ID.
  if (msisdn !== undefined && /^[\d+()\-‐−–ー.\s]+$/u.test(words.normalize('NFKC'))) return { by: 'number', msisdn };
  const id = words.toLowerCase();
  if (isId(id)) return { by: 'id', id };
  const folded = fold(words);
  if (folded === '' || folded.length > LONGEST) return null;
  return /^[\x20-\x7e]+$/.test(folded) && folded.length < SHORTEST_LATIN ? null : { by: 'words', words };
}
