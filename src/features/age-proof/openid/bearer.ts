import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../../infra/db/index.ts';
import { digest } from '../../../infra/secrets.ts';
import { type Consent, loadLiveConsent } from '../consent-store.ts';
import { loadPartner, type Partner } from '../partner-store.ts';
import type { OpenId } from './provider.ts';

/** Who asks, for what, and about whom where the person agreed to it (three-legged). */
export interface Access {
  readonly partner: Partner;
  readonly scopes: ReadonlySet<string>;
  /** Null for a partner under contract, who names the person in the question (two-legged). */
  readonly subscriptionId: string | null;
  /** Of the consent the token rests on; null under contract. */
  readonly grantHash: Buffer | null;
}

/** What a bearer token lets somebody do; null for anything that is not one, has ended, or whose consent is gone. */
export async function readBearer(
  deps: { openId: OpenId; sql: SqlRunner; now: Temporal.Instant },
  authorization: string | undefined,
): Promise<Access | null> {
  const [, token] = /^Bearer +([A-Za-z0-9_-]{20,200})$/i.exec(authorization ?? '') ?? [];
  if (token === undefined) return null;
  const provider = await deps.openId.provider();
  const ofPerson = await provider.AccessToken.find(token);
  if (ofPerson) {
    const consent = await loadLiveConsent(deps.sql, { grantHash: digest(ofPerson.grantId), now: deps.now });
    if (!consent || consent.partnerId !== ofPerson.clientId) return null;
    return accessOf(deps.sql, consent.partnerId, ofPerson.scope, consent);
  }
  const ofPartner = await provider.ClientCredentials.find(token);
  return ofPartner?.clientId ? accessOf(deps.sql, ofPartner.clientId, ofPartner.scope, null) : null;
}

async function accessOf(
  sql: SqlRunner,
  partnerId: string,
  scope: string | undefined,
  consent: Consent | null,
): Promise<Access | null> {
  const partner = await loadPartner(sql, partnerId);
  if (!partner || partner.suspendedAt !== null) return null;
  // What a partner may ask is what it may ask today, not what it might when the token was issued.
  const scopes = (scope ?? '').split(' ').filter((each) => partner.scopes.includes(each));
  return {
    partner,
    scopes: new Set(scopes),
    subscriptionId: consent?.subscriptionId ?? null,
    grantHash: consent?.grantHash ?? null,
  };
}
