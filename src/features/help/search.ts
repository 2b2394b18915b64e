import MiniSearch from 'minisearch';
import type { FaqBook, FaqEntry } from '../../base/faq.ts';
import type { Language } from '../../base/language.ts';
import { isEvidence, questionTerms, readSynonyms, slipAllowed, termWeight } from './rules/words.ts';

/** Finds the entries that answer a question, best first. */
export type FaqSearch = (question: string, most?: number) => readonly FaqEntry[];

/** Longer complaints say it in their first lines. */
const READ_CHARACTERS = 300;

/** An answer much weaker than the best one is a guess, not a choice. */
const WEAKEST_SHARE = 0.25;

/** An index over a book of entries; made anew when the book changes. */
export function createFaqSearch(book: FaqBook, language: Language): FaqSearch {
  const synonyms = readSynonyms(book.synonyms, language);
  const tokenize = (text: string) => questionTerms(text, language, synonyms);
  const entries = new Map(book.entries.map((entry) => [entry.id, entry]));
  const index = new MiniSearch<{ id: string; title: string; words: string; asks: string; body: string }>({
    fields: ['title', 'words', 'asks', 'body'],
    tokenize,
    processTerm: (term) => term,
    searchOptions: {
      boost: { title: 3, words: 2, asks: 3, body: 0.5 },
      boostTerm: termWeight,
      fuzzy: slipAllowed,
      weights: { fuzzy: 0.4, prefix: 0.3 },
    },
  });
  index.addAll(
    book.entries.map(({ id, title, words, asks, body }) => ({
      id,
      title,
      words: words.join('\n'),
      asks: asks.join('\n'),
      body: body.join('\n'),
    })),
  );
  return (question, most = 3) => {
    const hits = index.search(question.slice(0, READ_CHARACTERS));
    const best = hits[0]?.score ?? 0;
    const asked = new Set(tokenize(question.slice(0, READ_CHARACTERS)));
    return hits
      .filter((hit) => hit.score >= best * WEAKEST_SHARE && isEvidence(asked, hit.queryTerms))
      .slice(0, most)
      .flatMap((hit) => entries.get(hit.id) ?? []);
  };
}
