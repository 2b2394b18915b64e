import { plainArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
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
  // Asked together: a batch's statements travel in one round trip.
  const [people, given] = await Promise.all([
    loadPeople(sql, plainArray([...all]), moment),
    loadGiven(sql, plainArray([...senders]), moment),
  ]);
  return partiesOf(people, given);
}

interface PersonRow extends Pick<PartyFacts, 'subscriptionId' | 'contractorId' | 'planCode' | 'isInService'> {
  /** Null when nobody is linked. */
  readonly lineUserId: string | null;
}

/** A row a linked person, longest linked first; one row for a subscription with nobody. */
function loadPeople(sql: SqlRunner, subscriptionIds: string, { now }: Moment): Promise<readonly PersonRow[]> {
  return sql.query<PersonRow>(
    `select s.subscription_id as "subscriptionId", s.contractor_id as "contractorId", s.plan_code as "planCode",
            s.opens_at <= $2 and (s.ended_at is null or s.ended_at > $2) as "isInService",
            l.line_user_id as "lineUserId"
     from subscription s
     left join user_link l on l.subscription_id = s.subscription_id and l.unlinked_at is null
     where s.subscription_id = any($1::uuid[])
     order by l.linked_at`,
    [subscriptionIds, now.toString()],
  );
}

interface GivenRow {
  readonly subscriptionId: string;
  readonly bytes: number;
  readonly gifts: number;
  readonly today: number;
}

/** Waiting and claimed gifts of the month; what came back does not count. */
function loadGiven(sql: SqlRunner, senderIds: string, { month, monthStart, dayStart }: Moment) {
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

function partiesOf(people: readonly PersonRow[], given: readonly GivenRow[]): readonly PartyFacts[] {
  const givenBy = new Map(given.map((row) => [row.subscriptionId, row]));
  const parties = new Map<string, PartyFacts & { linkedTo: string[] }>();
  for (const { lineUserId, ...subscription } of people) {
    const { subscriptionId } = subscription;
    let party = parties.get(subscriptionId);
    if (party === undefined) {
      const { bytes = 0, gifts = 0, today = 0 } = givenBy.get(subscriptionId) ?? {};
      party = { ...subscription, linkedTo: [], givenThisMonthBytes: bytes, giftsThisMonth: gifts, giftsToday: today };
      parties.set(subscriptionId, party);
    }
    if (lineUserId !== null) party.linkedTo.push(lineUserId);
  }
  return [...parties.values()];
}
