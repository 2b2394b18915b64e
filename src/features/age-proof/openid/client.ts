import type { ClientMetadata } from 'oidc-provider';
import type { Partner } from '../partner-store.ts';
import type { PartnerGrant } from '../rules/partner.ts';
import { PROTOCOL_SCOPES } from '../rules/scopes.ts';

const GRANT_TYPES: Record<PartnerGrant, string[]> = {
  code: ['authorization_code', 'refresh_token'],
  'client-credentials': ['client_credentials'],
  ciba: ['urn:openid:params:grant-type:ciba', 'refresh_token'],
};

/** A partner as the provider knows it. What stands for the secret is its hash; see `comparesHashes`. */
export function clientOf(partner: Partner): ClientMetadata {
  const { grants } = partner;
  return {
    client_id: partner.partnerId,
    client_name: partner.name.ja,
    token_endpoint_auth_method: partner.authMethod === 'secret' ? 'client_secret_basic' : 'private_key_jwt',
    ...(partner.secretHash ? { client_secret: partner.secretHash.toString('hex') } : {}),
    ...(isKeySet(partner.jwks) ? { jwks: partner.jwks } : {}),
    redirect_uris: [...partner.redirectUris],
    response_types: grants.includes('code') ? ['code'] : [],
    grant_types: [...new Set(grants.flatMap((grant) => GRANT_TYPES[grant]))],
    scope: [...PROTOCOL_SCOPES, ...partner.scopes, ...partner.purposes].join(' '),
    ...(grants.includes('ciba') ? { backchannel_token_delivery_mode: 'poll' } : {}),
  };
}

function isKeySet(value: unknown): value is NonNullable<ClientMetadata['jwks']> {
  return typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys);
}
