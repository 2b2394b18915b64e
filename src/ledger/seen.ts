import { FIRST_ID } from '../base/ids.ts';
import { plainArray } from '../infra/db/array-text.ts';
import type { SqlRunner } from '../infra/db/runner.ts';
import { type Finding, said } from './said.ts';
import { type Check, verifyOwners } from './verify.ts';

/** What an hourly check has found, and how many entries it has read. */
export interface NewlySeen {
  readonly findings: readonly Finding[];
  readonly entriesRead: number;
}

/** Owners in one statement of some 50 ms: short enough not to keep the database from vacuuming old versions of rows. */
const PORTION = 5_000;

/**
 * Compares the journal since the last check with what owners have now, owner by owner: what an owner held then, plus its entries
 * since, must be what it holds now, and the chain of its entries must lead from its newest back to the newest one of then. An owner
 * that agrees is remembered as it is now; one that does not keeps its old memory, so each check finds it again until it agrees.
 * The first check reads everything.
 *
 * Within a statement an owner's row and its entries are of one moment, and owners are not compared with each other, so every
 * portion may see a state of its own. Entries outside all chains are found by `verifyLedger` only.
 *
 * @param sql not within a transaction: each portion is a transaction of its own.
 * @param stopping ends it between two portions, by its reason: what was seen until then is remembered, and what did not agree is not
 */
export async function lookAtNew(
  sql: SqlRunner,
  {
    more = [],
    portion = PORTION,
    stopping,
  }: { more?: readonly Check[]; portion?: number; stopping?: AbortSignal | undefined } = {},
): Promise<NewlySeen> {
  const findings: Finding[] = [];
  let entriesRead = 0;
  for (let after = FIRST_ID; ; ) {
    stopping?.throwIfAborted();
    const [next] = await sql.query<{ upTo: string }>(nextPortion, [after, portion - 1]);
    const upTo = next?.upTo ?? LAST;
    const [looked] = await sql.query<Looked>(look, [after, upTo]);
    for (const { of, says } of looked?.findings ?? []) findings.push({ ...said[of], says });
    entriesRead += looked?.entriesRead ?? 0;
    if (looked && looked.asked.length > 0) findings.push(...(await askedAbout(sql, looked, more)));
    if (upTo === LAST) return { findings, entriesRead };
    after = upTo;
  }
}

const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * Runs the other checks on these owners. An owner is watched (checked again though its row has not changed) until this was done, and
 * stays so while a check fails, or while something is set aside: what it is set aside for may change without the owner.
 */
async function askedAbout(sql: SqlRunner, { asked, aside }: Looked, more: readonly Check[]): Promise<Finding[]> {
  const found = await verifyOwners(sql, asked, more);
  await sql.query(watch, [plainArray(asked), plainArray([...aside, ...found.map(({ ownerId }) => ownerId)])]);
  return found.map(({ ownerId: _, ...finding }) => finding);
}

const watch = `update ledger_seen set is_watched = owner_id = any($2::uuid[])
  where owner_id = any($1::uuid[]) and is_watched <> (owner_id = any($2::uuid[]))`;

interface Looked {
  /** Owners that have changed or are watched. */
  readonly asked: readonly string[];
  /** Those of them that have something set aside. */
  readonly aside: readonly string[];
  readonly findings: readonly { readonly of: keyof typeof said; readonly says: string }[];
  readonly entriesRead: number;
}

const nextPortion = `select owner_id as "upTo" from ledger_owner where owner_id > $1 order by owner_id offset $2 limit 1`;

/**
 * `asked`: owners whose row differs from what was seen (`changed`), and watched ones. `step`: walks from each one's newest entry to
 * the one before, until it reaches the newest that was seen; if an entry is missing, belongs to another owner or is not older than
 * the one that named it, the walk ends with an empty step. `lot`: what each lot held, what moved, and what it holds now.
 */
const look = `with recursive asked as materialized (
    select o.owner_id, o.lots, o.remaining, o.last_out, o.last_in, s.last_out as seen_out, s.last_in as seen_in,
           s.lot_ids as seen_lots, s.remaining as seen_remaining, o.terms_hash, is_changed
    from (select *, hashtext(lots::text || notes::text) as terms_hash from ledger_owner) as o
    left join ledger_seen s on s.owner_id = o.owner_id and s.owner_id > $1 and s.owner_id <= $2
    cross join lateral (
      select s.owner_id is null or o.remaining <> s.remaining or o.last_out is distinct from s.last_out
             or o.last_in is distinct from s.last_in or o.terms_hash is distinct from s.terms_hash as is_changed) as compared
    where o.owner_id > $1 and o.owner_id <= $2 and (is_changed or s.is_watched)
  ), changed as materialized (
    select * from asked where is_changed
  ), step (side, owner_id, seen, entry_id, previous, lot_id, change, unit) as (
    select start.*, entry.previous, entry.lot_id, entry.change, entry.unit
    from (select 'out' as side, owner_id, seen_out as seen, last_out as entry_id from changed
          where last_out is distinct from seen_out
          union all
          select 'in', owner_id, seen_in, last_in from changed where last_in is distinct from seen_in) as start
    left join lateral ${entryOf('start.side', 'start.owner_id', 'start.entry_id')} as entry on true
    union all
    select step.side, step.owner_id, step.seen, step.previous, entry.previous, entry.lot_id, entry.change, entry.unit
    from step
    left join lateral ${entryOf('step.side', 'step.owner_id', 'step.previous')} as entry on entry.entry_id < step.entry_id
    where step.previous is distinct from step.seen and step.previous is not null
  ), lot as (
    select owner_id, lot_id, sum(was) as was, sum(change) as change, sum(is_now) as is_now, max(unit) as unit,
           min(moved_unit) as least_moved_unit, max(moved_unit) as moved_unit
    from (
      select owner_id, now.lot_id, 0 as was, 0 as change, now.remaining as is_now, now.unit, null as moved_unit
      from changed cross join lateral rows from (json_to_recordset(lots) as (lot uuid, unit text), unnest(remaining))
        as now (lot_id, unit, remaining)
      union all
      select owner_id, seen.lot_id, seen.remaining, 0, 0, null, null
      from changed cross join lateral unnest(seen_lots, seen_remaining) as seen (lot_id, remaining)
      union all
      select owner_id, lot_id, 0, change, 0, null, unit from step where lot_id is not null
    ) as part
    where lot_id is not null
    group by owner_id, lot_id
  ), finding (owner_id, of, says) as materialized (
    select owner_id, 'sums', format('lot %s of owner %s holds %s; it was seen with %s, and its entries since sum up to %s',
                                    lot_id, owner_id, is_now, was, change)
    from lot where is_now <> was + change
    union all
    select owner_id, 'lots', format('an entry in %s names lot %s of owner %s, which %s', moved_unit, lot_id, owner_id,
                                    coalesce('holds ' || unit, 'does not exist'))
    from (
      select owner_id, lot_id, moved_unit, least_moved_unit,
             coalesce(unit, (select closed.unit from ledger_lot_closed closed
                             where closed.owner_id = lot.owner_id and closed.lot_id = lot.lot_id)) as unit
      from lot where moved_unit is not null
    ) as named
    where unit is distinct from moved_unit or least_moved_unit <> moved_unit
    union all
    select owner_id, 'amounts', format('owner %s has %s lots and %s amounts', owner_id, json_array_length(lots), cardinality(remaining))
    from changed where json_array_length(lots) <> cardinality(remaining)
    union all
    select distinct owner_id, 'chain', format('the entries %s of owner %s are not one chain', side, owner_id)
    from step where lot_id is null or (previous is null and seen is not null)
    union all
    select owner_id, 'owners', format('owner %s, who was seen, is not there any more', owner_id)
    from ledger_seen where owner_id > $1 and owner_id <= $2
      and not exists (select from ledger_owner where ledger_owner.owner_id = ledger_seen.owner_id)
  ), kept as (
    insert into ledger_seen (owner_id, last_out, last_in, lot_ids, remaining, terms_hash)
    select owner_id, last_out, last_in,
           array(select lot from json_to_recordset(lots) as (lot uuid)), remaining, terms_hash
    from changed where owner_id not in (select owner_id from finding)
    on conflict (owner_id) do update
    set last_out = excluded.last_out, last_in = excluded.last_in, lot_ids = excluded.lot_ids, remaining = excluded.remaining,
        terms_hash = excluded.terms_hash, is_watched = true
  )
  select coalesce((select json_agg(json_build_object('of', of, 'says', says)) from finding), '[]') as findings,
         (select count(*) from step where lot_id is not null) as "entriesRead",
         array(select owner_id from asked) as asked,
         array(select owner_id from asked where exists (
           select from rows from (json_to_recordset(lots) as (origin_lot uuid), unnest(remaining)) as lot (origin_lot, held)
           where origin_lot is not null and held > 0)) as aside`;

/** An entry as seen by the owner on this side; no row if it is not this owner's. `limit 1` keeps the planner to the index on its id. */
function entryOf(side: string, ownerId: string, entryId: string): string {
  return `(
    select entry_id,
           case ${side} when 'out' then from_previous else to_previous end as previous,
           case ${side} when 'out' then from_lot_id else to_lot_id end as lot_id,
           case ${side} when 'out' then -amount else amount end as change, unit
    from ledger_entry
    where entry_id = ${entryId} and case ${side} when 'out' then from_owner_id else to_owner_id end = ${ownerId}
    limit 1)`;
}
