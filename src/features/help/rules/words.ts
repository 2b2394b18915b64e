import type { Language } from '../../../base/language.ts';

/**
 * How a question becomes search terms. Terms are of three kinds, told apart by their first character: a **meaning** (`§`:
 * a group of synonyms), a **pair** of characters (`_`), and a plain word. A meaning says most, a pair least.
 */

/** Groups of words that mean the same, ready to be found in folded text. */
export interface Synonyms {
  readonly pattern: RegExp | null;
  readonly meaningOf: ReadonlyMap<string, string>;
}

/** Width, case, kana and long vowels made alike: ﾘﾖｳｺｰﾄﾞ, りようこ－ど and リヨウコード are one. */
export function foldQuestion(text: string): string {
  return foldKana(alike(text));
}

function alike(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘`]/g, "'")
    .replace(/(?<=[ぁ-ゖァ-ヺー])[-‐‑‒–—―−〜~ー]+/gu, 'ー')
    .replace(/(?<=[a-z]{2})ー/gu, '');
}

function foldKana(text: string): string {
  return text.replace(/[ァ-ヶ]/gu, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

/** @param groups each group's words mean the same; the longest word wins where several begin at one place. */
export function readSynonyms(groups: readonly (readonly string[])[], language: Language): Synonyms {
  const meaningOf = new Map<string, string>();
  for (const [index, group] of groups.entries()) {
    for (const word of group) if (!meaningOf.has(foldQuestion(word))) meaningOf.set(foldQuestion(word), `§${index}`);
  }
  if (meaningOf.size === 0) return { pattern: null, meaningOf };
  const words = [...meaningOf.keys()]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const one = `(?:${words.join('|')})`;
  return { pattern: new RegExp(language === 'en' ? `(?<![a-z0-9])${one}(?![a-z0-9])` : one, 'gu'), meaningOf };
}

/** The search terms of a text, the same way for what is asked and for what is found. */
export function questionTerms(text: string, language: Language, synonyms: Synonyms): string[] {
  const terms: string[] = [];
  const folded = foldQuestion(text);
  if (synonyms.pattern) {
    for (const [word] of folded.matchAll(synonyms.pattern)) terms.push(synonyms.meaningOf.get(word) ?? '');
  }
  const kept = withoutFiller(alike(text), language);
  for (const { segment, isWordLike } of segmenters[language].segment(kept)) {
    const word = stem(foldKana(segment));
    if (isWordLike && !isLittle(word)) terms.push(word);
  }
  // A word of kana alone with a slip in it is cut in odd places: it is also looked for whole.
  if (/^[ぁ-ゖー]{4,10}$/u.test(folded.trim())) terms.push(folded.trim());
  for (const run of foldKana(kept).match(/[\p{Script=Hiragana}\p{Script=Han}ー]{2,}/gu) ?? []) {
    const characters = [...run];
    for (let at = 0; at + 1 < characters.length; at += 1) terms.push(`_${characters[at]}${characters[at + 1]}`);
  }
  return terms.filter((term) => term !== '');
}

/** How much a term says, beside how rare it is. */
export function termWeight(term: string): number {
  if (term.startsWith('§')) return 1.6;
  if (!term.startsWith('_')) return 1;
  // Two hiragana are mostly grammar.
  return /^_[ぁ-ゖー]+$/u.test(term) ? 0.25 : 0.5;
}

/** How far a typed word may be from a known one, as a share of its length; false where a slip would be another word. */
export function slipAllowed(term: string): number | false {
  return /^(?:[a-z]{5,}|[ぁ-ゖー]{4,})$/u.test(term) ? 0.25 : false;
}

/** Whether enough of a question was found to call it an answer: small talk shares a few letters with anything. */
export function isEvidence(asked: ReadonlySet<string>, found: readonly string[]): boolean {
  const weight = (terms: Iterable<string>) => [...terms].reduce((sum, term) => sum + termWeight(term), 0);
  return weight(new Set(found)) >= weight(asked) * LEAST_FOUND && found.some((term) => !/^_/.test(term));
}

const LEAST_FOUND = 0.25;

const segmenters = {
  ja: new Intl.Segmenter('ja', { granularity: 'word' }),
  en: new Intl.Segmenter('en', { granularity: 'word' }),
} satisfies Record<Language, Intl.Segmenter>;

/** What people add out of politeness, or because a question needs an end. */
const FILLER: Record<Language, RegExp> = {
  ja: /(?:お願いします|おねがいします|教えて(?:ください|下さい)?|おしえて|ください|下さい|(?:どう|どこ)(?:すれば|したら)(?:いい|よい)?|(?:ん|の)?(?:です|でしょう)(?:か|が|けど)?|ました|ません|ます(?:か)?|したい|やり方|方法|仕方|すみません|ですよ|なんですけど|んですが|のですが|って(?=[^あ-ん]|$)|とき|ときは|場合)/gu,
  en: /\b(?:please|could you|can you|can i|how (?:do|can|to)|how do i|i want to|i would like to|i'd like to|hello|hi|thanks|thank you)\b/gu,
};

function withoutFiller(text: string, language: Language): string {
  const rest = text.replace(FILLER[language], ' ');
  // A text of nothing but filler is asked as it is.
  return /[\p{L}\p{N}]/u.test(rest) ? rest : text;
}

const LITTLE = new Set(
  'する した して ある いる いい いま こと もの なる なっ でき れる られ から まで です ます きょう 今日 a an the i my me you your it its is are am be was do does did to of for in on at and or with what that this have has there if so im by we our'.split(
    ' ',
  ),
);

const isLittle = (word: string) => LITTLE.has(word) || /^[ぁ-ゖ]$/u.test(word);

/** English words without their endings: gifts, gifted and gifting are one. Others stay. */
function stem(word: string): string {
  if (!/^[a-z']{4,}$/.test(word)) return word.replace(/'/g, '');
  return word
    .replace(/'(?:s|t|re|ve|m|ll|d)$/, '')
    .replace(/'/g, '')
    .replace(/(?:ies)$/, 'y')
    .replace(/(?<=[a-z]{3})(?:ing|ed|es|s|e)$/, '')
    .replace(/([bdfgmnprt])\1$/, '$1');
}
