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

/** Both sides of every command with their people. */
export async function loadParties(
  sql: SqlRunner,
  commands: readonly Pick<GiftCommand, 'senderSubscriptionId' | 'receiverSubscriptionId'>[],
  moment: Moment,
): Promise<Parties> {
  const ids = new Set<string>();
  for (const { senderSubscriptionId, receiverSubscriptionId } of commands) {
    ids.add(senderSubscriptionId);
    if (receiverSubscriptionId !== null) ids.add(receiverSubscriptionId);
  }
  const subscriptions = await loadSubscriptions(sql, uuidArray([...ids]), moment);
  return {
    parties: subscriptions.map(partyOf),
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

/** Named one by one: to copy "all the rest" of a row takes five times as long, and a batch has a thousand. */
function partyOf(row: SubscriptionRow): PartyFacts {
  const { subscriptionId, contractorId, planCode, isInService, isSlowed, linkedTo } = row;
  const linked = linkedTo === '' ? [] : linkedTo.split(' ');
  return { subscriptionId, contractorId, planCode, isInService, isSlowed, linkedTo: linked };
}
