import type { SqlRunner } from '../../infra/db/runner.ts';
import { uuidArray } from '../../infra/db/uuid-array.ts';
import type { GiftCommand } from './commands.ts';
import type { PartyFacts } from './facts.ts';
import type { Moment } from './moment.ts';

/**
 * Both sides of every command with their people, and what the senders gave this month. Rows are gathered here: gathering
 * them into JSON in the database took longer than everything else that was asked of it.
 */
export async function loadParties(
  sql: SqlRunner,
  commands: readonly GiftCommand[],
  moment: Moment,
): Promise<readonly PartyFacts[]> {
  const senders = new Set(commands.map((command) => command.senderSubscriptionId));
  const all = new Set([...senders, ...commands.flatMap((command) => command.receiverSubscriptionId ?? [])]);
  const sides = uuidArray([...all]);
  // Asked together: a batch's statements travel in one round trip.
  const [subscriptions, links, given] = await Promise.all([
    loadSubscriptions(sql, sides, moment),
    loadLinks(sql, sides),
    loadGiven(sql, uuidArray([...senders]), moment),
  ]);
  return partiesOf(subscriptions, links, given);
}

type SubscriptionRow = Pick<PartyFacts, 'subscriptionId' | 'contractorId' | 'planCode' | 'isInService'>;

function loadSubscriptions(sql: SqlRunner, subscriptionIds: Buffer, { now }: Moment) {
  return sql.query<SubscriptionRow>(
    `select subscription_id as "subscriptionId", contractor_id as "contractorId", plan_code as "planCode",
            opens_at <= $2 and (ended_at is null or ended_at > $2) as "isInService"
     from subscription where subscription_id = any($1::uuid[])`,
    [subscriptionIds, now.toString()],
  );
}

interface LinkRow {
  readonly subscriptionId: string;
  readonly lineUserId: string;
}

/** Who is linked, longest linked first. Apart from the subscriptions: to join the two took longer than to read them. */
function loadLinks(sql: SqlRunner, subscriptionIds: Buffer) {
  return sql.query<LinkRow>(
    `select subscription_id as "subscriptionId", line_user_id as "lineUserId"
     from user_link where subscription_id = any($1::uuid[]) and unlinked_at is null
     order by linked_at`,
    [subscriptionIds],
  );
}

interface GivenRow {
  readonly subscriptionId: string;
  readonly bytes: number;
  readonly gifts: number;
  readonly today: number;
}

/** Waiting and claimed gifts of the month; what came back does not count. */
function loadGiven(sql: SqlRunner, senderIds: Buffer, { month, monthStart, dayStart }: Moment) {
  return sql.query<GivenRow>(
    `select sender_subscription_id as "subscriptionId", sum(amount_bytes)::bigint as bytes, count(*) as gifts,
            count(*) filter (where offered_at >= $4) as today
     from gift
     where sender_subscription_id = any($1::uuid[]) and month = $2 and offered_at >= $3
       and state in ('waiting', 'claimed')
     group by sender_subscription_id`,
    [senderIds, month, monthStart.toString(), dayStart.toString()],
  );
}

function partiesOf(
  subscriptions: readonly SubscriptionRow[],
  links: readonly LinkRow[],
  given: readonly GivenRow[],
): readonly PartyFacts[] {
  const linkedTo = new Map<string, string[]>();
  for (const { subscriptionId, lineUserId } of links) {
    const linked = linkedTo.get(subscriptionId);
    if (linked === undefined) linkedTo.set(subscriptionId, [lineUserId]);
    else linked.push(lineUserId);
  }
  const givenBy = new Map(given.map((row) => [row.subscriptionId, row]));
  return subscriptions.map((subscription) => {
    const { subscriptionId, contractorId, planCode, isInService } = subscription;
    const { bytes = 0, gifts = 0, today = 0 } = givenBy.get(subscriptionId) ?? {};
    return {
      subscriptionId,
      contractorId,
      planCode,
      isInService,
      linkedTo: linkedTo.get(subscriptionId) ?? [],
      givenThisMonthBytes: bytes,
      giftsThisMonth: gifts,
      giftsToday: today,
    };
  });
}
