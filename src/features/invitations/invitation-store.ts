import type { Temporal } from 'temporal-polyfill';
import { plainArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';

/** A link that a contractor made. */
export interface InvitationRow {
  readonly invitationId: string;
  readonly contractorId: string;
  /** The operator's day. */
  readonly madeOn: string;
  readonly expiresAt: Temporal.Instant;
  readonly tokenSealed: Buffer;
  readonly orderId: string | null;
  readonly redeemedAt: Temporal.Instant | null;
  readonly dueAt: Temporal.Instant | null;
  readonly outcome: 'given' | 'lapsed' | null;
}

const COLUMNS = `invitation_id as "invitationId", contractor_id as "contractorId", made_on as "madeOn",
  expires_at as "expiresAt", token_sealed as "tokenSealed", order_id as "orderId", redeemed_at as "redeemedAt",
  due_at as "dueAt", outcome`;

/** The link of this day: made now, or the one that is there. */
export async function openInvitation(
  sql: SqlRunner,
  now: Temporal.Instant,
  made: Pick<InvitationRow, 'invitationId' | 'contractorId' | 'madeOn' | 'expiresAt' | 'tokenSealed'> & {
    tokenHash: Buffer;
  },
): Promise<InvitationRow> {
  await sql.query(
    `insert into invitation (invitation_id, contractor_id, made_on, made_at, expires_at, token_hash, token_sealed)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (contractor_id, made_on) do nothing`,
    [
      made.invitationId,
      made.contractorId,
      made.madeOn,
      now.toString(),
      made.expiresAt.toString(),
      made.tokenHash,
      made.tokenSealed,
    ],
  );
  const rows = await sql.query<InvitationRow>(
    `select ${COLUMNS} from invitation where contractor_id = $1 and made_on = $2`,
    [made.contractorId, made.madeOn],
  );
  if (rows[0] === undefined) throw new Error('an invitation just made is not there');
  return rows[0];
}

/** Newest first. */
export function loadInvitations(
  sql: SqlRunner,
  contractorId: string,
  limit: number,
): Promise<readonly InvitationRow[]> {
  return sql.query<InvitationRow>(
    `select ${COLUMNS} from invitation where contractor_id = $1 order by made_on desc limit $2`,
    [contractorId, limit],
  );
}

export async function findInvitation(
  sql: SqlRunner,
  tokenHash: Buffer,
  lock: '' | 'for update' = '',
): Promise<InvitationRow | null> {
  const rows = await sql.query<InvitationRow>(`select ${COLUMNS} from invitation where token_hash = $1 ${lock}`, [
    tokenHash,
  ]);
  return rows[0] ?? null;
}

export async function holdInvitation(
  sql: SqlRunner,
  now: Temporal.Instant,
  { invitationId, orderId }: { invitationId: string; orderId: string },
): Promise<void> {
  await sql.query('update invitation set order_id = $2, held_at = $3 where invitation_id = $1', [
    invitationId,
    orderId,
    now.toString(),
  ]);
}

/** The friend's contract has begun. */
export async function redeemInvitationOf(
  sql: SqlRunner,
  now: Temporal.Instant,
  { orderId, invitedContractorId, dueAt }: { orderId: string; invitedContractorId: string; dueAt: Temporal.Instant },
): Promise<void> {
  await sql.query(
    `update invitation set redeemed_at = $2, invited_contractor_id = $3, due_at = $4
     where order_id = $1 and redeemed_at is null`,
    [orderId, now.toString(), invitedContractorId, dueAt.toString()],
  );
}

export async function releaseInvitationOf(sql: SqlRunner, orderId: string): Promise<void> {
  await sql.query('update invitation set order_id = null, held_at = null where order_id = $1 and redeemed_at is null', [
    orderId,
  ]);
}

/** What is due: both sides are to have their points. */
export interface DueInvitation {
  readonly invitationId: string;
  readonly inviterId: string;
  readonly invitedId: string;
}

export function loadDue(sql: SqlRunner, now: Temporal.Instant, limit: number): Promise<readonly DueInvitation[]> {
  return sql.query<DueInvitation>(
    `select invitation_id as "invitationId", contractor_id as "inviterId", invited_contractor_id as "invitedId"
     from invitation where due_at <= $1 and settled_at is null order by due_at, invitation_id limit $2`,
    [now.toString(), limit],
  );
}

export async function settleInvitations(
  sql: SqlRunner,
  now: Temporal.Instant,
  { invitationIds, outcome }: { invitationIds: readonly string[]; outcome: 'given' | 'lapsed' },
): Promise<void> {
  if (invitationIds.length === 0) return;
  await sql.query(
    `update invitation set settled_at = $2, outcome = $3 where invitation_id = any($1::uuid[]) and settled_at is null`,
    [plainArray(invitationIds), now.toString(), outcome],
  );
}
