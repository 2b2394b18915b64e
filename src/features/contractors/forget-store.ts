import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';

/** A contractor without a contract, and what theirs were. */
export interface Former {
  readonly contractorId: string;
  readonly subscriptionIds: readonly string[];
}

/** Contractors who had subscriptions, all of which ended before then; locked, so that nothing is opened for them meanwhile. */
export async function lockFormer(sql: SqlRunner, before: Temporal.Instant, limit: number): Promise<readonly Former[]> {
  return sql.query<Former>(
    `with former as (
       select contractor_id, array_agg(subscription_id) as subscriptions from subscription
       group by contractor_id having bool_and(coalesce(ended_at < $1, false)))
     select contractor_id as "contractorId", f.subscriptions as "subscriptionIds"
     from contractor c join former f using (contractor_id)
     where c.forgotten_at is null order by contractor_id limit $2 for update of c`,
    [before.toString(), limit],
  );
}

/** Keeps the rows and nothing of the person. Nobody can sign in: login IDs as typed have no capital letters. */
export async function forgetContractor(
  sql: SqlRunner,
  now: Temporal.Instant,
  { contractorId, subscriptionIds }: Former,
): Promise<void> {
  await sql.query(
    `update contractor set name = '—', kana = null, birth_date = null, email = '', home_cipher = null,
       login_id = 'FORGOTTEN-' || contractor_id, password_hash = '', forgotten_at = $2
     where contractor_id = $1`,
    [contractorId, now.toString()],
  );
  await sql.query(
    `update subscription set user_name = null, user_birth_date = null where subscription_id = any ($1::uuid[])`,
    [subscriptionIds],
  );
  await sql.query('delete from email_change where contractor_id = $1', [contractorId]);
}
