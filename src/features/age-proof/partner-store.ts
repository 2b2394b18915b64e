import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { AuthMethod, PartnerFacts } from './rules/partner.ts';

/** Somebody who may ask about people: a client of the OpenID provider. */
export interface Partner extends PartnerFacts {
  readonly name: { readonly ja: string; readonly en: string };
  readonly authMethod: AuthMethod;
  /** SHA-256 of the secret; null with private_key_jwt. */
  readonly secretHash: Buffer | null;
  /** A JSON Web Key Set with public keys; null with a secret. */
  readonly jwks: unknown;
  readonly canMatchIdentity: boolean;
  readonly createdAt: Temporal.Instant;
  readonly suspendedAt: Temporal.Instant | null;
}

interface Row extends Omit<Partner, 'name'> {
  readonly nameJa: string;
  readonly nameEn: string;
}

const COLUMNS = `partner_id as "partnerId", name_ja as "nameJa", name_en as "nameEn", auth_method as "authMethod",
  secret_hash as "secretHash", jwks, redirect_uris as "redirectUris", grants, scopes, purposes,
  age_thresholds as "ageThresholds", can_match_identity as "canMatchIdentity",
  requests_per_minute as "requestsPerMinute", consent_days as "consentDays", created_at as "createdAt",
  suspended_at as "suspendedAt"`;

function partnerOf({ nameJa, nameEn, ...row }: Row): Partner {
  return { ...row, name: { ja: nameJa, en: nameEn } };
}

export async function loadPartner(sql: SqlRunner, partnerId: string): Promise<Partner | null> {
  const [row] = await sql.query<Row>(`select ${COLUMNS} from partner where partner_id = $1`, [partnerId]);
  return row ? partnerOf(row) : null;
}

/** False when the id is taken. */
export async function insertPartner(sql: SqlRunner, partner: Partner): Promise<boolean> {
  const rows = await sql.query(
    `insert into partner (partner_id, name_ja, name_en, auth_method, secret_hash, jwks, redirect_uris, grants, scopes,
       purposes, age_thresholds, can_match_identity, requests_per_minute, consent_days, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     on conflict (partner_id) do nothing returning 1`,
    [
      partner.partnerId,
      partner.name.ja,
      partner.name.en,
      partner.authMethod,
      partner.secretHash,
      partner.jwks === null ? null : JSON.stringify(partner.jwks),
      partner.redirectUris,
      partner.grants,
      partner.scopes,
      partner.purposes,
      partner.ageThresholds,
      partner.canMatchIdentity,
      partner.requestsPerMinute,
      partner.consentDays,
      partner.createdAt.toString(),
    ],
  );
  return rows.length > 0;
}
