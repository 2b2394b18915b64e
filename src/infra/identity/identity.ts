import { z } from 'zod';
import type { Language } from '../../base/language.ts';
import type { Decision } from '../../base/refusal.ts';
import type { CompanyTrouble } from '../outside/company.ts';

/**
 * How a person may be verified at a distance: the signature certificate of the My Number card (JPKI, 署名用電子証明書),
 * or reading the chip of a card with a face on it.
 */
export const IDENTITY_METHODS = ['jpki', 'ic-chip'] as const;
export type IdentityMethod = (typeof IDENTITY_METHODS)[number];

/** What is compared with the card. */
export interface PersonToVerify {
  readonly name: { readonly family: string; readonly given: string };
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  /** Empty, with the address, where we do not know it: then it is not compared. */
  readonly postalCode: string;
  readonly address: string;
}

/** What of it the card says otherwise. */
export const PERSON_FIELDS = ['name', 'birth-date', 'address'] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];

/** Why the provider could not verify anybody. */
export const REFUSAL_REASONS = [
  'certificate-expired',
  'certificate-revoked',
  'locked',
  'unreadable',
  'gave-up',
] as const;
export type IdentityRefusal = (typeof REFUSAL_REASONS)[number];

const common = {
  method: z.enum(IDENTITY_METHODS),
  /** Instant, ISO 8601. */
  checkedAt: z.iso.datetime({ offset: true }),
  /** The provider's own word for this verification, for asking it later. */
  reference: z.string().min(1).max(200),
};

/** What is kept of a verification. No image, no My Number: there is no field for either. */
export const identityResult = z.discriminatedUnion('outcome', [
  z.strictObject({ ...common, outcome: z.literal('success'), certificateSerial: z.string().min(1).max(100) }),
  z.strictObject({
    ...common,
    outcome: z.literal('mismatch'),
    certificateSerial: z.string().min(1).max(100),
    mismatched: z.array(z.enum(PERSON_FIELDS)).min(1),
  }),
  z.strictObject({ ...common, outcome: z.literal('refusal'), reason: z.enum(REFUSAL_REASONS) }),
  z.strictObject({ ...common, outcome: z.literal('time-out') }),
]);

/** What a provider says of a person: the same one, somebody the card says otherwise of, nobody, or nothing in time. */
export type IdentityResult = z.infer<typeof identityResult>;

/** A way to the provider's page, good for a while. */
export interface IdentitySession {
  readonly sessionId: string;
  readonly url: string;
}

/** A licensed provider of identity verification. */
export interface IdentityProvider {
  /** Origin of its pages, where a form of ours may lead. */
  readonly pagesOrigin: string;
  readonly methods: readonly IdentityMethod[];
  /** Opens a session under a key of ours; the same key gets the same session. */
  open(asked: {
    sessionKey: string;
    method: IdentityMethod;
    person: PersonToVerify;
    returnUrl: string;
    language: Language;
  }): Promise<Decision<IdentitySession, CompanyTrouble>>;
  /** What came of it; null while the person is still there. */
  result(sessionId: string): Promise<Decision<IdentityResult | null, CompanyTrouble>>;
}
