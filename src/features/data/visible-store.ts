import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/runner.ts';

/** A subscription somebody may see the data of, and what they call it. */
export interface VisibleSubscription {
  readonly subscriptionId: string;
  /** The registered user, else the contractor. */
  readonly userName: string;
  readonly msisdn: string;
  readonly planCode: string;
  readonly opensAt: Temporal.Instant;
  readonly endedAt: Temporal.Instant | null;
  /** Linked to this LINE account as its user. */
  readonly isLinked: boolean;
  /** Of the viewer's own contract: who pays may buy data for it. */
  readonly isOwnContract: boolean;
}

/**
 * The subscriptions a signed-in person may see, oldest first: those their LINE account is linked to, and those of their
 * contract. Whoever asks for another one finds nothing.
 */
export function visibleSubscriptions(
  sql: SqlRunner,
  viewer: { lineUserId: string | null; contractorId: string | null },
): Promise<readonly VisibleSubscription[]> {
  return sql.query<VisibleSubscription>(
    `select s.subscription_id as "subscriptionId", coalesce(s.user_name, c.name) as "userName", s.msisdn,
            s.plan_code as "planCode", s.opens_at as "opensAt", s.ended_at as "endedAt",
            l.user_link_id is not null as "isLinked",
            coalesce(s.contractor_id = $2, false) as "isOwnContract"
     from subscription s
     join contractor c using (contractor_id)
     left join user_link l on l.subscription_id = s.subscription_id and l.line_user_id = $1 and l.unlinked_at is null
     where l.user_link_id is not null or s.contractor_id = $2
     order by s.opens_at, s.subscription_id`,
    [viewer.lineUserId, viewer.contractorId],
  );
}

/** The same for a talk: everything the account is linked to, as user and as contractor. */
export function subscriptionsInTalk(sql: SqlRunner, lineUserId: string): Promise<readonly VisibleSubscription[]> {
  return sql.query<VisibleSubscription>(
    `select s.subscription_id as "subscriptionId", coalesce(s.user_name, c.name) as "userName", s.msisdn,
            s.plan_code as "planCode", s.opens_at as "opensAt", s.ended_at as "endedAt",
            l.user_link_id is not null as "isLinked", o.contractor_link_id is not null as "isOwnContract"
     from subscription s
     join contractor c using (contractor_id)
     left join user_link l on l.subscription_id = s.subscription_id and l.line_user_id = $1 and l.unlinked_at is null
     left join contractor_link o on o.contractor_id = s.contractor_id and o.line_user_id = $1 and o.unlinked_at is null
     where l.user_link_id is not null or o.contractor_link_id is not null
     order by s.opens_at, s.subscription_id`,
    [lineUserId],
  );
}
