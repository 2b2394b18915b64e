import type { Temporal } from 'temporal-polyfill';
import { plainArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { Query } from './rules/query.ts';

/** One customer in the list of those found: as little as tells people of one name apart. */
export interface FoundCustomer {
  readonly contractorId: string;
  readonly loginId: string;
  readonly name: string;
  /** Where the list goes on after this one. */
  readonly folded: string;
  /** Of their numbers, the latest first; at most five. */
  readonly lastFours: readonly string[];
}

/** Where a page of the list ended. */
export interface Place {
  readonly folded: string;
  readonly contractorId: string;
}

/** A prefix as a range, which an index in collation "C" answers. */
const startsWith = (column: string, folded: string) =>
  `${column} >= ${folded} and ${column} < ${folded} || chr(1114111)`;

/** Each way of finding by words is a range of its own index; a name on LINE counts while its account is linked. */
const BY_WORDS = `
  select contractor_id from contractor where ${startsWith('name_folded', 'typed.folded')}
  union select contractor_id from contractor where ${startsWith('kana_folded', 'typed.folded')}
  union select contractor_id from contractor where ${startsWith('login_id collate "C"', 'typed.folded')}
  union select contractor_id from subscription where ${startsWith('user_name_folded', 'typed.folded')}
  union select l.contractor_id from line_account a join contractor_link l using (line_user_id)
    where ${startsWith('a.display_name_folded', 'typed.folded')} and l.unlinked_at is null
  union select s.contractor_id from line_account a join user_link l using (line_user_id)
    join subscription s using (subscription_id)
    where ${startsWith('a.display_name_folded', 'typed.folded')} and l.unlinked_at is null`;

const FOUND: Record<Query['by'], string> = {
  number: `select contractor_id from subscription where msisdn = $1`,
  id: `select contractor_id from contractor where contractor_id = $1::uuid
       union select contractor_id from subscription where subscription_id = $1::uuid`,
  words: `select found.contractor_id from (select fold_name($1) as folded) as typed, lateral (${BY_WORDS}) as found`,
};

/** Customers that fit, by name; each once. */
export function findCustomers(
  sql: SqlRunner,
  query: Query,
  page: { after: Place | null; limit: number },
): Promise<readonly FoundCustomer[]> {
  const typed = query.by === 'number' ? query.msisdn : query.by === 'id' ? query.id : query.words;
  return sql.query<FoundCustomer>(
    `select c.contractor_id as "contractorId", c.login_id as "loginId", c.name, c.name_folded as folded,
       array(select right(s.msisdn, 4) from subscription s where s.contractor_id = c.contractor_id
             order by s.ended_at desc nulls first, s.created_at limit 5) as "lastFours"
     from contractor c
     where c.contractor_id in (${FOUND[query.by]})
       and ($2::text is null or (c.name_folded, c.contractor_id) > ($2, $3::uuid))
     order by c.name_folded, c.contractor_id
     limit ${page.limit}`,
    [typed, page.after?.folded ?? null, page.after?.contractorId ?? null],
  );
}

/** Something that happened to a customer, from the audit log. */
export interface CustomerEvent {
  readonly at: Temporal.Instant;
  readonly action: string;
  readonly actorKind: 'contractor' | 'line-account' | 'staff' | 'provisioning' | 'system';
  readonly subscriptionId: string | null;
}

/** The latest, newest first; looks by staff are not the customer's own events. */
export function loadEvents(
  sql: SqlRunner,
  of: { contractorId: string; subscriptionIds: readonly string[] },
  limit: number,
): Promise<readonly CustomerEvent[]> {
  const EVENT = `audit_id, at, action, actor_kind as "actorKind", subscription_id as "subscriptionId"`;
  return sql.query<CustomerEvent>(
    `with event as (
       (select ${EVENT} from audit_log where contractor_id = $1 and not starts_with(action, 'staff.')
        order by at desc limit ${limit})
       union
       (select ${EVENT} from audit_log where subscription_id = any($2::uuid[]) and not starts_with(action, 'staff.')
        order by at desc limit ${limit})
     )
     select at, action, "actorKind", "subscriptionId" from event order by at desc, audit_id desc limit ${limit}`,
    [of.contractorId, plainArray(of.subscriptionIds)],
  );
}
