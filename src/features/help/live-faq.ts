import { type FSWatcher, watch } from 'node:fs';
import type { Faq, FaqBook, FaqEntry } from '../../base/faq.ts';
import type { Language } from '../../base/language.ts';
import { createFaqSearch, type FaqSearch } from './search.ts';

/** The operator's FAQ: where it lies, as it was at the start, and how it is read again. */
export interface FaqSource {
  readonly folder: string;
  readonly first: Faq;
  /** @throws with everything that is wrong with the files. */
  read(): Faq;
}

/** The FAQ as it is now. */
export interface LiveFaq {
  entries(language: Language): readonly FaqEntry[];
  entry(language: Language, id: string): FaqEntry | undefined;
  search(language: Language): FaqSearch;
  /** Reads the files again; with a fault in any of them everything stays as it was. */
  reload(): void;
  /** Follows the files while the program runs. */
  start(): void;
  stop(): void;
}

/** An editor writes a file in several steps, and people save several files: one reading after the last. */
const QUIET_MILLISECONDS = 300;

/** @param onFault hears why a changed folder was not taken. */
export function createLiveFaq(source: FaqSource, onFault: (error: unknown) => void): LiveFaq {
  let now = indexed(source.first);
  let watcher: FSWatcher | undefined;
  let quiet: NodeJS.Timeout | undefined;

  function reload(): void {
    try {
      now = indexed(source.read());
    } catch (error) {
      onFault(error);
    }
  }

  return {
    entries: (language) => now[language].book.entries,
    entry: (language, id) => now[language].byId.get(id),
    search: (language) => now[language].search,
    reload,
    start() {
      watcher = watch(source.folder, { recursive: true }, () => {
        clearTimeout(quiet);
        quiet = setTimeout(reload, QUIET_MILLISECONDS);
      });
      // A folder that cannot be watched any more is still a folder that was read.
      watcher.on('error', onFault);
    },
    stop() {
      clearTimeout(quiet);
      watcher?.close();
    },
  };
}

function indexed(faq: Faq) {
  const one = (book: FaqBook, language: Language) => ({
    book,
    byId: new Map(book.entries.map((entry) => [entry.id, entry])),
    search: createFaqSearch(book, language),
  });
  return { ja: one(faq.ja, 'ja'), en: one(faq.en, 'en') };
}
