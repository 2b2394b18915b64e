import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../../base/language.ts';
import { plainArray } from '../../../infra/db/array-text.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import { endingsSql } from '../../../ledger/index.ts';

/** A notice on its way to one person. */
export interface NoticeToTell {
  readonly noticeId: string;
  readonly kind: 'low' | 'empty' | 'ending';
  /** Of `low` the share and what is left; of `ending` what ends, and when (exclusive, epoch milliseconds). */
  readonly facts: { readonly percent?: number; readonly bytes?: number; readonly endsMs?: number };
  readonly userName: string;
  readonly msisdn: string;
  readonly lineUserId: string;
  readonly language: Language;
}

/**
 * Notes what ends by `until`, of subscriptions somebody is linked to: once for each subscription and end. What was
 * granted after `until` of its own time came with its end named, and is not told again.
 */
export async function noteEndings(sql: SqlRunner, at: { now: Temporal.Instant; hoursBefore: number }): Promise<number> {
  const rows = await sql.query(
    `insert into data_notice (notice_id, subscription_id, kind, about, facts, noticed_at)
     select gen_random_uuid(), s.subscription_id, 'ending', ending.ms::text,
            jsonb_build_object('bytes', ending.amount, 'endsMs', ending.ms), $1::timestamptz
     from ${endingsSql('byte', { after: '$3', until: '$4' }, 'granted_at <= expires_at - make_interval(hours => $2)')} as ending
     join subscription s on s.subscription_id = ending.owner_id
     where (s.ended_at is null or s.ended_at > $1)
       and exists (select from user_link u where u.subscription_id = s.subscription_id and u.unlinked_at is null)
     on conflict do nothing
     returning notice_id`,
    [
      at.now.toString(),
      at.hoursBefore,
      at.now.epochMilliseconds,
      at.now.add({ hours: at.hoursBefore }).epochMilliseconds,
    ],
  );
  return rows.length;
}

/**
 * Takes the oldest notices nobody has been told of, to be told in this transaction. Of one batch `low` comes before
 * `empty`.
 */
export async function takeNotices(sql: SqlRunner, limit: number): Promise<readonly string[]> {
  const rows = await sql.query<{ id: string }>(
    `select notice_id as id from data_notice where told_at is null
     order by noticed_at, kind desc limit $1 for update skip locked`,
    [limit],
  );
  return rows.map(({ id }) => id);
}

/** The notices with everybody who is linked to their subscription now and has not switched their kind off. */
export function whomToTell(sql: SqlRunner, noticeIds: readonly string[]): Promise<readonly NoticeToTell[]> {
  return sql.query<NoticeToTell>(
    `select n.notice_id as "noticeId", n.kind, n.facts, coalesce(s.user_name, c.name) as "userName", s.msisdn,
            u.line_user_id as "lineUserId", coalesce(a.language, 'ja') as language
     from data_notice n
     join subscription s using (subscription_id)
     join contractor c using (contractor_id)
     join user_link u on u.subscription_id = n.subscription_id and u.unlinked_at is null
     left join line_account a on a.line_user_id = u.line_user_id
     where n.notice_id = any($1::uuid[])
       and not exists (select from notice_off o where o.line_user_id = u.line_user_id and o.kind = n.kind)
     order by n.noticed_at, n.kind desc, n.notice_id, u.line_user_id`,
    [plainArray(noticeIds)],
  );
}

export async function markTold(sql: SqlRunner, noticeIds: readonly string[], now: Temporal.Instant): Promise<void> {
  await sql.query('update data_notice set told_at = $2 where notice_id = any($1::uuid[])', [
    plainArray(noticeIds),
    now.toString(),
  ]);
}
