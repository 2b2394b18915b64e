import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../infra/db/runner.ts';
import type { Lot } from './book.ts';

type Unit = Lot['unit'];

/** What holds something of a unit and is its owner's own: what is set aside ends when its gift or its slice does. */
const held = (unit: Unit) => `remaining > 0 and unit = '${unit}' and kind <> 'set-aside'`;

/** Owners of lots that have ended with something left in them, in id order: so many behind an id. */
export async function ownersOfEnded(
  sql: SqlRunner,
  unit: Unit,
  { now, after, size }: { readonly now: Temporal.Instant; readonly after: string; readonly size: number },
): Promise<readonly string[]> {
  const rows = await sql.query<{ id: string }>(
    `select distinct owner_id as id from ledger_lot
     where owner_id in (select owner_id from ledger_ending where ends_ms <= $1 and owner_id > $2)
       and expires_at <= $3 and ${held(unit)}
     order by owner_id limit $4`,
    [now.epochMilliseconds, after, now.toString(), size],
  );
  return rows.map(({ id }) => id);
}

/**
 * What ends after one moment and by another, as what stands behind `from`: a row for each owner and moment (`owner_id`, `ms`)
 * with what is lost then (`amount`).
 *
 * @param between both moments in epoch milliseconds, as expressions.
 * @param only a further condition on the lots.
 */
export function endingsSql(unit: Unit, between: { after: string; until: string }, only = 'true'): string {
  const isBetween = (moment: string) => `${moment} > ${between.after} and ${moment} <= ${between.until}`;
  return `(
    select owner_id, ms, sum(remaining)::bigint as amount
    from (
      select owner_id, remaining, (extract(epoch from expires_at) * 1000)::bigint as ms from ledger_lot
      where owner_id in (select owner_id from ledger_ending where ${isBetween('ends_ms')})
        and ${held(unit)} and ${only}
    ) as lot
    where ${isBetween('ms')}
    group by owner_id, ms
  )`;
}
