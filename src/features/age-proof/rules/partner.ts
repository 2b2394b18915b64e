import { firstBroken, type Rule } from '../../../base/refusal.ts';
import { isPurpose, PARTNER_SCOPES } from './scopes.ts';

/** How a partner comes to know about somebody. */
export const PARTNER_GRANTS = ['code', 'client-credentials', 'ciba'] as const;
export type PartnerGrant = (typeof PARTNER_GRANTS)[number];

/** How it proves itself: with a secret of ours, or with a signature by a key of its own. */
export type AuthMethod = 'secret' | 'private_key_jwt';

/** A partner as the staff writes it down. */
export interface PartnerFacts {
  readonly partnerId: string;
  readonly grants: readonly PartnerGrant[];
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
  readonly purposes: readonly string[];
  readonly ageThresholds: readonly number[] | null;
  readonly requestsPerMinute: number;
  readonly consentDays: number;
}

export type PartnerFault =
  | 'partner-id-malformed'
  | 'no-grant'
  | 'redirect-uri-missing'
  | 'redirect-uri-unsafe'
  | 'scope-unknown'
  | 'purpose-unknown'
  | 'age-out-of-range'
  | 'limit-out-of-range'
  | 'consent-days-out-of-range';

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/;

export const isPartnerId = (text: string) => /^[a-z0-9][a-z0-9-]{1,62}$/.test(text);

/** Why a partner is not written down, in this order. */
export const partnerRules = [
  {
    code: 'partner-id-malformed',
    says: 'A partner has an ID of 2 to 63 small letters, digits and hyphens; it stays.',
    broken: ({ partnerId }) => !isPartnerId(partnerId),
  },
  {
    code: 'no-grant',
    says: 'A partner has at least one way to ask: with the person’s consent in a browser, under contract, or by asking in the talk.',
    broken: ({ grants }) => grants.length === 0,
  },
  {
    code: 'redirect-uri-missing',
    says: 'Who asks in a browser has at least one address to come back to, and nobody comes back anywhere else.',
    broken: ({ grants, redirectUris }) => grants.includes('code') && redirectUris.length === 0,
  },
  {
    code: 'redirect-uri-unsafe',
    says: 'Such an address is https (http only on the same machine), whole, and without a fragment.',
    broken: ({ redirectUris }) => redirectUris.some((uri) => !/^https:\/\/[^#\s]+$/.test(uri) && !isOnThisMachine(uri)),
  },
  {
    code: 'scope-unknown',
    says: 'A partner asks for what there is, and for something.',
    broken: ({ scopes }) =>
      scopes.length === 0 || scopes.some((scope) => !PARTNER_SCOPES.some((known) => known === scope)),
  },
  {
    code: 'purpose-unknown',
    says: 'A partner says what for.',
    broken: ({ purposes }) => purposes.length === 0 || !purposes.every(isPurpose),
  },
  {
    code: 'age-out-of-range',
    says: 'Ages are whole years from 0 to 120; a partner may be held to some of them.',
    broken: ({ ageThresholds }) =>
      ageThresholds?.some((age) => !Number.isInteger(age) || age < 0 || age > 120) ?? false,
  },
  {
    code: 'limit-out-of-range',
    says: 'A partner has 1 to 6,000 questions a minute.',
    broken: ({ requestsPerMinute }) => !isWithin(requestsPerMinute, 1, 6_000),
  },
  {
    code: 'consent-days-out-of-range',
    says: 'A consent holds 1 to 365 days.',
    broken: ({ consentDays }) => !isWithin(consentDays, 1, 365),
  },
] as const satisfies readonly Rule<PartnerFacts, PartnerFault>[];

/** The first thing wrong with a partner as it is to be written down, or undefined. */
export function partnerFault(facts: PartnerFacts): PartnerFault | undefined {
  return firstBroken<PartnerFacts, PartnerFault>(partnerRules, facts);
}

const isOnThisMachine = (uri: string) => LOOPBACK.test(uri) && !uri.includes('#');
const isWithin = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most;
