import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import type { SqlRunner } from '../../infra/db/index.ts';

/** Whom a member of staff looks at; at least one is given. */
export interface LookAt {
  readonly contractorId?: string;
  readonly subscriptionId?: string;
}

export async function insertLook(
  sql: SqlRunner,
  now: Temporal.Instant,
  look: LookAt & { staffId: string; reason: string | null; conversationId: string | null },
): Promise<void> {
  await sql.query(
    `insert into staff_look (look_id, at, staff_id, contractor_id, subscription_id, reason, conversation_id)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      newId(),
      now.toString(),
      look.staffId,
      look.contractorId ?? null,
      look.subscriptionId ?? null,
      look.reason,
      look.conversationId,
    ],
  );
}

export async function hasLookSince(
  sql: SqlRunner,
  since: Temporal.Instant,
  { staffId, contractorId, subscriptionId }: LookAt & { staffId: string },
): Promise<boolean> {
  const rows = await sql.query(
    `select 1 from staff_look
     where staff_id = $1 and at > $2 and (contractor_id = $3 or subscription_id = $4) limit 1`,
    [staffId, since.toString(), contractorId ?? null, subscriptionId ?? null],
  );
  return rows.length > 0;
}

/** Forgets looks from before an instant; answers how many. */
export async function deleteLooksBefore(sql: SqlRunner, before: Temporal.Instant, portion: number): Promise<number> {
  const rows = await sql.query(
    `delete from staff_look where look_id in (select look_id from staff_look where at < $1 limit $2) returning 1`,
    [before.toString(), portion],
  );
  return rows.length;
}
