const SIDES = {
  out: { newest: 'last_out', previous: 'from_previous' },
  in: { newest: 'last_in', previous: 'to_previous' },
} as const;

/**
 * SQL to put after `from`: the entries that took from an owner (`out`) or brought to it (`in`), newest first, so with falling
 * ids. Each entry is found by the one after it, so with a `limit` no more are read than that.
 *
 * @param ownerId an SQL expression.
 * @param since an SQL expression: older entries than this are not read.
 */
export function entriesSql(side: keyof typeof SIDES, ownerId: string, since?: string): string {
  const { newest, previous } = SIDES[side];
  // `limit 1` keeps the planner to one index look-up for each step, whatever it estimates.
  return `(
    with recursive walk as (
      select entry.* from ledger_owner owner join ledger_entry entry on entry.entry_id = owner.${newest}
      where owner.owner_id = ${ownerId}
      union all
      select entry.* from walk cross join lateral (
        select * from ledger_entry where ledger_entry.entry_id = walk.${previous} limit 1) as entry
      ${since === undefined ? '' : `where walk.entry_id > ${since}`}
    )
    select * from walk ${since === undefined ? '' : `where entry_id >= ${since}`}
  )`;
}
