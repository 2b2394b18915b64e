import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';

/** What somebody agreed that a partner may be told. */
export interface Consent {
  readonly consentId: string;
  readonly partnerId: string;
  readonly subscriptionId: string;
  readonly scopes: readonly string[];
  readonly purpose: string;
  readonly grantHash: Buffer;
  readonly givenAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
  /** Whose LINE account it was given with, where one was signed in. */
  readonly lineUserId: string | null;
}

const CONSENT = `partner_consent_id as "consentId", partner_id as "partnerId", subscription_id as "subscriptionId",
  scopes, purpose, grant_hash as "grantHash", given_at as "givenAt", expires_at as "expiresAt", line_user_id as "lineUserId"`;

/** The consent that tokens with this grant rest on, while it stands. */
export async function loadLiveConsent(
  sql: SqlRunner,
  of: { grantHash: Buffer; now: Temporal.Instant },
): Promise<Consent | null> {
  const rows = await sql.query<Consent>(
    `select ${CONSENT} from partner_consent where grant_hash = $1 and withdrawn_at is null and expires_at > $2`,
    [of.grantHash, of.now.toString()],
  );
  return rows[0] ?? null;
}

/** Forgets consents that ended before an instant, by whatever; answers how many. */
export async function deleteOldConsents(sql: SqlRunner, before: Temporal.Instant, portion: number): Promise<number> {
  const rows = await sql.query(
    `delete from partner_consent where partner_consent_id in (
       select partner_consent_id from partner_consent where coalesce(withdrawn_at, expires_at) < $1 limit $2) returning 1`,
    [before.toString(), portion],
  );
  return rows.length;
}

export interface NewConsent extends Consent {
  readonly provenBy: ProvenBy;
}

/** How somebody showed whose subscription it is. */
export type ProvenBy = 'link-code' | 'line-account' | 'contractor' | 'talk';

/** False when this very consent was given before: the same tap twice. */
export async function insertConsent(sql: SqlRunner, consent: NewConsent): Promise<boolean> {
  const rows = await sql.query(
    `insert into partner_consent (partner_consent_id, partner_id, subscription_id, scopes, purpose, proven_by,
       line_user_id, grant_hash, given_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (grant_hash) do nothing returning 1`,
    [
      consent.consentId,
      consent.partnerId,
      consent.subscriptionId,
      consent.scopes,
      consent.purpose,
      consent.provenBy,
      consent.lineUserId,
      consent.grantHash,
      consent.givenAt.toString(),
      consent.expiresAt.toString(),
    ],
  );
  return rows.length > 0;
}

/** Consents of one subscription to one partner change one after another, until the end of the transaction. */
export async function lockConsents(sql: SqlRunner, of: { subscriptionId: string; partnerId: string }): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `age-proof:${of.subscriptionId}:${of.partnerId}`,
  ]);
}

/** Whose consents: of the subscriptions that whoever asks may speak for, and those given with their own LINE account. */
export interface ConsentOwner {
  readonly subscriptionIds: readonly string[];
  readonly lineUserId?: string | null;
}

/** What ended a consent, where the person did not take it back. */
export type EndedBy = 'partner' | 'new-user' | 'unlinked' | 'replaced';

/** Which standing consents end. */
export interface ConsentMatch extends ConsentOwner {
  readonly consentId?: string;
  readonly partnerId?: string;
  readonly exceptGrantHash?: Buffer;
}

/** Ends standing consents; answers those it ended, so that an effect happens once. */
export function endConsents(
  sql: SqlRunner,
  now: Temporal.Instant,
  match: ConsentMatch,
  from: 'talk' | 'my-page' | 'renewed' | 'new-user',
): Promise<readonly Consent[]> {
  return sql.query<Consent>(
    `update partner_consent set withdrawn_at = $1, withdrawn_from = $2
     where withdrawn_at is null and (subscription_id = any ($3::uuid[]) or line_user_id = $7)
       and ($4::uuid is null or partner_consent_id = $4) and ($5::text is null or partner_id = $5)
       and ($6::bytea is null or grant_hash <> $6)
     returning ${CONSENT}`,
    [
      now.toString(),
      from,
      match.subscriptionIds,
      match.consentId ?? null,
      match.partnerId ?? null,
      match.exceptGrantHash ?? null,
      match.lineUserId ?? null,
    ],
  );
}

/**
 * What rested on a user link ends with it: what was given with that LINE account; and when nobody is linked any more, also
 * what was given with the link code, since only the contractor could still see it. What the contractor agreed to stays.
 */
export function endConsentsOfLink(
  sql: SqlRunner,
  now: Temporal.Instant,
  link: { subscriptionId: string; lineUserId: string; isLast: boolean },
  from: 'unlinked' | 'replaced',
): Promise<readonly Consent[]> {
  return sql.query<Consent>(
    `update partner_consent set withdrawn_at = $1, withdrawn_from = $2
     where withdrawn_at is null and expires_at > $1 and subscription_id = $3 and proven_by <> 'contractor'
       and (line_user_id = $4 or $5::boolean)
     returning ${CONSENT}`,
    [now.toString(), from, link.subscriptionId, link.lineUserId, link.isLast],
  );
}

/** The standing consent behind a grant ends, and not by the person; answers it, or null when it had ended before. */
export async function endByPartner(sql: SqlRunner, now: Temporal.Instant, grantHash: Buffer): Promise<Consent | null> {
  const rows = await sql.query<Consent>(
    `update partner_consent set withdrawn_at = $1, withdrawn_from = 'partner'
     where grant_hash = $2 and withdrawn_at is null returning ${CONSENT}`,
    [now.toString(), grantHash],
  );
  return rows[0] ?? null;
}

export interface SeenConsent extends Consent {
  readonly partnerName: { readonly ja: string; readonly en: string };
  readonly withdrawnAt: Temporal.Instant | null;
  readonly endedBy: EndedBy | null;
  /** How often something was told since it was given. */
  readonly answers: number;
}

/** The consents of an owner that stand, or ended since; the latest first. */
export async function loadConsents(
  sql: SqlRunner,
  of: ConsentOwner & { endedSince: Temporal.Instant },
): Promise<readonly SeenConsent[]> {
  const rows = await sql.query<Omit<SeenConsent, 'partnerName'> & { nameJa: string; nameEn: string }>(
    `select c.partner_consent_id as "consentId", c.partner_id as "partnerId", c.subscription_id as "subscriptionId",
       c.scopes, c.purpose, c.grant_hash as "grantHash", c.given_at as "givenAt", c.expires_at as "expiresAt",
       c.line_user_id as "lineUserId", c.withdrawn_at as "withdrawnAt",
       case when c.withdrawn_from in ('partner', 'new-user', 'unlinked', 'replaced') then c.withdrawn_from end as "endedBy",
       p.name_ja as "nameJa", p.name_en as "nameEn",
       (select count(*)::integer from partner_answer a
        where a.subscription_id = c.subscription_id and a.partner_id = c.partner_id and a.answered_at >= c.given_at
          and (c.withdrawn_at is null or a.answered_at <= c.withdrawn_at)) as answers
     from partner_consent c join partner p using (partner_id)
     where (c.subscription_id = any ($1::uuid[]) or c.line_user_id = $3) and coalesce(c.withdrawn_at, c.expires_at) > $2
       and c.withdrawn_from is distinct from 'renewed'
     order by c.given_at desc, c.partner_consent_id desc
     limit 100`,
    [of.subscriptionIds, of.endedSince.toString(), of.lineUserId ?? null],
  );
  return rows.map(({ nameJa, nameEn, ...row }) => ({ ...row, partnerName: { ja: nameJa, en: nameEn } }));
}
