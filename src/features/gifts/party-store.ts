import { instantText } from '../../base/instant-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { uuidArray } from '../../infra/db/uuid-array.ts';
import { pausedSql } from '../../ledger/index.ts';
import { isSlowedSql } from '../data/index.ts';
import type { GiftCommand } from './commands.ts';
import type { PartyFacts } from './facts.ts';
import type { Moment } from './moment.ts';

/** Both sides of the commands of a batch, and what holds for all of them. */
export interface Parties {
  readonly parties: readonly PartyFacts[];
  /** Whether the ledger did not agree with itself when it was last looked at. */
  readonly isPaused: boolean;
}

/** Both sides of every command with their people, and what the senders gave this month. */
export async function loadParties(sql: SqlRunner, commands: readonly GiftCommand[], moment: Moment): Promise<Parties> {
  const senders = new Set<string>();
  const all = new Set<string>();
  for (const { senderSubscriptionId, receiverSubscriptionId } of commands) {
    senders.add(senderSubscriptionId);
    all.add(senderSubscriptionId);
    if (receiverSubscriptionId !== null) all.add(receiverSubscriptionId);
  }
  // Asked together: a batch's statements travel in one round trip.
  const [subscriptions, given] = await Promise.all([
    loadSubscriptions(sql, uuidArray([...all]), moment),
    loadGiven(sql, uuidArray([...senders]), moment),
  ]);
  return {
    parties: partiesOf(subscriptions, given),
    isPaused: subscriptions.some((subscription) => subscription.isPaused),
  };
}

interface SubscriptionRow
  extends Pick<PartyFacts, 'subscriptionId' | 'contractorId' | 'planCode' | 'isInService' | 'isSlowed'> {
  /** Separated by blanks, longest linked first. */
  readonly linkedTo: string;
  readonly isPaused: boolean;
}

function loadSubscriptions(sql: SqlRunner, subscriptionIds: Buffer, { now }: Moment) {
  return sql.query<SubscriptionRow>(
    `select subscription_id as "subscriptionId", contractor_id as "contractorId", plan_code as "planCode",
            opens_at <= $2 and (ended_at is null or ended_at > $2) as "isInService",
            array_to_string(linked_to, ' ') as "linkedTo", ${isSlowedSql('s.subscription_id')} as "isSlowed",
            ${pausedSql} as "isPaused"
     from subscription s where subscription_id = any($1::uuid[])`,
    [subscriptionIds, instantText(now)],
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
    [senderIds, month, instantText(monthStart), instantText(dayStart)],
  );
}

function partiesOf(subscriptions: readonly SubscriptionRow[], given: readonly GivenRow[]): readonly PartyFacts[] {
  const givenBy = new Map(given.map((row) => [row.subscriptionId, row]));
  return subscriptions.map(({ subscriptionId, contractorId, planCode, isInService, isSlowed, linkedTo }) => {
    const { bytes = 0, gifts = 0, today = 0 } = givenBy.get(subscriptionId) ?? {};
    return {
      subscriptionId,
      contractorId,
      planCode,
      isInService,
      isSlowed,
      linkedTo: linkedTo === '' ? [] : linkedTo.split(' '),
      givenThisMonthBytes: bytes,
      giftsThisMonth: gifts,
      giftsToday: today,
    };
  });
}
