import type { Temporal } from 'temporal-polyfill';
import { isId } from '../../base/ids.ts';
import { plainArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { entriesSql } from '../../ledger/index.ts';
import type { GiftRow } from './facts.ts';
import { giftColumns } from './store.ts';

/** A gift with the names of both people as registered on LINE. */
export interface GiftView extends GiftRow {
  readonly senderName: string | null;
  readonly receiverName: string | null;
}

/**
 * Gifts as a person may see them. Who asks is part of every statement: somebody else's gift is not found. `sent` and
 * `received` follow the present user links, so after a phone has changed hands its gifts are seen by its present user.
 */
const views = `select g.*, sender.display_name as "senderName", receiver.display_name as "receiverName"
  from (select ${giftColumns} from gift) g
  left join line_account sender on sender.line_user_id = g."senderLineUserId"
  left join line_account receiver on receiver.line_user_id = g."receiverLineUserId"`;

const linkedTo = (column: string) => `exists (select from user_link l
  where l.subscription_id = g."${column}" and l.line_user_id = $1 and l.unlinked_at is null)`;

const LIST = 30;

export function sentGifts(sql: SqlRunner, lineUserId: string): Promise<readonly GiftView[]> {
  return sql.query<GiftView>(
    `${views} where g."senderSubscriptionId" in (
       select subscription_id from user_link where line_user_id = $1 and unlinked_at is null)
     order by g."offeredAt" desc, g."giftId" desc limit ${LIST}`,
    [lineUserId],
  );
}

/** A gift is drawn from few lots, each an entry of the journal: in so many there are as many gifts as a list has. */
const ENTRIES = 10 * LIST;

/**
 * Received, and named ones that wait and were not declined. One given and received in one is found by the journal of whom it
 * came to, which names the sender and the moment.
 */
export function receivedGifts(sql: SqlRunner, lineUserId: string): Promise<readonly GiftView[]> {
  return sql.query<GiftView>(
    `with own as (
       select subscription_id from user_link where line_user_id = $1 and unlinked_at is null
     ), entry as (
       select distinct from_owner_id, to_owner_id, at
       from own cross join lateral (
         select from_owner_id, to_owner_id, at from ${entriesSql('in', 'subscription_id')} as come
         where reason = 'gift-claimed' limit ${ENTRIES}) as latest
     ), received as (
       select gift_id from own cross join lateral (
         select gift_id from gift
         where receiver_subscription_id = subscription_id and way <> 'direct'
           and (state <> 'waiting' or declined_at is null)
         order by offered_at desc limit ${LIST}) as latest
       union
       select gift_id from entry join gift on way = 'direct' and sender_subscription_id = from_owner_id
         and offered_at = at and receiver_subscription_id = to_owner_id
     )
     ${views} where g."giftId" in (select gift_id from received)
     order by g."offeredAt" desc, g."giftId" desc limit ${LIST}`,
    [lineUserId],
  );
}

/** A gift this person sent. */
export async function sentGift(sql: SqlRunner, lineUserId: string, giftId: string): Promise<GiftView | null> {
  if (!isId(giftId)) return null;
  const rows = await sql.query<GiftView>(`${views} where g."giftId" = $2 and ${linkedTo('senderSubscriptionId')}`, [
    lineUserId,
    giftId,
  ]);
  return rows[0] ?? null;
}

/** A gift that names one of this person's subscriptions as its receiver. */
export async function namedGift(sql: SqlRunner, lineUserId: string, giftId: string): Promise<GiftView | null> {
  if (!isId(giftId)) return null;
  const rows = await sql.query<GiftView>(`${views} where g."giftId" = $2 and ${linkedTo('receiverSubscriptionId')}`, [
    lineUserId,
    giftId,
  ]);
  return rows[0] ?? null;
}

/** The gift of a share link, or of a code that was typed right; whoever has it may see it. */
export async function giftByToken(sql: SqlRunner, tokenHash: string): Promise<GiftView | null> {
  const rows = await sql.query<GiftView>(
    `${views} where g."giftId" = (select gift_id from gift where claim_token_hash = decode($1, 'hex'))`,
    [tokenHash],
  );
  return rows[0] ?? null;
}

/** Gifts by their ids, for those who may see everything: the journal in the console. */
export function giftsById(
  sql: SqlRunner,
  giftIds: readonly string[],
): Promise<readonly Pick<GiftRow, 'giftId' | 'senderSubscriptionId' | 'receiverSubscriptionId' | 'way' | 'state'>[]> {
  return sql.query(`select ${giftColumns} from gift where gift_id = any($1::uuid[])`, [plainArray(giftIds)]);
}

/** Gifts of a subscription that nobody has received yet, for those who may see everything. */
export function giftsUnderWay(sql: SqlRunner, subscriptionId: string): Promise<readonly GiftView[]> {
  return sql.query<GiftView>(
    `${views} where g."senderSubscriptionId" = $1 and g.state = 'waiting' order by g."offeredAt", g."giftId"`,
    [subscriptionId],
  );
}

/** A subscription of the same contract, as the sender may pick it. */
export interface ContractMate {
  readonly subscriptionId: string;
  /** The registered user, else the contractor. */
  readonly userName: string;
  readonly isLinked: boolean;
}

/** The other subscriptions in service of the sender's contract. */
export function contractMates(
  sql: SqlRunner,
  senderSubscriptionId: string,
  now: Temporal.Instant,
): Promise<readonly ContractMate[]> {
  return sql.query<ContractMate>(
    `select s.subscription_id as "subscriptionId", coalesce(s.user_name, c.name) as "userName",
            exists (select from user_link l where l.subscription_id = s.subscription_id and l.unlinked_at is null)
              as "isLinked"
     from subscription own
     join subscription s on s.contractor_id = own.contractor_id and s.subscription_id <> own.subscription_id
     join contractor c on c.contractor_id = s.contractor_id
     where own.subscription_id = $1 and s.opens_at <= $2 and (s.ended_at is null or s.ended_at > $2)
     order by s.opens_at, s.subscription_id`,
    [senderSubscriptionId, now.toString()],
  );
}

/** A subscription this person is linked to as its user. */
export interface OwnSubscription {
  readonly subscriptionId: string;
  readonly userName: string;
  readonly msisdn: string;
  readonly planCode: string;
  readonly isInService: boolean;
  readonly givenThisMonthBytes: number;
}

/** What this person is linked to, first linked first, with what each has given in a month. */
export function ownSubscriptions(
  sql: SqlRunner,
  lineUserId: string,
  at: { now: Temporal.Instant; month: string; monthStart: Temporal.Instant },
): Promise<readonly OwnSubscription[]> {
  return sql.query<OwnSubscription>(
    `select s.subscription_id as "subscriptionId", coalesce(s.user_name, c.name) as "userName", s.msisdn,
            s.plan_code as "planCode", s.opens_at <= $2 and (s.ended_at is null or s.ended_at > $2) as "isInService",
            (select coalesce(sum(g.amount_bytes), 0)::bigint from gift g
             where g.sender_subscription_id = s.subscription_id and g.month = $3 and g.offered_at >= $4
               and g.state in ('waiting', 'claimed')) as "givenThisMonthBytes"
     from user_link l join subscription s using (subscription_id) join contractor c using (contractor_id)
     where l.line_user_id = $1 and l.unlinked_at is null
     order by l.linked_at, l.user_link_id`,
    [lineUserId, at.now.toString(), at.month, at.monthStart.toString()],
  );
}
