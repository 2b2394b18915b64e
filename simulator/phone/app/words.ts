import type { Language } from '../../contract.ts';
import { desk } from './words/desk.ts';
import { phone } from './words/phone.ts';

/** A text in both languages; a missing one is a compile error. */
export type Said = Record<Language, string>;

/** What a phone says, in its person's language. */
export const phoneWords = (language: Language) => pick(phone, language);

/** What the bar and the panel around the phones say. */
export const deskWords = (language: Language) => pick(desk, language);

function pick<K extends string>(catalogue: Record<K, Said>, language: Language): (key: K) => string {
  return (key) => catalogue[key][language];
}

export type PhoneWord = keyof typeof phone;
export type PhoneWords = ReturnType<typeof phoneWords>;
export type DeskWords = ReturnType<typeof deskWords>;
