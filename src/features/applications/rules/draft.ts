import type { OrderTopic } from '../../../base/order-topic.ts';

/** The fields of a form as they were typed, by name. */
export type Typed = Readonly<Record<string, string>>;

/** The steps that are forms of fields. */
export const formSteps = ['plan', 'sim', 'contractor', 'user', 'filtering'] as const;
export type FormStep = (typeof formSteps)[number];

/** A document that was opened, and when its tick came. */
export interface DocumentRecord {
  readonly code: string;
  readonly version: string;
  /** ISO instants. */
  readonly openedAt: string;
  readonly agreedAt: string | null;
}

/** Whom a provider is asked to verify. */
export interface PersonToVerify {
  readonly name: { readonly family: string; readonly given: string };
  /** ISO calendar day. */
  readonly birthDate: string;
  readonly postalCode: string;
  readonly address: string;
}

/** What the licensed provider found; no picture, and no number of the card. */
export interface VerifiedIdentity {
  readonly reference: string;
  readonly method: 'jpki' | 'ic-chip';
  readonly outcome: 'success' | 'mismatch';
  /** ISO instant. */
  readonly checkedAt: string;
  readonly certificateSerial: string;
  /** What the card says otherwise; empty with a success. */
  readonly mismatched: readonly ('name' | 'birth-date' | 'address')[];
  /** Whom the provider was asked about: another name or address is verified anew. */
  readonly person: PersonToVerify;
}

/** What the provider found instead: the card says otherwise, or nobody was verified. */
export type IdentityFailure =
  | { readonly outcome: 'mismatch'; readonly mismatched: VerifiedIdentity['mismatched'] }
  | {
      readonly outcome: 'refusal';
      readonly reason: 'certificate-expired' | 'certificate-revoked' | 'locked' | 'unreadable' | 'gave-up';
    }
  | { readonly outcome: 'time-out' };

/** A page of a company outside, by the company's name for the visit. */
export interface CompanyPage {
  readonly id: string;
  readonly url: string;
}

/** The last visit to a company's page, as long as it has not brought what it was for. */
export interface Visit<Failure> {
  /** Ours; the same key is the same visit. */
  readonly key: string;
  /** Null until the company has answered. */
  readonly page: CompanyPage | null;
  readonly failure: Failure | null;
}

/** To the provider of identity verification. */
export interface IdentityVisit extends Visit<IdentityFailure> {
  readonly method: 'jpki' | 'ic-chip';
  readonly person: PersonToVerify;
}

/** Why no card was registered. */
export type CardFailure = 'declined' | 'authentication-failed' | 'gave-up' | 'time-out';

/** To the card gateway. */
export type CardVisit = Visit<CardFailure>;

/** A card by the gateway's name for it. */
export interface ChosenCard {
  readonly reference: string;
  readonly brand: string;
  readonly lastFour: string;
  /** `2029-08`. */
  readonly expiresIn: string;
}

/**
 * An application that is not sent yet. It keeps what was typed, right or wrong, so that nothing is ever lost; whether a step
 * is done is asked anew each time.
 */
export interface Draft {
  readonly typed: Readonly<Record<FormStep, Typed | null>>;
  /** The mail address whose code was typed right. */
  readonly verifiedMail: string | null;
  /** When the guardian gave their word, for exactly what stands in `filtering`; ISO. */
  readonly guardianAgreedAt: string | null;
  readonly identity: VerifiedIdentity | null;
  readonly identityVisit: IdentityVisit | null;
  /** How often the provider was asked. */
  readonly identityVisits: number;
  readonly payment: ChosenCard | null;
  readonly cardVisit: CardVisit | null;
  /** How often the gateway was asked. */
  readonly cardVisits: number;
  readonly documents: readonly DocumentRecord[];
  /** Waives the registration fee; as it is kept, without blanks. */
  readonly entryCode: string | null;
  /** The token of the invitation that was followed. */
  readonly invitation: string | null;
  /** The order that is corrected by it; null for an application. */
  readonly correction: DraftCorrection | null;
}

/** An order whose question is answered with corrected values. */
export interface DraftCorrection {
  readonly orderId: string;
  /** What was asked about. */
  readonly about: readonly OrderTopic[];
  /** Who applied as a contractor already. */
  readonly contractorId: string | null;
}

export const emptyDraft: Draft = {
  typed: { plan: null, sim: null, contractor: null, user: null, filtering: null },
  verifiedMail: null,
  guardianAgreedAt: null,
  identity: null,
  identityVisit: null,
  identityVisits: 0,
  payment: null,
  cardVisit: null,
  cardVisits: 0,
  documents: [],
  entryCode: null,
  invitation: null,
  correction: null,
};

/** The draft with one step typed anew. A guardian's word was given for one child, not for another. */
export function withTyped(draft: Draft, step: FormStep, typed: Typed): Draft {
  const isSame = JSON.stringify(draft.typed[step]) === JSON.stringify(typed);
  const guardianAgreedAt = step === 'user' && !isSame ? null : draft.guardianAgreedAt;
  return { ...draft, typed: { ...draft.typed, [step]: typed }, guardianAgreedAt };
}
