import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';

/** Who asked where nobody of the staff did: the operator's own system, by its key. */
export const OWN_SYSTEM = 'system' as const;

export interface FourEyesRequest {
  readonly requestId: string;
  /** Which feature's, and what: `data.correction`. */
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly contractorId: string | null;
  readonly subscriptionId: string | null;
  /** One of the staff, or `OWN_SYSTEM`. */
  readonly askedBy: string;
  readonly askedAt: Temporal.Instant;
  readonly state: 'waiting' | 'approved' | 'refused' | 'withdrawn';
  readonly decidedBy: string | null;
  readonly decidedAt: Temporal.Instant | null;
  readonly note: string | null;
}

export interface NamedRequest extends FourEyesRequest {
  /** Null where the operator's own system asked. */
  readonly askedByName: string | null;
  readonly decidedByName: string | null;
}

const COLUMNS = `r.request_id as "requestId", r.kind, r.payload, r.reason, r.contractor_id as "contractorId",
  r.subscription_id as "subscriptionId", coalesce(r.asked_by::text, '${OWN_SYSTEM}') as "askedBy", r.asked_at as "askedAt", r.state,
  r.decided_by as "decidedBy", r.decided_at as "decidedAt", r.note`;

/** False when there is one with this id already. */
export async function insertRequest(
  sql: SqlRunner,
  now: Temporal.Instant,
  request: Pick<FourEyesRequest, 'requestId' | 'kind' | 'payload' | 'reason' | 'contractorId' | 'subscriptionId'> & {
    readonly askedBy: string;
  },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into four_eyes_request (request_id, kind, payload, reason, contractor_id, subscription_id, asked_by, asked_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (request_id) do nothing returning 1`,
    [
      request.requestId,
      request.kind,
      JSON.stringify(request.payload),
      request.reason,
      request.contractorId,
      request.subscriptionId,
      request.askedBy === OWN_SYSTEM ? null : request.askedBy,
      now.toString(),
    ],
  );
  return rows.length > 0;
}

/** The request, locked until the transaction ends: two deciders come one after the other. */
export async function lockRequest(sql: SqlRunner, requestId: string): Promise<FourEyesRequest | null> {
  const rows = await sql.query<FourEyesRequest>(
    `select ${COLUMNS} from four_eyes_request r where r.request_id = $1 for update`,
    [requestId],
  );
  return rows[0] ?? null;
}

export async function saveDecision(
  sql: SqlRunner,
  now: Temporal.Instant,
  decision: {
    requestId: string;
    state: Exclude<FourEyesRequest['state'], 'waiting'>;
    /** Nobody, where it was withdrawn. */
    decidedBy: string | null;
    note: string | null;
  },
): Promise<void> {
  await sql.query(
    `update four_eyes_request set state = $2, decided_by = $3, decided_at = $4, note = $5 where request_id = $1`,
    [decision.requestId, decision.state, decision.decidedBy, now.toString(), decision.note],
  );
}

const NAMED = `select ${COLUMNS}, asker.name as "askedByName", decider.name as "decidedByName"
  from four_eyes_request r
  left join staff asker on asker.staff_id = r.asked_by left join staff decider on decider.staff_id = r.decided_by`;

/** What waits, oldest first, then the last fifty that were decided. */
export async function loadRequests(sql: SqlRunner): Promise<readonly NamedRequest[]> {
  const [waiting, decided] = await Promise.all([
    sql.query<NamedRequest>(`${NAMED} where r.state = 'waiting' order by r.asked_at, r.request_id limit 200`),
    sql.query<NamedRequest>(`${NAMED} where r.state <> 'waiting' order by r.asked_at desc, r.request_id desc limit 50`),
  ]);
  return [...waiting, ...decided];
}

export async function loadRequest(sql: SqlRunner, requestId: string): Promise<NamedRequest | null> {
  const rows = await sql.query<NamedRequest>(`${NAMED} where r.request_id = $1`, [requestId]);
  return rows[0] ?? null;
}

export async function countWaitingRequests(sql: SqlRunner): Promise<number> {
  const rows = await sql.query<{ count: number }>(
    `select count(*)::integer as count from four_eyes_request where state = 'waiting'`,
  );
  return rows[0]?.count ?? 0;
}
