import type { SqlRunner } from '../infra/db/runner.ts';
import { type Finding, said } from './said.ts';

/** What must hold, and a statement that answers a row (`says`) for each time it does not. */
export interface Check {
  readonly check: string;
  /** The same sentence for staff. */
  readonly inJapanese: string;
  readonly text: string;
}

/** They read whole tables, and some the whole journal: those are for a quiet hour, or a copy. */
const checks: readonly (Check & { readonly readsJournal?: true })[] = [
  {
    ...said.sums,
    readsJournal: true,
    text: `with moved as (
             select owner_id, lot_id, sum(amount) as amount from (
               select to_owner_id as owner_id, to_lot_id as lot_id, amount::numeric
                 from ledger_entry where to_lot_id is not null
               union all
               select from_owner_id, from_lot_id, -amount::numeric from ledger_entry where from_lot_id is not null
             ) as side group by owner_id, lot_id
           )
           select format('lot %s of owner %s holds %s, its entries sum up to %s',
                         lot_id, owner_id, remaining, coalesce(amount, 0)) as says
           from ledger_lot left join moved using (owner_id, lot_id)
           where remaining <> coalesce(amount, 0)
             -- Of what is older than the journal, the hourly look knows what it held.
             and lot_id >= (select ledger_journal_begins())`,
  },
  {
    check: 'nothing is below zero',
    inJapanese: '残りも、動いた量も、0より小さくなりません。',
    readsJournal: true,
    text: `select format('lot %s of owner %s holds %s', lot_id, owner_id, remaining) as says
           from ledger_lot where remaining < 0
           union all
           select format('entry %s moves %s and leaves %s and %s', entry_id, amount,
                         coalesce(from_lot_after::text, 'a source'), coalesce(to_lot_after::text, 'a sink'))
           from ledger_entry where amount <= 0 or from_lot_after < 0 or to_lot_after < 0`,
  },
  {
    ...said.lots,
    readsJournal: true,
    text: `select format('entry %s in %s names lot %s of owner %s, which %s', entry_id, entry_unit, lot_id, owner_id,
                         case when unit is null then 'does not exist' else 'holds ' || unit end) as says
           from (
             select entry_id, unit as entry_unit, from_owner_id as owner_id, from_lot_id as lot_id from ledger_entry
             union all
             select entry_id, unit, to_owner_id, to_lot_id from ledger_entry
           ) as side left join ledger_lot using (owner_id, lot_id)
           where lot_id is not null and unit is distinct from entry_unit`,
  },
  {
    ...said.amounts,
    readsJournal: true,
    text: `select format('owner %s has %s lots and %s amounts', owner_id, json_array_length(lots), cardinality(remaining)) as says
           from ledger_owner where json_array_length(lots) <> cardinality(remaining)`,
  },
  {
    check: 'what ends is found by its end',
    inJapanese: '残りのあるものは、期限から見つけられます。',
    text: `with held as (
             select owner_id, floor(extract(epoch from expires_at) * 1000)::bigint as ends_ms from ledger_lot
             where remaining > 0 group by 1, 2
           ), noted as (select distinct owner_id, ends_ms from ledger_ending)
           select format('something of owner %s ends at %s, which is %s', owner_id, ends_ms,
                         case when noted.owner_id is null then 'not noted' else 'noted for nothing' end) as says
           from held full join noted using (owner_id, ends_ms) where held.owner_id is null or noted.owner_id is null
           union all
           select format('owner %s says that %s ends next, and it is %s', owner_id, ends_next_ms, coalesce(ms::text, 'nothing'))
           from ledger_owner left join (select owner_id, min(ends_ms) as ms from held group by owner_id) as next using (owner_id)
           where ends_next_ms is distinct from ms`,
  },
  {
    ...said.chain,
    readsJournal: true,
    // A chain has one beginning, which may follow what was taken away, each other entry follows one that is there and is followed by one at most, and the owner names the last.
    text: `with side as materialized (
             select side, owner_id, entry_id, case when previous >= (select ledger_journal_begins()) then previous end as previous
             from (select 'out' as side, from_owner_id as owner_id, entry_id, from_previous as previous
                     from ledger_entry where from_owner_id is not null
                   union all
                   select 'in', to_owner_id, entry_id, to_previous from ledger_entry where to_owner_id is not null) as named
           ), chain as (
             select side.side, side.owner_id, count(*) as entries, count(distinct side.previous) as named,
                    count(before.entry_id) as following
             from side left join side as before
               on before.side = side.side and before.owner_id = side.owner_id and before.entry_id = side.previous
             group by side.side, side.owner_id
           ), newest as (
             select last.side, last.owner_id, count(entry.entry_id) as present, count(later.entry_id) as later
             from (select 'out' as side, owner_id, last_out as entry_id from ledger_owner where last_out is not null
                   union all
                   select 'in', owner_id, last_in from ledger_owner where last_in is not null) as last
             left join side as entry on entry.side = last.side and entry.owner_id = last.owner_id
               and entry.entry_id = last.entry_id
             left join side as later on later.side = last.side and later.owner_id = last.owner_id
               and later.previous = last.entry_id
             where last.entry_id >= (select ledger_journal_begins())
             group by last.side, last.owner_id
           )
           select format('the entries %s of owner %s are not one chain', side, owner_id) as says
           from chain full join newest using (side, owner_id)
           where named is distinct from entries - 1 or following is distinct from entries - 1
             or present is distinct from 1 or later is distinct from 0`,
  },
  {
    check: 'an amount set aside names a lot to go back to',
    inJapanese: '取り置いた分には、戻る先があります。',
    text: `select format('lot %s of owner %s came from lot %s of owner %s, which does not exist',
                         lot.lot_id, lot.owner_id, lot.origin_lot_id, lot.origin_owner_id) as says
           from ledger_lot as lot
           left join ledger_lot as origin
             on origin.owner_id = lot.origin_owner_id and origin.lot_id = lot.origin_lot_id
           where lot.origin_lot_id is not null and origin.lot_id is null`,
  },
];

/**
 * Reads the journal from its beginning against the lots and answers everything that does not agree; nothing, when all is well.
 * `more` is what features know of their own lots. While commands are under way, hand in a transaction of isolation level `repeatable read`, so that all checks see one state.
 */
export function verifyLedger(sql: SqlRunner, more: readonly Check[] = []): Promise<readonly Finding[]> {
  return findingsOf(sql, [...checks, ...more]);
}

/** The same without the journal: what lots and features say of each other. */
export function verifyLots(sql: SqlRunner, more: readonly Check[] = []): Promise<readonly Finding[]> {
  return findingsOf(sql, [...checks.filter(({ readsJournal }) => readsJournal !== true), ...more]);
}

async function findingsOf(sql: SqlRunner, asked: readonly Check[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { check, inJapanese, text } of asked) {
    for (const { says } of await sql.query<{ says: string }>(text)) findings.push({ check, inJapanese, says });
  }
  return findings;
}
