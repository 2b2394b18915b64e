import type { Language } from './language.ts';

/** Where an entry stands in the list of all; in the order they are shown. */
export const faqTopics = [
  'linking',
  'link-code',
  'data',
  'gifts',
  'points',
  'bill',
  'plan',
  'sim',
  'age',
  'application',
  'contract',
  'security',
  'account',
] as const;
export type FaqTopic = (typeof faqTopics)[number];

/** What a button under an entry can open, besides a page of ours (`/contract`). */
export const faqFunctions = [
  'link-contractor',
  'link-user',
  'unlink',
  'data',
  'gifts',
  'top-up',
  'notices',
  'apply',
  'menu',
  'staff',
  'call',
] as const;
export type FaqFunction = (typeof faqFunctions)[number];
export type FaqButton = FaqFunction | `/${string}`;

/** What the program can add for a person whose link opens it. */
export const faqFacts = ['data-left', 'link-code', 'gift-waiting', 'top-up'] as const;
export type FaqFact = (typeof faqFacts)[number];

/** Which link opens the personal part of an entry: either one, or a certain one. */
export type FaqNeed = 'any' | 'contractor' | 'user';

/** One question with its answer, as the operator wrote it. */
export interface FaqEntry {
  readonly id: string;
  readonly title: string;
  readonly topic: FaqTopic;
  /** Words people may use for it. */
  readonly words: readonly string[];
  /** Whole questions as people type them. */
  readonly asks: readonly string[];
  readonly needs: FaqNeed | null;
  readonly facts: FaqFact | null;
  readonly buttons: readonly FaqButton[];
  /** The answer by paragraphs, the remedy first. */
  readonly body: readonly string[];
}

/** All entries of a language, and the groups of words that mean the same. */
export interface FaqBook {
  readonly entries: readonly FaqEntry[];
  readonly synonyms: readonly (readonly string[])[];
}

export type Faq = Readonly<Record<Language, FaqBook>>;
