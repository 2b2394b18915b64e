import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../../infra/db/runner.ts';

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

/** From those who are linked to those whom they may see, by index: never through all subscriptions of the operator. */
const visible = ({ contractors }: { contractors: string }) => `
  with own as (${contractors}),
  linked as (select subscription_id from user_link where line_user_id = $1 and unlinked_at is null),
  seen as (select subscription_id from linked
           union select subscription_id from subscription where contractor_id in (select contractor_id from own))
  select s.subscription_id as "subscriptionId", coalesce(s.user_name, c.name) as "userName", s.msisdn,
         s.plan_code as "planCode", s.opens_at as "opensAt", s.ended_at as "endedAt",
         s.subscription_id in (select subscription_id from linked) as "isLinked",
         s.contractor_id in (select contractor_id from own) as "isOwnContract"
  from seen join subscription s using (subscription_id) join contractor c using (contractor_id)
  order by s.opens_at, s.subscription_id`;

const BY_SESSION = visible({ contractors: 'select $2::uuid as contractor_id where $2 is not null' });
const BY_LINKS = visible({
  contractors: 'select contractor_id from contractor_link where line_user_id = $1 and unlinked_at is null',
});

/**
 * The subscriptions a signed-in person may see, oldest first: those their LINE account is linked to, and those of their
 * contract. Whoever asks for another one finds nothing.
 */
export function visibleSubscriptions(
  sql: SqlRunner,
  viewer: { lineUserId: string | null; contractorId: string | null },
): Promise<readonly VisibleSubscription[]> {
  return sql.query<VisibleSubscription>(BY_SESSION, [viewer.lineUserId, viewer.contractorId]);
}

/** The same for a talk: everything the account is linked to, as user and as contractor. */
export function subscriptionsInTalk(sql: SqlRunner, lineUserId: string): Promise<readonly VisibleSubscription[]> {
  return sql.query<VisibleSubscription>(BY_LINKS, [lineUserId]);
}
