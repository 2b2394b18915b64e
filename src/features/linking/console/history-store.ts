import type { Temporal } from 'temporal-polyfill';
import { plainArray } from '../../../infra/db/array-text.ts';
import type { SqlRunner } from '../../../infra/db/index.ts';
import type { UnlinkedFrom } from '../store.ts';

/** A link as it is or was. */
export interface LinkHistory {
  readonly linkId: string;
  readonly kind: 'contractor' | 'user';
  /** Null of a contractor link. */
  readonly subscriptionId: string | null;
  readonly lineUserId: string;
  readonly displayName: string | null;
  readonly linkedAt: Temporal.Instant;
  readonly unlinkedAt: Temporal.Instant | null;
  readonly unlinkedFrom: UnlinkedFrom | null;
}

/** Every link of a contractor and of their subscriptions, live ones first, then the latest. */
export function loadLinkHistory(
  sql: SqlRunner,
  of: { contractorId: string; subscriptionIds: readonly string[] },
): Promise<readonly LinkHistory[]> {
  return sql.query<LinkHistory>(
    `select link.*, link.line_user_id as "lineUserId", a.display_name as "displayName" from (
       select contractor_link_id as "linkId", 'contractor' as kind, null::uuid as "subscriptionId", line_user_id,
              linked_at as "linkedAt", unlinked_at as "unlinkedAt", unlinked_from as "unlinkedFrom"
       from contractor_link where contractor_id = $1
       union all
       select user_link_id, 'user', subscription_id, line_user_id, linked_at, unlinked_at, unlinked_from
       from user_link where subscription_id = any($2::uuid[])
     ) as link left join line_account a using (line_user_id)
     order by "unlinkedAt" is not null, "linkedAt" desc, "linkId" limit 200`,
    [of.contractorId, plainArray(of.subscriptionIds)],
  );
}

/** A link code as it is or was; never the code. */
export interface CodeHistory {
  readonly subscriptionId: string;
  readonly lastFour: string;
  readonly issuedAt: Temporal.Instant;
  readonly issuedBy: 'opened' | 'contractor' | 'staff' | 'provisioning';
  /** Who of the staff. */
  readonly staffId: string | null;
  readonly reason: string | null;
  readonly revokedAt: Temporal.Instant | null;
}

export function loadCodeHistory(sql: SqlRunner, subscriptionIds: readonly string[]): Promise<readonly CodeHistory[]> {
  return sql.query<CodeHistory>(
    `select k.subscription_id as "subscriptionId", k.last_four as "lastFour", k.issued_at as "issuedAt",
            k.issued_by as "issuedBy", k.reason, k.revoked_at as "revokedAt",
            (select a.actor_id from audit_log a
             where k.issued_by = 'staff' and a.subscription_id = k.subscription_id and a.action = 'linking.code-reissued'
               and a.at >= k.issued_at and a.detail ->> 'lastFour' = k.last_four order by a.at limit 1) as "staffId"
     from link_code k where k.subscription_id = any($1::uuid[])
     order by k.issued_at desc, k.link_code_id limit 200`,
    [plainArray(subscriptionIds)],
  );
}
