import type pg from 'pg';
import type { Clock } from '../../src/base/clock.ts';
import { newId } from '../../src/base/ids.ts';
import { passedShare } from '../../src/features/data/rules/low-share.ts';
import { bodyHash } from '../../src/ledger/body-hash.ts';
import { benchOperator } from '../operator.ts';
import { type Ask, transaction } from './transaction.ts';

const MONTH = '2026-04';
const MONTH_END = '2026-04-30T15:00:00Z';

interface NaiveRecord {
  readonly id: string;
  readonly subject: string;
  readonly time: string;
  readonly data: { readonly uplinkBytes: number; readonly downlinkBytes: number };
}

/**
 * One record of use in a transaction of its own, a statement a step, by the rules of the real one: counted once, and refused
 * with other content; in a month that was turned, by the plan that counts in it; drawn in the order of use; added to its
 * day; told when a share of the month's volume is passed, and slowed when nothing is left, here or on loan to the network.
 */
export function useNaively(pool: pg.Pool, clock: Clock, record: NaiveRecord): Promise<{ drawnBytes: number }> {
  const { id, subject } = record;
  const now = clock.now().toString();
  const bytes = record.data.uplinkBytes + record.data.downlinkBytes;
  const hash = bodyHash({ subject, bytes });
  return transaction(pool, async (ask) => {
    const [known] = await ask(
      'known',
      `select encode(body_hash, 'hex') as hash, answer from idempotent_request where scope = 'naive' and request_id = $1`,
      [id],
    );
    if (known !== undefined && known.hash !== hash) throw new Error(`${id} was counted with other content`);
    if (known !== undefined) return { drawnBytes: 0 };
    const lock = 'select from subscription where subscription_id = $1 for update';
    await ask('owner', lock, [subject]);
    const [month] = await ask(
      'month',
      'select month, plan_code from data_month where subscription_id = $1 order by month desc limit 1',
      [subject],
    );
    if (month?.month !== MONTH) throw new Error(`${subject} has not been turned into ${MONTH}`);
    const [lent] = await ask(
      'lent',
      `select coalesce(sum(bytes), 0)::bigint as bytes from data_reservation where subscription_id = $1 and state = 'open'`,
      [subject],
    );
    const lots = await ask(
      'lots',
      `select lot_id, remaining from naive_lot where owner_id = $1 and remaining > 0 and expires_at > $2
       order by case kind when 'carry-over' then 0 when 'gift' then 1 when 'base' then 2 else 3 end, expires_at`,
      [subject, now],
    );
    const drawnBytes = await draw(ask, lots, { record, bytes, now });
    await ask(
      'day',
      `insert into naive_usage_daily as day (subscription_id, used_on, used_bytes) values ($1, '2026-04-10', $2)
       on conflict (subscription_id, used_on) do update set used_bytes = day.used_bytes + excluded.used_bytes`,
      [subject, bytes],
    );
    const before = lots.reduce((sum, lot) => sum + lot.remaining, lent?.bytes);
    await tellLeft(ask, { subject, planCode: month.plan_code, before, after: before - drawnBytes, now });
    await ask(
      'answer',
      `insert into idempotent_request (scope, request_id, body_hash, answer, answered_at)
       values ('naive', $1, decode($2, 'hex'), $3, $4)`,
      [id, hash, JSON.stringify({ drawnBytes }), now],
    );
    return { drawnBytes };
  });
}

async function draw(
  ask: Ask,
  lots: Awaited<ReturnType<Ask>>,
  { record: { id, subject }, bytes, now }: { record: NaiveRecord; bytes: number; now: string },
): Promise<number> {
  let drawnBytes = 0;
  for (const lot of lots) {
    const part = Math.min(bytes - drawnBytes, lot.remaining);
    if (part === 0) break;
    drawnBytes += part;
    await ask('draw', 'update naive_lot set remaining = remaining - $3 where owner_id = $1 and lot_id = $2', [
      subject,
      lot.lot_id,
      part,
    ]);
    await ask(
      'entry',
      `insert into naive_entry (entry_id, at, request_id, reason, amount, from_owner_id,
         from_lot_id, from_lot_after) values ($1, $2, $3, 'usage', $4, $5, $6, $7)`,
      [newId(), now, id, part, subject, lot.lot_id, lot.remaining - part],
    );
  }
  return drawnBytes;
}

async function tellLeft(
  ask: Ask,
  left: { subject: string; planCode: string; before: number; after: number; now: string },
): Promise<void> {
  const { subject, planCode, before, after, now } = left;
  if (after === 0) {
    await ask(
      'slow',
      `insert into data_throttle (subscription_id, throttled_since, throttled_until) values ($1, $2, $3)
       on conflict do nothing`,
      [subject, now, MONTH_END],
    );
    return;
  }
  const { plans, notices } = benchOperator;
  const volumeBytes = plans.find((plan) => plan.code === planCode)?.monthlyBytes ?? 0;
  const percent = passedShare({ percents: notices.leftPercents, volumeBytes, beforeBytes: before, afterBytes: after });
  if (percent === undefined) return;
  await ask(
    'notice',
    `insert into data_notice (notice_id, subscription_id, kind, about, facts, noticed_at)
     values ($1, $2, 'low', $3, $4, $5) on conflict do nothing`,
    [newId(), subject, `${MONTH}:${percent}`, JSON.stringify({ percent, bytes: after }), now],
  );
}
