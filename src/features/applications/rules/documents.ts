import type { DocumentRecord, Draft } from './draft.ts';

/** A document as the operator publishes it now. */
export interface Published {
  readonly code: string;
  readonly version: string;
}

const isSame = (a: Published, b: Published) => a.code === b.code && a.version === b.version;

/** What is on record of a document in its present version. */
export function recordOf(draft: Draft, document: Published): DocumentRecord | undefined {
  return draft.documents.find((record) => isSame(record, document));
}

/** The document was opened; the first opening counts. */
export function opened(draft: Draft, { code, version }: Published, at: string): Draft {
  if (recordOf(draft, { code, version })) return draft;
  const others = draft.documents.filter((record) => record.code !== code);
  return { ...draft, documents: [...others, { code, version, openedAt: at, agreedAt: null }] };
}

/** The ticks of the documents named; those not named lose theirs. Only what was opened can be agreed to. */
export function agreed(draft: Draft, documents: readonly Published[], at: string): Draft {
  return {
    ...draft,
    documents: draft.documents.map((record) => ({
      ...record,
      agreedAt: documents.some((document) => isSame(record, document)) ? (record.agreedAt ?? at) : null,
    })),
  };
}

export function areAllAgreed(draft: Draft, documents: readonly Published[]): boolean {
  return documents.every((document) => recordOf(draft, document)?.agreedAt);
}
