import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { formatBytes } from '../../src/base/bytes.ts';
import type { Clock } from '../../src/base/clock.ts';
import { newId } from '../../src/base/ids.ts';
import { bodyHash } from '../../src/ledger/body-hash.ts';
import { benchOperator } from '../operator.ts';
import { type Ask, transaction } from './transaction.ts';

export interface NaiveGift {
  readonly requestId: string;
  readonly from: string;
  readonly to: string;
  readonly amountBytes: number;
}

type Row = Awaited<ReturnType<Ask>>[number];

/**
 * A gift given and received in one, as it is usually written: the rules of the preset, one transaction a gift, a
 * statement a step. It leaves the rows the real one leaves: lots, journal, gift, two messages, the answer.
 */
export function giveNaively(pool: pg.Pool, clock: Clock, gift: NaiveGift): Promise<'given' | 'refused' | 'repeated'> {
  const { requestId, from, to, amountBytes } = gift;
  const now = clock.now().toString();
  return transaction(pool, async (ask) => {
    const hash = bodyHash({ from, to, amountBytes });
    const repeat = await ask(
      'known',
      `select answer from idempotent_request where scope = 'naive' and request_id = $1`,
      [requestId],
    );
    if (repeat.length > 0) return 'repeated';
    await ask(
      'lock',
      'select from subscription where subscription_id = any($1::uuid[]) order by subscription_id for update',
      [[from, to]],
    );
    const sides = await ask(
      'sides',
      `select s.*, l.line_user_id, a.display_name from subscription s
         left join user_link l on l.subscription_id = s.subscription_id and l.unlinked_at is null
         left join line_account a using (line_user_id)
       where s.subscription_id = any($1::uuid[])`,
      [[from, to]],
    );
    const [sender, receiver] = [from, to].map((id) => sides.find((side) => side.subscription_id === id));
    const [given] = await ask(
      'given',
      `select coalesce(sum(amount_bytes), 0)::float8 as bytes from gift
       where sender_subscription_id = $1 and month = $2 and state in ('waiting', 'claimed')`,
      [from, '2026-04'],
    );
    const lots = await ask(
      'lots',
      `select lot_id, remaining, expires_at from naive_lot
       where owner_id = $1 and kind = 'base' and remaining > 0 and expires_at > $2 order by expires_at, granted_at`,
      [from, now],
    );
    const isGiven = isAllowed({ sender, receiver, givenBytes: given?.bytes, lots, amountBytes });
    if (isGiven) await move(ask, { ...gift, now, lots, sender, receiver });
    await ask(
      'answer',
      `insert into idempotent_request (scope, request_id, body_hash, answer, answered_at)
       values ('naive', $1, decode($2, 'hex'), $3, $4)`,
      [requestId, hash, JSON.stringify({ result: isGiven ? 'claimed' : 'refused' }), now],
    );
    return isGiven ? 'given' : 'refused';
  });
}

function isAllowed(facts: {
  sender: Row | undefined;
  receiver: Row | undefined;
  givenBytes: number;
  lots: readonly Row[];
  amountBytes: number;
}): boolean {
  const { sender, receiver, givenBytes, lots, amountBytes } = facts;
  const { giftPolicy, plans } = benchOperator;
  const isLinked = (side: Row | undefined) =>
    side !== undefined && side.line_user_id !== null && side.ended_at === null;
  const limit = plans.find((plan) => plan.code === sender?.plan_code)?.monthlyBytes ?? 0;
  return (
    isLinked(sender) &&
    isLinked(receiver) &&
    amountBytes >= giftPolicy.minimumBytes &&
    amountBytes % giftPolicy.stepBytes === 0 &&
    givenBytes + amountBytes <= limit &&
    lots.reduce((sum, lot) => sum + lot.remaining, 0) >= amountBytes
  );
}

async function move(
  ask: Ask,
  gift: NaiveGift & { now: string; lots: readonly Row[]; sender: Row | undefined; receiver: Row | undefined },
): Promise<void> {
  const { requestId, from, to, amountBytes, now, sender, receiver } = gift;
  const [lotId, giftId] = [newId(), newId()];
  const end = '2026-04-30T15:00:00Z';
  await ask(
    'open',
    `insert into naive_lot (owner_id, lot_id, kind, remaining, granted_at, expires_at)
     values ($1, $2, 'gift', 0, $3, $4)`,
    [to, lotId, now, end],
  );
  let open = amountBytes;
  for (const lot of gift.lots) {
    const bytes = Math.min(open, lot.remaining);
    if (bytes === 0) break;
    open -= bytes;
    const change = 'update naive_lot set remaining = remaining + $3 where owner_id = $1 and lot_id = $2';
    await ask('change', change, [from, lot.lot_id, -bytes]);
    await ask('change', change, [to, lotId, bytes]);
    await ask(
      'entry',
      `insert into naive_entry (entry_id, at, request_id, reason, amount, from_owner_id,
         from_lot_id, from_lot_after, to_owner_id, to_lot_id, to_lot_after)
       values ($1, $2, $3, 'gift-claimed', $4, $5, $6, $7, $8, $9, $10)`,
      [newId(), now, requestId, bytes, from, lot.lot_id, lot.remaining - bytes, to, lotId, amountBytes - open],
    );
  }
  await ask(
    'gift',
    `insert into gift (gift_id, sender_subscription_id, sender_line_user_id, receiver_subscription_id,
       receiver_line_user_id, amount_bytes, way, month, state, offered_at, expires_at, ended_at)
     values ($1, $2, $3, $4, $5, $6, 'direct', '2026-04', 'claimed', $7, $7, $7)`,
    [giftId, from, sender?.line_user_id, to, receiver?.line_user_id, amountBytes, now],
  );
  for (const [person, other, about] of [
    [receiver, sender, 'you-received'],
    [sender, receiver, 'was-received'],
  ] as const) {
    const words = `${other?.display_name}さん ${formatBytes(amountBytes, benchOperator.megabyte)}`;
    await ask(
      'message',
      `insert into outbox (outbox_id, line_user_id, kind, body, created_at, next_attempt_at)
       values ($1, $2, 'message', $3, $4, $4)`,
      [newId(), person?.line_user_id, messageOf(words, about), now],
    );
  }
}

/** Of the size of the real one, which is facts without words. */
function messageOf(words: string, about: string): string {
  const filler = randomBytes(50).toString('hex');
  return JSON.stringify({ wording: 'naive', facts: { words, about, filler } });
}
