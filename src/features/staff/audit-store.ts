import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';

export const actorKinds = ['contractor', 'line-account', 'staff', 'provisioning', 'system'] as const;
export type ActorKind = (typeof actorKinds)[number];

export interface AuditRow {
  readonly auditId: string;
  readonly at: Temporal.Instant;
  readonly actorKind: ActorKind;
  /** Of a LINE account: its id while it is known, afterwards the alias that the log holds. */
  readonly actorId: string | null;
  /** Of staff. */
  readonly actorName: string | null;
  readonly action: string;
  readonly contractorId: string | null;
  readonly subscriptionId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  /** Its place in the chain; null while it is not chained yet. */
  readonly position: number | null;
}

export interface AuditFilter {
  readonly actorKind?: ActorKind;
  /** The beginning of the action: `linking.` or `linking.code-revealed`. */
  readonly action?: string;
  /** A contractor or a subscription. */
  readonly about?: string;
  readonly from?: Temporal.Instant;
  /** Exclusive. */
  readonly to?: Temporal.Instant;
  /** Goes on after this row. */
  readonly after?: { readonly at: Temporal.Instant; readonly auditId: string };
}

/** Newest first; by keyset, so that page 1,000 costs what page 1 does. */
export function loadAudit(sql: SqlRunner, filter: AuditFilter, limit: number): Promise<readonly AuditRow[]> {
  const values: unknown[] = [];
  const where: string[] = [];
  const add = (condition: (n: string) => string, value: unknown) => {
    values.push(value);
    where.push(condition(`$${values.length}`));
  };
  if (filter.actorKind) add((n) => `l.actor_kind = ${n}`, filter.actorKind);
  if (filter.action) add((n) => `starts_with(l.action, ${n})`, filter.action);
  if (filter.about) add((n) => `(l.contractor_id = ${n} or l.subscription_id = ${n})`, filter.about);
  if (filter.from) add((n) => `l.at >= ${n}`, filter.from.toString());
  if (filter.to) add((n) => `l.at < ${n}`, filter.to.toString());
  if (filter.after) {
    values.push(filter.after.at.toString(), filter.after.auditId);
    where.push(`(l.at, l.audit_id) < ($${values.length - 1}, $${values.length}::uuid)`);
  }
  return sql.query<AuditRow>(
    `select l.audit_id as "auditId", l.at, l.actor_kind as "actorKind",
       coalesce(p.line_user_id, l.actor_id) as "actorId", s.name as "actorName",
       l.action, l.contractor_id as "contractorId", l.subscription_id as "subscriptionId",
       case when d.alias is null then l.detail
            else l.detail || jsonb_build_object('lineUserId', d.line_user_id) end as detail,
       c.position
     from audit_log l
     left join staff s on l.actor_kind = 'staff' and s.staff_id::text = l.actor_id
     left join audit_person p on l.actor_kind = 'line-account' and p.alias = l.actor_id
     left join audit_person d on d.alias = l.detail ->> 'lineUserId'
     left join audit_chain c on c.audit_id = l.audit_id
     ${where.length > 0 ? `where ${where.join(' and ')}` : ''}
     order by l.at desc, l.audit_id desc limit ${limit}`,
    values,
  );
}
