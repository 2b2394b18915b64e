import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../infra/db/runner.ts';
import type { Lot } from './book.ts';

type Unit = Lot['unit'];

/** Lots that hold something and are the owner's own; an amount that is set aside ends with its gift or slice instead. */
const held = (unit: Unit) => `remaining > 0 and unit = '${unit}' and kind <> 'set-aside'`;

/** Owners of lots that have ended with something left in them, in id order: at most `size` of them, with ids above `after`. */
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
 * SQL to put after `from`: what ends after one moment and at another at the latest, as a row for each owner and moment (`owner_id`,
 * `ms`) with the amount that is lost (`amount`).
 *
 * @param between SQL expressions in epoch milliseconds.
 * @param only a further SQL condition on the lots.
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
