import { WATCHED_PERCENTS, type WatchedPercent } from './volume.ts';

/** What a partner may ask for, as the interfaces name it. */

export const AGE_SCOPE = 'kyc-age-verification:verify';
export const VOLUME_SCOPE = 'device-data-volume:read';
export const TENURE_SCOPE = 'kyc-tenure:check-tenure';
export const STATUS_SCOPE = 'subscription-status:retrieve-subscription-status';

const WATCH = 'device-data-volume-subscriptions';
export const WATCH_READ_SCOPE = `${WATCH}:read`;
export const WATCH_DELETE_SCOPE = `${WATCH}:delete`;

/** The type of the event that tells of a share used, as the interface names it. */
export const watchEventType = (percent: WatchedPercent): string =>
  `org.camaraproject.${WATCH}.v0.${percent === 100 ? 'data-exceeded' : `data-${percent}-percent`}`;

export const watchCreateScope = (percent: WatchedPercent): string => `${WATCH}:${watchEventType(percent)}:create`;

export const VOLUME_SCOPES = [
  VOLUME_SCOPE,
  ...WATCHED_PERCENTS.map(watchCreateScope),
  WATCH_READ_SCOPE,
  WATCH_DELETE_SCOPE,
] as const;

/** Everything a partner may be allowed to ask. */
export const PARTNER_SCOPES = [AGE_SCOPE, ...VOLUME_SCOPES, TENURE_SCOPE, STATUS_SCOPE] as const;

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
export type Told = 'age' | 'filtering' | 'identity-match' | 'data-volume' | 'data-events' | 'tenure' | 'service-status';

/** What the person is told that the partner can learn. */
export function toldBy(scopes: readonly string[], partner: { readonly canMatchIdentity: boolean }): Told[] {
  const told: Told[] = [];
  if (scopes.includes(AGE_SCOPE)) told.push('age', 'filtering');
  if (scopes.includes(AGE_SCOPE) && partner.canMatchIdentity) told.push('identity-match');
  if (scopes.includes(VOLUME_SCOPE)) told.push('data-volume');
  if (WATCHED_PERCENTS.some((percent) => scopes.includes(watchCreateScope(percent)))) told.push('data-events');
  if (scopes.includes(TENURE_SCOPE)) told.push('tenure');
  if (scopes.includes(STATUS_SCOPE)) told.push('service-status');
  return told;
}
