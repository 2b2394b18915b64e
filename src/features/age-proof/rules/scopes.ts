/** What a partner may ask for, as the interfaces name it. */

export const AGE_SCOPE = 'kyc-age-verification:verify';

export const PARTNER_SCOPES = [AGE_SCOPE] as const;

/** Scopes that belong to OpenID Connect and tell nothing of a person: who it is again, and a token that renews itself. */
export const PROTOCOL_SCOPES = ['openid', 'offline_access'] as const;

/** What for, in the words of the Data Privacy Vocabulary. */
export const PURPOSES = [
  'dpv:RequestedServiceProvision',
  'dpv:IdentityVerification',
  'dpv:FraudPreventionAndDetection',
  'dpv:LegalCompliance',
] as const;
export type Purpose = (typeof PURPOSES)[number];

export const isPurpose = (text: string): text is Purpose => PURPOSES.some((purpose) => purpose === text);

/** What a consent is about, in words for people. */
export type Told = 'age' | 'filtering' | 'identity-match';

/** What the person is told that the partner can learn. */
export function toldBy(scopes: readonly string[], partner: { readonly canMatchIdentity: boolean }): Told[] {
  if (!scopes.includes(AGE_SCOPE)) return [];
  return ['age', 'filtering', ...(partner.canMatchIdentity ? (['identity-match'] as const) : [])];
}
