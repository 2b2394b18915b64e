import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { AnswerKind } from './answer-store.ts';
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

export async function loadPartners(sql: SqlRunner): Promise<readonly Partner[]> {
  const rows = await sql.query<Row>(`select ${COLUMNS} from partner order by partner_id`);
  return rows.map(partnerOf);
}

/** What can be changed later; null where there is no such partner. */
export async function updatePartner(
  sql: SqlRunner,
  change: Pick<Partner, 'partnerId' | 'ageThresholds' | 'requestsPerMinute' | 'consentDays' | 'redirectUris'>,
): Promise<boolean> {
  const rows = await sql.query(
    `update partner set age_thresholds = $2, requests_per_minute = $3, consent_days = $4, redirect_uris = $5
     where partner_id = $1 returning 1`,
    [change.partnerId, change.ageThresholds, change.requestsPerMinute, change.consentDays, change.redirectUris],
  );
  return rows.length > 0;
}

/** False where there is no such partner, or it signs with a key of its own. */
export async function updateSecret(
  sql: SqlRunner,
  change: { partnerId: string; secretHash: Buffer },
): Promise<boolean> {
  const rows = await sql.query(
    `update partner set secret_hash = $2 where partner_id = $1 and auth_method = 'secret' returning 1`,
    [change.partnerId, change.secretHash],
  );
  return rows.length > 0;
}

/** False when it was so already. */
export async function updateSuspended(
  sql: SqlRunner,
  change: { partnerId: string; suspendedAt: Temporal.Instant | null },
): Promise<boolean> {
  const rows = await sql.query(
    `update partner set suspended_at = $2 where partner_id = $1 and (suspended_at is null) <> ($2::timestamptz is null)
     returning 1`,
    [change.partnerId, change.suspendedAt?.toString() ?? null],
  );
  return rows.length > 0;
}

export interface AnswerCount {
  readonly partnerId: string;
  readonly kind: AnswerKind;
  readonly answer: string;
  readonly count: number;
}

/** How often what was answered since an instant, without anybody's name. */
export function countAnswers(sql: SqlRunner, since: Temporal.Instant): Promise<readonly AnswerCount[]> {
  return sql.query<AnswerCount>(
    `select partner_id as "partnerId", kind, answer, count(*)::integer as count from partner_answer
     where answered_at >= $1 group by partner_id, kind, answer order by partner_id, kind, answer`,
    [since.toString()],
  );
}
