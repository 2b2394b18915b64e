import type pg from 'pg';
import type { Clock } from '../../src/base/clock.ts';
import { newId } from '../../src/base/ids.ts';
import { bodyHash } from '../../src/ledger/body-hash.ts';
import { transaction } from './transaction.ts';

interface NaiveRecord {
  readonly id: string;
  readonly subject: string;
  readonly time: string;
  readonly data: { readonly uplinkBytes: number; readonly downlinkBytes: number };
}

/** One record of use in a transaction of its own: counted once, drawn in the order of use, added to its day. */
export function useNaively(pool: pg.Pool, clock: Clock, record: NaiveRecord): Promise<{ drawnBytes: number }> {
  const now = clock.now().toString();
  const bytes = record.data.uplinkBytes + record.data.downlinkBytes;
  return transaction(pool, async (ask) => {
    const known = await ask(
      'known',
      `select answer from idempotent_request where scope = 'naive' and request_id = $1`,
      [record.id],
    );
    if (known.length > 0) return { drawnBytes: 0 };
    const [owner] = await ask(
      'owner',
      'select subscription_id as id from subscription where subscription_id = $1 for update',
      [record.subject],
    );
    const lots = await ask(
      'lots',
      `select lot_id, remaining from naive_lot where owner_id = $1 and remaining > 0 and expires_at > $2
       order by case kind when 'carry-over' then 0 when 'gift' then 1 when 'base' then 2 else 3 end, expires_at`,
      [owner?.id, now],
    );
    let drawnBytes = 0;
    for (const lot of lots) {
      const part = Math.min(bytes - drawnBytes, lot.remaining);
      if (part === 0) break;
      drawnBytes += part;
      await ask('draw', 'update naive_lot set remaining = remaining - $3 where owner_id = $1 and lot_id = $2', [
        owner?.id,
        lot.lot_id,
        part,
      ]);
      await ask(
        'entry',
        `insert into naive_entry (entry_id, at, request_id, reason, amount, from_owner_id,
           from_lot_id, from_lot_after) values ($1, $2, $3, 'usage', $4, $5, $6, $7)`,
        [newId(), now, record.id, part, owner?.id, lot.lot_id, lot.remaining - part],
      );
    }
    await ask(
      'day',
      `insert into naive_usage_daily as day (subscription_id, used_on, used_bytes) values ($1, '2026-04-10', $2)
       on conflict (subscription_id, used_on) do update set used_bytes = day.used_bytes + excluded.used_bytes`,
      [owner?.id, bytes],
    );
    await ask(
      'answer',
      `insert into idempotent_request (scope, request_id, body_hash, answer, answered_at)
       values ('naive', $1, decode($2, 'hex'), $3, $4)`,
      [record.id, bodyHash({ subject: record.subject, bytes }), JSON.stringify({ drawnBytes }), now],
    );
    return { drawnBytes };
  });
}
