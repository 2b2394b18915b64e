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
  readonly payment: ChosenCard | null;
  readonly documents: readonly DocumentRecord[];
}

export const emptyDraft: Draft = {
  typed: { plan: null, sim: null, contractor: null, user: null, filtering: null },
  verifiedMail: null,
  guardianAgreedAt: null,
  identity: null,
  payment: null,
  documents: [],
};

/** The draft with one step typed anew. A guardian's word was given for one child, not for another. */
export function withTyped(draft: Draft, step: FormStep, typed: Typed): Draft {
  const isSame = JSON.stringify(draft.typed[step]) === JSON.stringify(typed);
  const guardianAgreedAt = step === 'user' && !isSame ? null : draft.guardianAgreedAt;
  return { ...draft, typed: { ...draft.typed, [step]: typed }, guardianAgreedAt };
}
