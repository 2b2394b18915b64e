import type { SqlRunner } from '../../infra/db/index.ts';

/** By which name a partner knows a subscription; made the first time. */
export async function subjectOf(
  sql: SqlRunner,
  of: { partnerId: string; subscriptionId: string; fresh: string },
): Promise<string> {
  const rows = await sql.query<{ subject: string }>(
    `insert into partner_subject (subject, partner_id, subscription_id) values ($1, $2, $3)
     on conflict (partner_id, subscription_id) do update set subject = partner_subject.subject
     returning subject`,
    [of.fresh, of.partnerId, of.subscriptionId],
  );
  const [row] = rows;
  if (!row) throw new Error('a name just written is not there');
  return row.subject;
}

/** Whom a partner means by a name that is its own. */
export async function loadSubject(
  sql: SqlRunner,
  subject: string,
): Promise<{ partnerId: string; subscriptionId: string } | null> {
  const rows = await sql.query<{ partnerId: string; subscriptionId: string }>(
    `select partner_id as "partnerId", subscription_id as "subscriptionId" from partner_subject where subject = $1`,
    [subject],
  );
  return rows[0] ?? null;
}
