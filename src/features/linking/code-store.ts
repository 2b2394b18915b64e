import type { Temporal } from 'temporal-polyfill';
import { plainArray, textArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/index.ts';

export interface CodeRow {
  readonly linkCodeId: string;
  readonly subscriptionId: string;
  readonly contractorId: string;
  readonly shownCipher: Buffer;
  readonly lastFour: string;
  readonly issuedAt: Temporal.Instant;
}

const CODE = `k.link_code_id as "linkCodeId", k.subscription_id as "subscriptionId", s.contractor_id as "contractorId",
  k.shown_cipher as "shownCipher", k.last_four as "lastFour", k.issued_at as "issuedAt"`;

/**
 * The live code with one of these look-up hashes. A code that a re-issue ended is not in the index that is read, so
 * it takes the same way and the same time as one that never was.
 */
export async function findLiveCode(sql: SqlRunner, hashes: readonly Buffer[]): Promise<CodeRow | null> {
  const rows = await sql.query<CodeRow>(
    `select ${CODE} from link_code k join subscription s using (subscription_id)
     where k.lookup_hash = any ($1::bytea[]) and k.revoked_at is null`,
    [hashes],
  );
  return rows[0] ?? null;
}

/** The live code of a subscription; with `contractorId` only when that contractor owns it. */
export async function loadLiveCode(
  sql: SqlRunner,
  of: { subscriptionId: string; contractorId?: string },
): Promise<CodeRow | null> {
  const rows = await sql.query<CodeRow>(
    `select ${CODE} from link_code k join subscription s using (subscription_id)
     where k.subscription_id = $1 and k.revoked_at is null and ($2::uuid is null or s.contractor_id = $2)`,
    [of.subscriptionId, of.contractorId ?? null],
  );
  return rows[0] ?? null;
}

/** The live codes of every contract an account is linked to as its contractor, with whose subscription it is. */
export function loadLiveCodesOfContractors(
  sql: SqlRunner,
  lineUserId: string,
): Promise<readonly { userName: string; msisdn: string; lastFour: string; issuedAt: Temporal.Instant }[]> {
  return sql.query(
    `select coalesce(s.user_name, c.name) as "userName", s.msisdn, k.last_four as "lastFour", k.issued_at as "issuedAt"
     from contractor_link l
     join contractor c using (contractor_id)
     join subscription s using (contractor_id)
     join link_code k on k.subscription_id = s.subscription_id and k.revoked_at is null
     where l.line_user_id = $1 and l.unlinked_at is null
     order by s.opens_at, s.subscription_id`,
    [lineUserId],
  );
}

/** Locks the subscription, so that links and codes of one subscription change one after another. */
export async function lockSubscription(
  sql: SqlRunner,
  of: { subscriptionId: string; contractorId?: string },
): Promise<{ contractorId: string; endedAt: Temporal.Instant | null } | null> {
  const rows = await sql.query<{ contractorId: string; endedAt: Temporal.Instant | null }>(
    `select contractor_id as "contractorId", ended_at as "endedAt" from subscription
     where subscription_id = $1 and ($2::uuid is null or contractor_id = $2)
     for no key update`,
    [of.subscriptionId, of.contractorId ?? null],
  );
  return rows[0] ?? null;
}

export async function countReissuesSince(
  sql: SqlRunner,
  subscriptionId: string,
  since: Temporal.Instant,
): Promise<number> {
  const rows = await sql.query<{ count: number }>(
    `select count(*)::integer as count from link_code
     where subscription_id = $1 and issued_by <> 'opened' and issued_at >= $2`,
    [subscriptionId, since.toString()],
  );
  return rows[0]?.count ?? 0;
}

export async function revokeLiveCodes(
  sql: SqlRunner,
  now: Temporal.Instant,
  subscriptionIds: readonly string[],
): Promise<void> {
  await sql.query(
    'update link_code set revoked_at = $2 where subscription_id = any ($1::uuid[]) and revoked_at is null',
    [plainArray(subscriptionIds), now.toString()],
  );
}

export interface NewCode {
  readonly linkCodeId: string;
  readonly subscriptionId: string;
  readonly lookupHash: Buffer;
  readonly lookupKeyVersion: number;
  readonly shownCipher: Buffer;
  readonly showKeyVersion: number;
  readonly lastFour: string;
  readonly issuedAt: Temporal.Instant;
  readonly issuedBy: string;
  readonly reason: string | null;
}

export async function insertCodes(sql: SqlRunner, codes: readonly NewCode[]): Promise<void> {
  await sql.query(
    `insert into link_code (link_code_id, subscription_id, lookup_hash, lookup_key_version, shown_cipher,
       show_key_version, last_four, issued_at, issued_by, reason)
     select id, subscription_id, decode(lookup_hash, 'hex'), lookup_version, decode(shown_cipher, 'hex'), show_version,
       last_four, issued_at, issued_by, reason
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::integer[], $5::text[], $6::integer[], $7::text[],
            $8::timestamptz[], $9::text[], $10::text[])
       as code (id, subscription_id, lookup_hash, lookup_version, shown_cipher, show_version, last_four, issued_at,
                issued_by, reason)`,
    [
      plainArray(codes.map((code) => code.linkCodeId)),
      plainArray(codes.map((code) => code.subscriptionId)),
      plainArray(codes.map((code) => code.lookupHash.toString('hex'))),
      plainArray(codes.map((code) => code.lookupKeyVersion)),
      plainArray(codes.map((code) => code.shownCipher.toString('hex'))),
      plainArray(codes.map((code) => code.showKeyVersion)),
      plainArray(codes.map((code) => code.lastFour)),
      plainArray(codes.map((code) => code.issuedAt.toString())),
      plainArray(codes.map((code) => code.issuedBy)),
      textArray(codes.map((code) => code.reason)),
    ],
  );
}
