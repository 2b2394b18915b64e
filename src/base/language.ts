/** Japanese first; English for everybody else. */
export type Language = 'ja' | 'en';

/** The language for a BCP 47 tag or an Accept-Language header; Japanese when nothing is said. */
export function languageOf(tag: string | null | undefined): Language {
  if (!tag) return 'ja';
  return tag.trim().toLowerCase().startsWith('ja') || tag.trim() === '*' ? 'ja' : 'en';
}

/**
 * A catalogue: all that one part of the program says, as two objects of one type. The English one is declared as
 * `typeof ja`, so a word that is missing in it, or in Japanese, does not compile. Text with something filled in is a
 * function.
 *
 *     const ja = { title: 'データ残量', left: (amount: string) => `残り${amount}です。` };
 *     const en: typeof ja = { title: 'Your data', left: (amount) => `${amount} left.` };
 *     export const dataText = catalogue(ja, en);      // dataText(language).left('2 GB')
 */
export function catalogue<Text>(ja: Text, en: NoInfer<Text>): (language: Language) => Text {
  return (language) => (language === 'ja' ? ja : en);
}

/** Words for names that come from elsewhere; undefined for a name that has none. */
export function byName<Said>(words: Readonly<Record<string, Said>>): (name: string) => Said | undefined {
  return (name) => (Object.hasOwn(words, name) ? words[name] : undefined);
}

/** Several things in a row, as the language separates them: `プラン、オプション`, `plan, option`. */
export function listed(words: readonly string[], language: Language): string {
  return words.join(language === 'ja' ? '、' : ', ');
}

/** Things one under the other, each with its mark: `・プラン`, `• plan`. */
export function bulleted(words: readonly string[], language: Language): string[] {
  return words.map((each) => (language === 'ja' ? `・${each}` : `• ${each}`));
}

/** From one to the other: `10:00〜19:00`, `10:00–19:00`. */
export function span({ from, to }: { from: string; to: string }, language: Language): string {
  return `${from}${language === 'ja' ? '〜' : '–'}${to}`;
}

/** What it is, and what there is to say of it: `場所：東京駅`, `Place: Tokyo Station`. */
export function labelled(label: string, words: string, language: Language): string {
  return `${label}${language === 'ja' ? '：' : ': '}${words}`;
}

/** Two facts of one thing beside each other: `3GB・月額 980円`, `3GB, ¥980 a month`. */
export function beside(words: readonly string[], language: Language): string {
  return words.join(language === 'ja' ? '・' : ', ');
}

/** In place of what cannot be shown: `［スタンプ］`, `[sticker]`. */
export function bracketed(words: string, language: Language): string {
  return language === 'ja' ? `［${words}］` : `[${words}]`;
}

/** Sentences one after the other; English parts them with a blank, Japanese does not. Empty ones are left out. */
export function sentences(said: readonly string[], language: Language): string {
  return said.filter((each) => each !== '').join(language === 'ja' ? '' : ' ');
}

/** So many of something in English: `1 day`, `2 days`. */
export function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

/** What people type or paste, folded for comparison: full-width to half-width, lower case, no blanks. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '');
}
