import { plainArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { LinkedAccount } from './rules/own-accounts.ts';

/** The LINE accounts linked to a contractor now. */
export function loadLinkedAccounts(sql: SqlRunner, contractorId: string): Promise<readonly LinkedAccount[]> {
  return sql.query<LinkedAccount>(
    `select l.line_user_id as "lineUserId",
       exists (select from contractor_link other where other.line_user_id = l.line_user_id and other.unlinked_at is null
         and other.contractor_id <> l.contractor_id) as "actsForOthers"
     from contractor_link l where l.contractor_id = $1 and l.unlinked_at is null order by l.linked_at, l.contractor_link_id`,
    [contractorId],
  );
}

/** What this feature answers for itself. */
export const tablesOfRecord = ['audit_log'];

export interface Recorded {
  readonly at: string;
  readonly action: string;
  readonly actorKind: string;
  readonly subscriptionId: string | null;
}

/** What the audit log has of a contractor and their subscriptions, but for what staff looked at. */
export function loadRecord(
  sql: SqlRunner,
  of: { contractorId: string; subscriptionIds: readonly string[] },
): Promise<readonly Recorded[]> {
  return sql.query<Recorded>(
    `select at, action, actor_kind as "actorKind", subscription_id as "subscriptionId" from (
       select * from audit_log where contractor_id = $1
       union
       select * from audit_log where subscription_id = any($2::uuid[])) as entry
     where not starts_with(action, 'staff.') order by at, audit_id`,
    [of.contractorId, plainArray(of.subscriptionIds)],
  );
}
