import type { Language } from '../../../base/language.ts';

/** The language a question is written in: a few Latin words inside Japanese (SIM, APN) do not make it English. */
export function languageOfQuestion(question: string, own: Language): Language {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(question)) return 'ja';
  const words = question.match(/\p{Script=Latin}{2,}/gu) ?? [];
  return words.length >= 3 ? 'en' : own;
}
