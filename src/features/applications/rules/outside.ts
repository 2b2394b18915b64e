import type {
  CardFailure,
  ChosenCard,
  CompanyPage,
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
  const begun = { ...visit, page: null, failure: null };
  return { ...draft, identityVisit: begun, identityVisits: draft.identityVisits + 1 };
}

/** Begins a visit to the gateway, counted once for its key. */
export function withCardVisit(draft: Draft, key: string): Draft {
  if (draft.cardVisit?.key === key) return draft;
  return { ...draft, cardVisit: { key, page: null, failure: null }, cardVisits: draft.cardVisits + 1 };
}

/** The company has answered with its page. */
export function withPage(draft: Draft, kind: 'identityVisit' | 'cardVisit', key: string, page: CompanyPage): Draft {
  const visit = draft[kind];
  return visit?.key === key ? { ...draft, [kind]: { ...visit, page } } : draft;
}

/** What the provider says of a visit: a success is kept, anything else is told. Of another visit than the last, nothing. */
export function withIdentityResult(draft: Draft, id: string, result: IdentitySuccess | IdentityFailure): Draft {
  const visit = draft.identityVisit;
  if (visit?.page?.id !== id) return draft;
  if (result.outcome !== 'success') return { ...draft, identityVisit: { ...visit, failure: result } };
  return { ...draft, identityVisit: null, identity: { ...result, person: visit.person } };
}

/** What the gateway says of a visit, as with the provider's. The card takes the place of one that was chosen before. */
export function withCardResult(
  draft: Draft,
  id: string,
  result: { outcome: 'registered'; card: ChosenCard } | { outcome: CardFailure },
): Draft {
  const visit = draft.cardVisit;
  if (visit?.page?.id !== id) return draft;
  if (result.outcome !== 'registered') return { ...draft, cardVisit: { ...visit, failure: result.outcome } };
  return { ...draft, cardVisit: null, payment: result.card };
}

/** The card that nobody pays with any more after a change. In a correction not about it, it is the order's. */
export function replacedCard(before: Draft, after: Draft): string | null {
  if (before.correction && !before.correction.about.includes('card')) return null;
  const reference = before.payment?.reference ?? null;
  return reference === (after.payment?.reference ?? null) ? null : reference;
}
