import type {
  CardFailure,
  CardVisit,
  ChosenCard,
  Draft,
  IdentityFailure,
  IdentityVisit,
  VerifiedIdentity,
} from './draft.ts';

/** What is kept of a success. */
export type IdentitySuccess = Omit<VerifiedIdentity, 'person' | 'outcome'> & { readonly outcome: 'success' };

/** How often an application may ask the provider who somebody is. Each time costs money, and somebody may be guessing. */
export const IDENTITY_VISITS = 5;
/** How often an application may ask for a card: whoever tries stolen ones is stopped. */
export const CARD_VISITS = 10;

export const canVisitProvider = (draft: Draft): boolean => draft.identityVisits < IDENTITY_VISITS;
export const canVisitGateway = (draft: Draft): boolean => draft.cardVisits < CARD_VISITS;

/** Begins a visit to the provider, counted once for its key. */
export function withIdentityVisit(draft: Draft, visit: Pick<IdentityVisit, 'key' | 'method' | 'person'>): Draft {
  if (draft.identityVisit?.key === visit.key) return draft;
  const begun = { ...visit, session: null, failure: null };
  return { ...draft, identityVisit: begun, identityVisits: draft.identityVisits + 1 };
}

/** The provider has answered with its page. */
export function withIdentitySession(draft: Draft, key: string, session: { sessionId: string; url: string }): Draft {
  const visit = draft.identityVisit;
  return visit?.key === key ? { ...draft, identityVisit: { ...visit, session } } : draft;
}

/** What the provider says of a visit: a success is kept, anything else is told. Of another visit than the last, nothing. */
export function withIdentityResult(draft: Draft, sessionId: string, result: IdentitySuccess | IdentityFailure): Draft {
  const visit = draft.identityVisit;
  if (visit?.session?.sessionId !== sessionId) return draft;
  if (result.outcome !== 'success') return { ...draft, identityVisit: { ...visit, failure: result } };
  return { ...draft, identityVisit: null, identity: { ...result, person: visit.person } };
}

export function withCardVisit(draft: Draft, key: string): Draft {
  if (draft.cardVisit?.key === key) return draft;
  const begun: CardVisit = { key, entry: null, failure: null };
  return { ...draft, cardVisit: begun, cardVisits: draft.cardVisits + 1 };
}

export function withCardEntry(draft: Draft, key: string, entry: { entryId: string; url: string }): Draft {
  const visit = draft.cardVisit;
  return visit?.key === key ? { ...draft, cardVisit: { ...visit, entry } } : draft;
}

export function withCardResult(
  draft: Draft,
  entryId: string,
  result: { outcome: 'registered'; card: ChosenCard } | { outcome: CardFailure },
): Draft {
  const visit = draft.cardVisit;
  if (visit?.entry?.entryId !== entryId) return draft;
  if (result.outcome !== 'registered') return { ...draft, cardVisit: { ...visit, failure: result.outcome } };
  return { ...draft, cardVisit: null, payment: result.card };
}
