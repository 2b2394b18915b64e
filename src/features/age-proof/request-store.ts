import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';

/** A partner asks a person in the talk. */
export interface PartnerRequest {
  readonly requestId: string;
  readonly partnerId: string;
  readonly subscriptionId: string;
  readonly scopes: readonly string[];
  readonly purpose: string;
  readonly authRequestSealed: Buffer;
  readonly expiresAt: Temporal.Instant;
}

export async function insertRequest(sql: SqlRunner, now: Temporal.Instant, request: PartnerRequest): Promise<void> {
  await sql.query(
    `insert into partner_request (partner_request_id, partner_id, subscription_id, scopes, purpose,
       auth_request_sealed, asked_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      request.requestId,
      request.partnerId,
      request.subscriptionId,
      request.scopes,
      request.purpose,
      request.authRequestSealed,
      now.toString(),
      request.expiresAt.toString(),
    ],
  );
}

/**
 * Records an answer while the question is open, and answers the question. The same answer again finds it again; another
 * one, a late one, or one by somebody without a link to the subscription finds nothing.
 */
export async function decideRequest(
  sql: SqlRunner,
  now: Temporal.Instant,
  decision: { requestId: string; subscriptionIds: readonly string[]; isAgreed: boolean; lineUserId: string },
): Promise<PartnerRequest | null> {
  const rows = await sql.query<PartnerRequest>(
    `update partner_request set decided_at = coalesce(decided_at, $1), is_agreed = $2,
       decided_by = coalesce(decided_by, $3)
     where partner_request_id = $4 and subscription_id = any ($5::uuid[]) and expires_at > $1
       and (is_agreed is null or (is_agreed = $2 and decided_by = $3))
     returning partner_request_id as "requestId", partner_id as "partnerId", subscription_id as "subscriptionId", scopes,
       purpose, auth_request_sealed as "authRequestSealed", expires_at as "expiresAt"`,
    [now.toString(), decision.isAgreed, decision.lineUserId, decision.requestId, decision.subscriptionIds],
  );
  return rows[0] ?? null;
}

/** Forgets questions long over; answers how many. */
export async function deleteOldRequests(sql: SqlRunner, before: Temporal.Instant, portion: number): Promise<number> {
  const rows = await sql.query(
    `delete from partner_request where partner_request_id in (
       select partner_request_id from partner_request where expires_at < $1 limit $2) returning 1`,
    [before.toString(), portion],
  );
  return rows.length;
}
