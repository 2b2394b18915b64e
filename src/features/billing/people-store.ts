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
export function peopleOfContractors(
  sql: SqlRunner,
  contractorIds: readonly string[],
  kind: string,
): Promise<ReadonlyMap<string, readonly Person[]>> {
  return linkedPeople(sql, { table: 'contractor_link', column: 'contractor_id', ids: contractorIds, kind });
}

/** The same for the users of subscriptions. */
export function usersOfSubscriptions(
  sql: SqlRunner,
  subscriptionIds: readonly string[],
  kind: string,
): Promise<ReadonlyMap<string, readonly Person[]>> {
  return linkedPeople(sql, { table: 'user_link', column: 'subscription_id', ids: subscriptionIds, kind });
}

type Links =
  | { readonly table: 'contractor_link'; readonly column: 'contractor_id' }
  | { readonly table: 'user_link'; readonly column: 'subscription_id' };

async function linkedPeople(
  sql: SqlRunner,
  { table, column, ids, kind }: Links & { readonly ids: readonly string[]; readonly kind: string },
): Promise<ReadonlyMap<string, readonly Person[]>> {
  const rows = await sql.query<PersonRow>(
    `select l.${column} as "ofId", l.line_user_id as "lineUserId", coalesce(a.language, 'ja') as language
     from ${table} l left join line_account a using (line_user_id)
     where l.${column} = any($1::uuid[]) and l.unlinked_at is null
       and not exists (select from notice_off o where o.line_user_id = l.line_user_id and o.kind = $2)
     order by l.linked_at, l.line_user_id`,
    [plainArray(ids), kind],
  );
  return Map.groupBy(rows, ({ ofId }) => ofId);
}
