const SIDES = {
  out: { newest: 'last_out', previous: 'from_previous' },
  in: { newest: 'last_in', previous: 'to_previous' },
} as const;

/**
 * The entries that took from an owner (`out`) or brought to it (`in`), newest first, as what stands behind `from`. They are
 * gone to one by one, each naming the one before it, so whoever asks with `limit` has no more read than that. Ids fall from
 * each to the next.
 *
 * @param ownerId an expression.
 * @param since entries before this one (an expression) are not gone to.
 */
export function entriesSql(side: keyof typeof SIDES, ownerId: string, since?: string): string {
  const { newest, previous } = SIDES[side];
  // By `limit 1` the database is to look for one entry each time, whatever it thinks of how many there are.
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
