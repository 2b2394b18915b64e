import type { Language } from '../../base/language.ts';
import { plainArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';

/** A LINE account that is to be told something. */
export interface Person {
  readonly lineUserId: string;
  readonly language: Language;
}

interface PersonRow extends Person {
  readonly ofId: string;
}

/** The accounts linked to each of these contractors that have not switched the kind of notice off. */
export async function peopleOfContractors(
  sql: SqlRunner,
  contractorIds: readonly string[],
  kind: string,
): Promise<ReadonlyMap<string, readonly Person[]>> {
  const rows = await sql.query<PersonRow>(
    `select l.contractor_id as "ofId", l.line_user_id as "lineUserId", coalesce(a.language, 'ja') as language
     from contractor_link l left join line_account a using (line_user_id)
     where l.contractor_id = any($1::uuid[]) and l.unlinked_at is null
       and not exists (select from notice_off o where o.line_user_id = l.line_user_id and o.kind = $2)
     order by l.linked_at, l.line_user_id`,
    [plainArray(contractorIds), kind],
  );
  return Map.groupBy(rows, ({ ofId }) => ofId);
}

/** The same for the users of subscriptions. */
export async function usersOfSubscriptions(
  sql: SqlRunner,
  subscriptionIds: readonly string[],
  kind: string,
): Promise<ReadonlyMap<string, readonly Person[]>> {
  const rows = await sql.query<PersonRow>(
    `select l.subscription_id as "ofId", l.line_user_id as "lineUserId", coalesce(a.language, 'ja') as language
     from user_link l left join line_account a using (line_user_id)
     where l.subscription_id = any($1::uuid[]) and l.unlinked_at is null
       and not exists (select from notice_off o where o.line_user_id = l.line_user_id and o.kind = $2)
     order by l.linked_at, l.line_user_id`,
    [plainArray(subscriptionIds), kind],
  );
  return Map.groupBy(rows, ({ ofId }) => ofId);
}
