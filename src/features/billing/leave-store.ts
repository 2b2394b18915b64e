import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import { plainArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import type { LeaveKind } from './rules/leave.ts';

/** A subscription on its way out. */
export interface LeaveRequest {
  readonly leaveId: string;
  readonly subscriptionId: string;
  readonly kind: LeaveKind;
  readonly state: 'waiting' | 'taken-back' | 'done' | 'lapsed';
  /** Exclusive. A cancellation: when it ends. A reservation number: until when it can be used, or when it was. */
  readonly endsAt: Temporal.Instant;
  readonly reservationNumber: string | null;
}

const COLUMNS = `leave_id as "leaveId", subscription_id as "subscriptionId", kind, state, ends_at as "endsAt",
  reservation_number as "reservationNumber"`;

/** What waits of these subscriptions. */
export async function loadWaitingLeaves(
  sql: SqlRunner,
  subscriptionIds: readonly string[],
): Promise<ReadonlyMap<string, LeaveRequest>> {
  const rows = await sql.query<LeaveRequest>(
    `select ${COLUMNS} from leave_request where subscription_id = any($1::uuid[]) and state = 'waiting'`,
    [plainArray(subscriptionIds)],
  );
  return new Map(rows.map((row) => [row.subscriptionId, row]));
}

/** What a request of this subscription has come to. */
export async function findLeaveByRequest(
  sql: SqlRunner,
  { subscriptionId, requestId }: { subscriptionId: string; requestId: string },
): Promise<LeaveRequest | null> {
  const rows = await sql.query<LeaveRequest>(
    `select ${COLUMNS} from leave_request where subscription_id = $1 and request_id = $2`,
    [subscriptionId, requestId],
  );
  return rows[0] ?? null;
}

export async function findLeaveByNumber(sql: SqlRunner, number: string): Promise<LeaveRequest | null> {
  const rows = await sql.query<LeaveRequest>(
    `select ${COLUMNS} from leave_request where reservation_number = $1 for update`,
    [number],
  );
  return rows[0] ?? null;
}

/** Notes a leave that waits; the subscription is locked. */
export async function insertLeave(
  sql: SqlRunner,
  now: Temporal.Instant,
  leave: Pick<LeaveRequest, 'subscriptionId' | 'kind' | 'endsAt' | 'reservationNumber'> & { requestId: string },
): Promise<LeaveRequest> {
  const rows = await sql.query<LeaveRequest>(
    `insert into leave_request (leave_id, subscription_id, kind, asked_at, request_id, ends_at, reservation_number, state)
     values ($1, $2, $3, $4, $5, $6, $7, 'waiting') returning ${COLUMNS}`,
    [
      newId(),
      leave.subscriptionId,
      leave.kind,
      now.toString(),
      leave.requestId,
      leave.endsAt.toString(),
      leave.reservationNumber,
    ],
  );
  if (rows[0] === undefined) throw new Error('a leave just written is not there');
  return rows[0];
}

/** Settles what waits; false when somebody else has. */
export async function settleLeave(
  sql: SqlRunner,
  now: Temporal.Instant,
  settled: { leaveId: string; state: 'taken-back' | 'done' | 'lapsed' },
): Promise<boolean> {
  const rows = await sql.query(
    `update leave_request set state = $2, settled_at = $3 where leave_id = $1 and state = 'waiting' returning leave_id`,
    [settled.leaveId, settled.state, now.toString()],
  );
  return rows.length > 0;
}

/** The number went to another operator at this moment. */
export async function noteMoved(sql: SqlRunner, leaveId: string, movedAt: Temporal.Instant): Promise<void> {
  await sql.query('update leave_request set ends_at = $2 where leave_id = $1', [leaveId, movedAt.toString()]);
}

/** What waits and is due. */
export async function loadDueLeaves(
  sql: SqlRunner,
  now: Temporal.Instant,
  limit: number,
): Promise<readonly LeaveRequest[]> {
  return sql.query<LeaveRequest>(
    `select ${COLUMNS} from leave_request where state = 'waiting' and ends_at <= $1 order by ends_at, leave_id limit $2`,
    [now.toString(), limit],
  );
}
