import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import { plainArray, textArray } from './array-text.ts';
import { namesPeople, underAliases } from './audit-person.ts';
import type { SqlRunner } from './runner.ts';

/**
 * What happened, for people: never a code, a password, a token or a whole phone number in `detail`. A LINE account, as the actor
 * or as the detail `lineUserId`, is written under its alias.
 */
export interface AuditEntry {
  readonly actor: { kind: 'contractor' | 'line-account' | 'staff' | 'provisioning' | 'system'; id?: string };
  /** `feature.verb`: `linking.code-revealed`. */
  readonly action: string;
  readonly contractorId?: string;
  readonly subscriptionId?: string;
  readonly detail?: Record<string, string | number | boolean | null>;
}

/** Writes an entry in the caller's transaction: the deed and its record stand or fall together. */
export async function audit(sql: SqlRunner, now: Temporal.Instant, named: AuditEntry): Promise<void> {
  const [entry = named] = namesPeople([named]) ? await underAliases(sql, now, [named]) : [named];
  await sql.query(
    `insert into audit_log (audit_id, at, actor_kind, actor_id, action, contractor_id, subscription_id, detail)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      newId(),
      now.toString(),
      entry.actor.kind,
      entry.actor.id ?? null,
      entry.action,
      entry.contractorId ?? null,
      entry.subscriptionId ?? null,
      JSON.stringify(entry.detail ?? {}),
    ],
  );
}

/** Many entries in one statement, for work done in batches. What a batch of the ledger saves names no LINE account: rows cannot be read there. */
export async function auditAll(sql: SqlRunner, now: Temporal.Instant, named: readonly AuditEntry[]): Promise<void> {
  if (named.length === 0) return;
  const entries = namesPeople(named) ? await underAliases(sql, now, named) : named;
  await sql.query(
    `insert into audit_log (audit_id, at, actor_kind, actor_id, action, contractor_id, subscription_id, detail)
     select id, $8, actor_kind, actor_id, action, contractor_id, subscription_id, detail::jsonb
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::text[])
       as row (id, actor_kind, actor_id, action, contractor_id, subscription_id, detail)`,
    [
      plainArray(entries.map(() => newId())),
      plainArray(entries.map((entry) => entry.actor.kind)),
      textArray(entries.map((entry) => entry.actor.id ?? null)),
      textArray(entries.map((entry) => entry.action)),
      plainArray(entries.map((entry) => entry.contractorId ?? null)),
      plainArray(entries.map((entry) => entry.subscriptionId ?? null)),
      textArray(entries.map((entry) => JSON.stringify(entry.detail ?? {}))),
      now.toString(),
    ],
  );
}
