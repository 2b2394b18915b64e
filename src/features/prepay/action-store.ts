import type { Temporal } from 'temporal-polyfill';
import { plainArray } from '../../infra/db/array-text.ts';
import { loadPage, type Page, type Span, type SqlRunner } from '../../infra/db/index.ts';
import type { actionStatuses } from './refs.ts';

export type ActionKind = 'topup' | 'transfer' | 'adjust' | 'reserve';
export type ActionStatus = (typeof actionStatuses)[number];

/** What was asked for over TM Forum's prepay balance. It is there when it was taken on, and never otherwise. */
export interface NewAction {
  /** Of a transfer the gift's, of an adjustment the request's that staff decide about, of a reservation the slice's. */
  readonly actionId: string;
  readonly kind: ActionKind;
  readonly subscriptionId: string;
  /** The kind of data that was named; `all` where it goes in the order of use. */
  readonly bucket: string;
  /** Whole bytes; below zero where they are taken away. */
  readonly amountBytes: number;
  readonly channel: string | null;
  readonly reason: string | null;
  readonly requestedAt: Temporal.Instant;
}

export interface Action extends NewAction {
  readonly contractorId: string;
  readonly status: ActionStatus;
  /** When it came about, or was ended; null while neither is. */
  readonly endedAt: Temporal.Instant | null;
  /** What staff said to their decision about an adjustment, or its system when it took it back. */
  readonly note: string | null;
  /** Who received a transfer; null until somebody has. */
  readonly receiverSubscriptionId: string | null;
  /** Of a reservation that was settled: what was used, and of it what nothing was there for. */
  readonly usedBytes: number | null;
  readonly overBytes: number | null;
  /** Until when a transfer can be received, or a reservation be used (exclusive). */
  readonly waitsUntil: Temporal.Instant | null;
}

/** What became of each is asked of the thing itself: nobody has to keep a second state. */
const ACTIONS = `(
  select a.action_id, a.kind, a.subscription_id, s.contractor_id, a.bucket, a.channel, a.reason, a.requested_at, a.told_status,
    q.note,
    -- The network may be lent less than it asked for.
    coalesce(r.bytes, a.amount_bytes) as amount_bytes, r.used_bytes, r.over_bytes,
    case a.kind
      when 'topup' then 'completed'
      when 'transfer' then case g.state
        when 'waiting' then 'created' when 'claimed' then 'completed' when 'expired' then 'failed' else 'cancelled' end
      when 'adjust' then case q.state when 'waiting' then 'created' when 'approved' then 'completed' else 'cancelled' end
      else case r.state
        when 'open' then 'created' when 'settled' then 'completed' when 'expired' then 'failed' else 'cancelled' end
    end as status,
    case a.kind when 'topup' then a.requested_at else coalesce(g.ended_at, q.decided_at, r.ended_at) end as ended_at,
    case g.state when 'claimed' then g.receiver_subscription_id end as receiver_subscription_id,
    coalesce(g.expires_at, r.valid_until) as waits_until
  from prepay_action a
  join subscription s using (subscription_id)
  left join gift g on a.kind = 'transfer' and g.gift_id = a.action_id
  left join four_eyes_request q on a.kind = 'adjust' and q.request_id = a.action_id
  left join data_reservation r on a.kind = 'reserve' and r.reservation_id = a.action_id
) as action`;

const COLUMNS = `action_id as "actionId", kind, subscription_id as "subscriptionId", contractor_id as "contractorId",
  bucket, amount_bytes as "amountBytes", channel, reason, requested_at as "requestedAt", status, note, ended_at as "endedAt",
  receiver_subscription_id as "receiverSubscriptionId", waits_until as "waitsUntil", used_bytes as "usedBytes", over_bytes as "overBytes"`;

/** False when the key was used before; whoever comes second with it waits here until the first's transaction ends. */
export async function insertAction(
  sql: SqlRunner,
  action: NewAction & { readonly requestId: string; readonly requestHash: Buffer },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into prepay_action (action_id, kind, request_id, request_hash, subscription_id, bucket, amount_bytes, channel,
       reason, requested_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (kind, request_id) do nothing returning 1`,
    [
      action.actionId,
      action.kind,
      action.requestId,
      action.requestHash,
      action.subscriptionId,
      action.bucket,
      action.amountBytes,
      action.channel,
      action.reason,
      action.requestedAt.toString(),
    ],
  );
  return rows.length > 0;
}

/** What was asked for under a key, and what tells it apart. */
export async function loadActionOfRequest(
  sql: SqlRunner,
  { kind, requestId }: { kind: ActionKind; requestId: string },
): Promise<{ actionId: string; requestHash: Buffer } | null> {
  const rows = await sql.query<{ actionId: string; requestHash: Buffer }>(
    `select action_id as "actionId", request_hash as "requestHash" from prepay_action where kind = $1 and request_id = $2`,
    [kind, requestId],
  );
  return rows[0] ?? null;
}

export async function loadAction(
  sql: SqlRunner,
  { kind, actionId }: { kind: ActionKind; actionId: string },
): Promise<Action | null> {
  const rows = await sql.query<Action>(`select ${COLUMNS} from ${ACTIONS} where kind = $1 and action_id = $2`, [
    kind,
    actionId,
  ]);
  return rows[0] ?? null;
}

/** Actions that were open when listeners were last told of them, and have ended since. */
export function loadEndedUntold(sql: SqlRunner, portion: number): Promise<readonly Action[]> {
  return sql.query<Action>(
    `select ${COLUMNS} from ${ACTIONS} where told_status = 'created' and status <> 'created'
     order by requested_at, action_id limit $1`,
    [portion],
  );
}

/** Listeners have been told of this status. */
export async function noteTold(
  sql: SqlRunner,
  { actionId, status }: Pick<Action, 'actionId' | 'status'>,
): Promise<void> {
  await sql.query('update prepay_action set told_status = $2 where action_id = $1 and told_status <> $2', [
    actionId,
    status,
  ]);
}

/** Why things were asked for is nobody's business once these subscriptions are forgotten. */
export async function forgetReasons(sql: SqlRunner, subscriptionIds: readonly string[]): Promise<void> {
  await sql.query(
    'update prepay_action set reason = null where subscription_id = any($1::uuid[]) and reason is not null',
    [plainArray(subscriptionIds)],
  );
}

export interface ActionSearch extends Span {
  readonly kind: ActionKind;
  readonly subscriptionId?: string | undefined;
  readonly status?: ActionStatus | undefined;
}

/** Newest first. */
export function loadActions(
  sql: SqlRunner,
  { kind, subscriptionId, status, ...span }: ActionSearch,
): Promise<Page<Action>> {
  return loadPage(
    sql,
    {
      columns: COLUMNS,
      from: `${ACTIONS} where kind = $1 and ($2::uuid is null or subscription_id = $2)
        and ($3::text is null or status = $3)`,
      values: [kind, subscriptionId ?? null, status ?? null],
      order: 'requested_at desc, action_id desc',
    },
    span,
  );
}
