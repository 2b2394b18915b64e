import { FIRST_ID } from '../base/ids.ts';
import { plainArray } from '../infra/db/array-text.ts';
import type { SqlRunner } from '../infra/db/runner.ts';
import { type Finding, said } from './said.ts';

/** Something that must hold, and a statement that returns a row (`says`) for each violation. */
export interface Check {
  readonly check: string;
  /** The same sentence for staff. */
  readonly inJapanese: string;
  /**
   * When the check is run. `of-owners`: by the hourly check, for owners whose rows have changed since the last one and for those with
   * something set aside; each row names its owner (`"ownerId"`). `by-itself`: by the hourly check, as a whole, so it must be quick.
   * `from-the-beginning`: only when the whole journal is read. A check from the beginning runs all three kinds, for everybody.
   */
  readonly asked: 'of-owners' | 'by-itself' | 'from-the-beginning';
  text(scope: Scope): string;
}

/** For whom a check is run. */
export interface Scope {
  /** An SQL condition: the column names an owner to check. */
  among(column: string): string;
  /** Whether everything is checked, however long that takes. */
  readonly isWhole: boolean;
}

const EVERYBODY: Scope = { among: () => 'true', isWhole: true };
const THESE: Scope = { among: (column) => `${column} = any($1::uuid[])`, isWhole: false };

/** How many of the noted ends each hourly check looks at, the earliest first; a note without a lot gets among them sooner or later. */
const FIRST_ENDINGS = 1_000;

const msOf = (at: string) => `floor(extract(epoch from ${at}) * 1000)::bigint`;

/** Every entry on each of its sides, with the amount it changed and the balance afterwards. */
const SIDES = `select to_owner_id as owner_id, to_lot_id as lot_id, amount::numeric as amount, to_lot_after as after, entry_id
                 from ledger_entry where to_lot_id is not null
               union all
               select from_owner_id, from_lot_id, -amount::numeric, from_lot_after, entry_id
                 from ledger_entry where from_lot_id is not null`;

const checks: readonly Check[] = [
  {
    ...said.sums,
    asked: 'from-the-beginning',
    // A lot may be older than the journal; its balance then is told by the first of its entries.
    text: () => `with moved as (
             select owner_id, lot_id, sum(amount) as amount from (${SIDES}) as side group by owner_id, lot_id
           ), begun as (
             select owner_id, lot_id, (array_agg(after - amount order by entry_id))[1] + sum(amount) as amount from (${SIDES}) as side
             where (select ledger_journal_begins()) > '${FIRST_ID}' and lot_id < (select ledger_journal_begins())
             group by owner_id, lot_id
           )
           select format('lot %s of owner %s holds %s, its entries sum up to %s',
                         lot_id, owner_id, remaining, coalesce(amount, 0)) as says
           from ledger_lot left join moved using (owner_id, lot_id)
           where remaining <> coalesce(amount, 0) and lot_id >= (select ledger_journal_begins())
           union all
           select format('lot %s of owner %s holds %s, and by its entries since the journal begins %s', lot_id, owner_id, remaining, amount)
           from ledger_lot join begun using (owner_id, lot_id)
           where remaining <> amount`,
  },
  {
    check: 'nothing is below zero',
    inJapanese: '残りも、動いた量も、0より小さくなりません。',
    asked: 'from-the-beginning',
    text: () => `select format('lot %s of owner %s holds %s', lot_id, owner_id, remaining) as says
           from ledger_lot where remaining < 0
           union all
           select format('entry %s moves %s and leaves %s and %s', entry_id, amount,
                         coalesce(from_lot_after::text, 'a source'), coalesce(to_lot_after::text, 'a sink'))
           from ledger_entry where amount <= 0 or from_lot_after < 0 or to_lot_after < 0`,
  },
  {
    ...said.lots,
    asked: 'from-the-beginning',
    text: () => `select format('entry %s in %s names lot %s of owner %s, which %s', entry_id, entry_unit, lot_id, owner_id,
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
    asked: 'from-the-beginning',
    text: () => `select format('owner %s has %s lots and %s amounts', owner_id, json_array_length(lots), cardinality(remaining)) as says
           from ledger_owner where json_array_length(lots) <> cardinality(remaining)`,
  },
  {
    check: 'what ends is found by its end',
    inJapanese: '残りのあるものは、期限から見つけられます。',
    asked: 'of-owners',
    text: ({ among }) => `with held as (
             select owner_id, ${msOf('expires_at')} as ends_ms from ledger_lot
             where remaining > 0 and ${among('owner_id')} group by 1, 2
           )
           select owner_id as "ownerId", format('something of owner %s ends at %s, which is not noted', owner_id, ends_ms) as says
           from held
           where not exists (select from ledger_ending as noted where noted.ends_ms = held.ends_ms and noted.owner_id = held.owner_id)
           union all
           select o.owner_id, format('owner %s says that %s ends next, and it is %s', o.owner_id, ends_next_ms, coalesce(ms::text, 'nothing'))
           from ledger_owner o
           left join (select owner_id, min(ends_ms) as ms from held group by owner_id) as next on next.owner_id = o.owner_id
           where ${among('o.owner_id')} and ends_next_ms is distinct from ms`,
  },
  {
    check: 'where an end is noted something ends',
    inJapanese: '期限の控えがあるところには、その期限のものがあります。',
    asked: 'by-itself',
    text: ({
      isWhole,
    }) => `select format('something of owner %s ends at %s, which is noted for nothing', owner_id, ends_ms) as says
           from (
             select distinct owner_id, ends_ms from (
               select owner_id, ends_ms from ledger_ending ${isWhole ? '' : `order by ends_ms, owner_id limit ${FIRST_ENDINGS}`}
             ) as first
           ) as noted
           left join lateral (
             select true as is_there from ledger_lot as held
             where held.owner_id = noted.owner_id and held.remaining > 0 and ${msOf('held.expires_at')} = noted.ends_ms
             limit 1
           ) as held on true
           where is_there is null`,
  },
  {
    ...said.chain,
    asked: 'from-the-beginning',
    // A chain has one beginning, which may follow what was taken away, each other entry follows one that is there and is followed by one at most, and the owner names the last.
    text: () => `with side as materialized (
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
    asked: 'of-owners',
    text: ({
      among,
    }) => `select lot.owner_id as "ownerId", format('lot %s of owner %s came from lot %s of owner %s, which does not exist',
                         lot.lot_id, lot.owner_id, lot.origin_lot_id, lot.origin_owner_id) as says
           from ledger_lot as lot
           left join lateral (
             select true as is_there from ledger_lot as origin
             where origin.owner_id = lot.origin_owner_id and origin.lot_id = lot.origin_lot_id
             limit 1
           ) as origin on true
           where lot.origin_lot_id is not null and is_there is null and ${among('lot.owner_id')}`,
  },
];

/**
 * Compares the whole journal with the lots and answers every finding; none if all is well. `more` are the features' checks of their
 * own lots. While commands are being executed, pass a transaction with isolation level `repeatable read`, so that all checks see
 * the same state.
 */
export function verifyLedger(sql: SqlRunner, more: readonly Check[] = []): Promise<readonly Finding[]> {
  return findingsOf(sql, [...checks, ...more], EVERYBODY);
}

/** The checks of kind `by-itself`. */
export function verifyByItself(sql: SqlRunner, more: readonly Check[] = []): Promise<readonly Finding[]> {
  return findingsOf(sql, askedSo('by-itself', more), THESE);
}

/** The checks of kind `of-owners` for these owners; each finding names its owner. */
export function verifyOwners(
  sql: SqlRunner,
  ownerIds: readonly string[],
  more: readonly Check[],
): Promise<readonly (Finding & { readonly ownerId: string })[]> {
  return findingsOf<{ ownerId: string }>(sql, askedSo('of-owners', more), THESE, [plainArray(ownerIds)]);
}

const askedSo = (how: Check['asked'], more: readonly Check[]) =>
  [...checks, ...more].filter(({ asked }) => asked === how);

async function findingsOf<Of = unknown>(
  sql: SqlRunner,
  asked: readonly Check[],
  scope: Scope,
  values: readonly unknown[] = [],
): Promise<readonly (Finding & Of)[]> {
  const findings: (Finding & Of)[] = [];
  for (const { check, inJapanese, text } of asked) {
    for (const found of await sql.query<{ says: string } & Of>(text(scope), values)) {
      findings.push({ check, inJapanese, ...found });
    }
  }
  return findings;
}
