import type { Language } from '../../../base/language.ts';

/**
 * What somebody applied for: a value that never changes once it is an order. Days are ISO calendar days, moments ISO
 * instants, so that it can be kept as JSON, sealed.
 */
export interface Application {
  /** From the form: the same id again is the same order. */
  readonly requestId: string;
  readonly planCode: string;
  readonly optionCodes: readonly string[];
  readonly simKind: 'sim' | 'esim';
  readonly number: WantedNumber;
  readonly contractor: { readonly kind: 'existing'; readonly contractorId: string } | NewContractor;
  readonly user: { readonly kind: 'contractor' } | OtherUser;
  /** Null where the plan asks for none. */
  readonly identity: Identity | null;
  /** Null where an existing contractor goes on paying as before. */
  readonly payment: Card | null;
  readonly documents: readonly AgreedDocument[];
  /** Waives the registration fee; checked by whoever issued it. */
  readonly entryCode: string | null;
  /** Whose invitation was followed, as its token. */
  readonly invitation: string | null;
  /** Who applied in LINE: known from LINE itself, never from a form. */
  readonly lineUserId: string | null;
  readonly language: Language;
}

/** A new number, or one that is brought along: numbers as people type them in Japan, digits only. */
export type WantedNumber =
  | { readonly kind: 'new' }
  | { readonly kind: 'one-stop'; readonly phoneNumber: string }
  | {
      readonly kind: 'reservation';
      readonly phoneNumber: string;
      readonly reservationNumber: string;
      /** The last day it can be used. */
      readonly validUntil: string;
    };

export interface PersonName {
  readonly family: string;
  readonly given: string;
}

export interface NewContractor {
  readonly kind: 'new';
  readonly name: PersonName;
  readonly kana: PersonName;
  readonly birthDate: string;
  readonly postalCode: string;
  readonly address: string;
  /** Where the person can be called now. */
  readonly phone: string;
  /** Proved by a code. */
  readonly mail: string;
}

export interface OtherUser {
  readonly kind: 'other';
  readonly name: PersonName;
  readonly kana: PersonName;
  readonly birthDate: string;
  /** Whether harmful sites are kept away. For minors, off only by the guardian's word. */
  readonly filtering: boolean;
  /** Whose word was given for a minor. */
  readonly guardian: { readonly name: string; readonly agreedAt: string } | null;
}

/** What the licensed provider found; no picture, and no number of the card. */
export interface Identity {
  /** The provider's name for this check. */
  readonly reference: string;
  readonly method: 'jpki' | 'ic-chip';
  readonly outcome: 'success' | 'mismatch';
  readonly checkedAt: string;
  readonly certificateSerial: string;
  /** What the card says otherwise; empty with a success. */
  readonly mismatched: readonly IdentityField[];
  /** What was held against the card. What is typed afterwards may differ from it. */
  readonly person: {
    readonly name: PersonName;
    readonly birthDate: string;
    readonly postalCode: string;
    readonly address: string;
  };
}

export type IdentityField = 'name' | 'birth-date' | 'address';

/** A card as the payment provider names it. No card number ever comes here. */
export interface Card {
  readonly reference: string;
  readonly brand: string;
  readonly lastFour: string;
  /** The last month in which it is good: `2029-08`. */
  readonly expiresIn: string;
}

export interface AgreedDocument {
  readonly code: string;
  readonly version: string;
  readonly openedAt: string;
  readonly agreedAt: string;
}

/** A name in one piece, as contracts and registers keep it. */
export const wholeName = ({ family, given }: PersonName): string => `${family} ${given}`.trim();
