import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import { plainArray, textArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import { isUntoldSql } from '../../infra/outside/untold-store.ts';

/** Something that has changed, without what it is now: whoever is told asks for that. */
export interface Change {
  readonly type:
    | 'contractor.created'
    | 'contractor.changed'
    | 'contractor.forgotten'
    | 'subscription.created'
    | 'subscription.changed'
    | 'link.made'
    | 'link.undone';
  readonly contractorId: string;
  /** Null where it is of the contractor. */
  readonly subscriptionId: string | null;
  /** What is different, as the interface names it; empty where it is all of it. */
  readonly fields: readonly string[];
  /** What else is told; never a value that says who somebody is. */
  readonly detail?: Readonly<Record<string, string>> | null;
}

export interface WaitingChange extends Change {
  /** The same however often it is told. */
  readonly id: string;
  readonly at: Temporal.Instant;
}

export async function insertChanges(sql: SqlRunner, now: Temporal.Instant, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  await sql.query(
    `insert into contractor_change (change_id, type, contractor_id, subscription_id, fields, at, detail)
     select id, type, contractor_id, subscription_id, string_to_array(fields, ' '), $7, detail::jsonb
     from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[])
       as change (id, type, contractor_id, subscription_id, fields, detail)`,
    [
      plainArray(changes.map(() => newId())),
      plainArray(changes.map(({ type }) => type)),
      plainArray(changes.map(({ contractorId }) => contractorId)),
      plainArray(changes.map(({ subscriptionId }) => subscriptionId)),
      textArray(changes.map(({ fields }) => fields.join(' '))),
      textArray(changes.map(({ detail }) => (detail ? JSON.stringify(detail) : null))),
      now.toString(),
    ],
  );
}

const WAITING = `change_id as id, type, contractor_id as "contractorId", subscription_id as "subscriptionId", fields, at, detail`;

/** What has not been told, oldest first, but of contractors of whom something is to be told again. */
export function waitingChanges(sql: SqlRunner, limit: number): Promise<readonly WaitingChange[]> {
  return sql.query<WaitingChange>(
    `select ${WAITING} from contractor_change where not ${isUntoldSql('changes', 'contractor_id')}
     order by position limit $1`,
    [limit],
  );
}

/** What has not been told of these contractors, of each its oldest. */
export function waitingChangesOf(
  sql: SqlRunner,
  contractorIds: readonly string[],
  limitEach: number,
): Promise<readonly WaitingChange[]> {
  return sql.query<WaitingChange>(
    `select ${WAITING} from unnest($1::uuid[]) as contractor (id) cross join lateral (
       select * from contractor_change where contractor_id = contractor.id order by position limit $2) change
     order by position`,
    [plainArray(contractorIds), limitEach],
  );
}

/** Forgets what has been told. */
export async function deleteChanges(sql: SqlRunner, changes: readonly WaitingChange[]): Promise<void> {
  if (changes.length === 0) return;
  await sql.query('delete from contractor_change where change_id = any($1::uuid[])', [
    plainArray(changes.map(({ id }) => id)),
  ]);
}

export async function countChanges(sql: SqlRunner): Promise<number> {
  const [counted] = await sql.query<{ count: number }>('select count(*)::integer as count from contractor_change');
  return counted?.count ?? 0;
}
