import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import type { SqlRunner } from './runner.ts';

/** What happened, for people: never a code, a password, a token or a whole phone number in `detail`. */
export interface AuditEntry {
  readonly actor: { kind: 'contractor' | 'line-account' | 'staff' | 'provisioning' | 'system'; id?: string };
  /** `feature.verb`: `linking.code-revealed`. */
  readonly action: string;
  readonly contractorId?: string;
  readonly subscriptionId?: string;
  readonly detail?: Record<string, string | number | boolean | null>;
}

/** Writes an entry in the caller's transaction: the deed and its record stand or fall together. */
export async function audit(sql: SqlRunner, now: Temporal.Instant, entry: AuditEntry): Promise<void> {
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
