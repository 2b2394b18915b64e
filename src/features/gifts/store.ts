import type { Temporal } from 'temporal-polyfill';
import { instantText } from '../../base/instant-text.ts';
import { plainArray, textArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { uuidArray } from '../../infra/db/uuid-array.ts';
import { enqueueFacts } from '../../infra/line/outbox/outbox.ts';
import type { GiftCommand } from './commands.ts';
import { type GiftBatch, type GiftRow, newBatch } from './facts.ts';
import type { Moment } from './moment.ts';
import { GIFT_WORDING, toldFacts } from './notice-facts.ts';
import { loadParties } from './party-store.ts';

/** The columns of a gift as `GiftRow` names them. */
export const giftColumns = `gift_id as "giftId", sender_subscription_id as "senderSubscriptionId",
  sender_line_user_id as "senderLineUserId", receiver_subscription_id as "receiverSubscriptionId",
  receiver_line_user_id as "receiverLineUserId", amount_bytes as "amountBytes", way, month,
  encode(claim_token_hash, 'hex') as "claimTokenHash", state, offered_at as "offeredAt", expires_at as "expiresAt",
  ended_at as "endedAt", encode(gift_code_hash, 'hex') as "giftCodeHash", declined_at as "declinedAt"`;

/** What a batch needs: both sides with their links and what was given this month, and the gifts under way. */
export async function loadGiftBatch(
  sql: SqlRunner,
  commands: readonly GiftCommand[],
  moment: Moment,
): Promise<GiftBatch> {
  const underWay = commands.filter(({ kind }) => kind === 'claim' || kind === 'return').map(({ giftId }) => giftId);
  // Asked together: a batch's statements travel in one round trip.
  const [{ parties, isPaused }, gifts] = await Promise.all([
    loadParties(sql, commands, moment),
    underWay.length === 0 ? [] : loadGifts(sql, underWay),
  ]);
  return newBatch(parties, gifts, isPaused);
}

function loadGifts(sql: SqlRunner, giftIds: readonly string[]): Promise<readonly GiftRow[]> {
  return sql.query<GiftRow>(`select ${giftColumns} from gift where gift_id = any($1::uuid[])`, [
    plainArray([...new Set(giftIds)]),
  ]);
}

/** Writes what the batch decided: gifts, each its own record of who did what, and messages to both sides. */
export async function saveGiftBatch(sql: SqlRunner, batch: GiftBatch, now: Temporal.Instant): Promise<void> {
  const { made, moved, notices } = batch.changes;
  const rows = (ids: Iterable<string>) => [...ids].flatMap((id) => batch.gifts.get(id) ?? []);
  await Promise.all([
    insertGifts(sql, rows(made)),
    updateGifts(
      sql,
      rows(moved).filter((gift) => !made.has(gift.giftId)),
      batch.changes.returnedBy,
    ),
    enqueueFacts(sql, now, GIFT_WORDING, notices.map(toldFacts)),
  ]);
}

async function insertGifts(sql: SqlRunner, gifts: readonly GiftRow[]): Promise<void> {
  const [direct, offered] = [gifts.filter(isDirect), gifts.filter((gift) => !isDirect(gift))];
  await Promise.all([insertDirectGifts(sql, direct), insertOfferedGifts(sql, offered)]);
}

const isDirect = (gift: GiftRow) => gift.way === 'direct';

/** Given and received at one moment, which all of a batch share: half of what an offered gift says. */
async function insertDirectGifts(sql: SqlRunner, gifts: readonly GiftRow[]): Promise<void> {
  const [first] = gifts;
  if (first === undefined) return;
  await sql.query(
    `insert into gift (gift_id, sender_subscription_id, sender_line_user_id, receiver_subscription_id,
       receiver_line_user_id, amount_bytes, way, month, state, offered_at, expires_at, ended_at)
     select unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::text[]), unnest($4::uuid[]), unnest($5::text[]),
            unnest($6::bigint[]), 'direct', $7, 'claimed', $8, $8, $8`,
    [
      uuidArray(gifts.map((gift) => gift.giftId)),
      uuidArray(gifts.map((gift) => gift.senderSubscriptionId)),
      textArray(gifts.map((gift) => gift.senderLineUserId)),
      uuidArray(gifts.map((gift) => gift.receiverSubscriptionId)),
      textArray(gifts.map((gift) => gift.receiverLineUserId)),
      plainArray(gifts.map((gift) => gift.amountBytes)),
      first.month,
      instantText(first.offeredAt),
    ],
  );
}

async function insertOfferedGifts(sql: SqlRunner, gifts: readonly GiftRow[]): Promise<void> {
  if (gifts.length === 0) return;
  await sql.query(
    `insert into gift (gift_id, sender_subscription_id, sender_line_user_id, receiver_subscription_id,
       receiver_line_user_id, amount_bytes, way, month, claim_token_hash, state, offered_at, expires_at, ended_at,
       gift_code_hash)
     select unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::text[]), unnest($4::uuid[]), unnest($5::text[]),
            unnest($6::bigint[]), unnest($7::text[]), unnest($8::text[]), decode(unnest($9::text[]), 'hex'),
            unnest($10::text[]), unnest($11::timestamptz[]), unnest($12::timestamptz[]), unnest($13::timestamptz[]), decode(unnest($14::text[]), 'hex')`,
    [
      uuidArray(gifts.map((gift) => gift.giftId)),
      uuidArray(gifts.map((gift) => gift.senderSubscriptionId)),
      textArray(gifts.map((gift) => gift.senderLineUserId)),
      uuidArray(gifts.map((gift) => gift.receiverSubscriptionId)),
      textArray(gifts.map((gift) => gift.receiverLineUserId)),
      plainArray(gifts.map((gift) => gift.amountBytes)),
      plainArray(gifts.map((gift) => gift.way)),
      plainArray(gifts.map((gift) => gift.month)),
      plainArray(gifts.map((gift) => gift.claimTokenHash)),
      plainArray(gifts.map((gift) => gift.state)),
      plainArray(gifts.map((gift) => instantText(gift.offeredAt))),
      plainArray(gifts.map((gift) => instantText(gift.expiresAt))),
      plainArray(gifts.map((gift) => textOf(gift.endedAt))),
      plainArray(gifts.map((gift) => gift.giftCodeHash)),
    ],
  );
}

async function updateGifts(
  sql: SqlRunner,
  gifts: readonly GiftRow[],
  returnedBy: ReadonlyMap<string, string>,
): Promise<void> {
  if (gifts.length === 0) return;
  await sql.query(
    `update gift
     set state = now.state, ended_at = now.ended_at, receiver_subscription_id = now.receiver,
         receiver_line_user_id = now.receiver_person, declined_at = now.declined_at,
         ended_by_line_user_id = coalesce(now.ended_by, gift.ended_by_line_user_id)
     from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::uuid[], $5::text[], $6::timestamptz[], $7::text[])
       as now (gift_id, state, ended_at, receiver, receiver_person, declined_at, ended_by)
     where gift.gift_id = now.gift_id`,
    [
      plainArray(gifts.map((gift) => gift.giftId)),
      plainArray(gifts.map((gift) => gift.state)),
      plainArray(gifts.map((gift) => textOf(gift.endedAt))),
      plainArray(gifts.map((gift) => gift.receiverSubscriptionId)),
      textArray(gifts.map((gift) => gift.receiverLineUserId)),
      plainArray(gifts.map((gift) => textOf(gift.declinedAt))),
      textArray(gifts.map((gift) => returnedBy.get(gift.giftId) ?? null)),
    ],
  );
}

function textOf(at: Temporal.Instant | null): string | null {
  return at === null ? null : instantText(at);
}

/**
 * Whose hands these subscriptions' gifts went through is nobody's business once their contractor is forgotten. What came to them
 * without waiting to be received has no index by receiver, and ends with its sender's.
 */
export async function forgetPeople(sql: SqlRunner, subscriptionIds: readonly string[]): Promise<void> {
  const ids = uuidArray(subscriptionIds);
  await sql.query(
    `update gift set sender_line_user_id = '', ended_by_line_user_id = null
     where sender_subscription_id = any ($1::uuid[]) and ended_at is not null`,
    [ids],
  );
  await sql.query(
    `update gift set receiver_line_user_id = null, ended_by_line_user_id = null
     where receiver_subscription_id = any ($1::uuid[]) and way <> 'direct' and ended_at is not null`,
    [ids],
  );
}
