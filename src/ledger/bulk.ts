import type pg from 'pg';
import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../base/clock.ts';
import { newIdRow } from '../base/ids.ts';
import { plainArray } from '../infra/db/array-text.ts';
import type { SqlRunner } from '../infra/db/runner.ts';
import { uuidArray } from '../infra/db/uuid-array.ts';
import type { Source, Unit } from './book.ts';
import { type Conversation, type Statement, startConversation } from './conversation.ts';
import { remedyFor } from './errors.ts';
import { lock } from './owner-row.ts';

/** Does the same for many owners in one transaction: it is said once, and the database writes it for each owner. */
export interface Bulk {
  /** Locks the owners in id order. Statements after it see what the last holder of the locks left. */
  lock(ownerIds: readonly string[]): Promise<void>;
  /** Reads within the transaction. */
  readonly asker: SqlRunner;
  /** Sends and does not wait, as a family's `save` does. */
  readonly teller: SqlRunner;
  /** The time of all its journal entries. */
  readonly now: Temporal.Instant;
  /** Takes what has ended by then out of the book. */
  takeEnded(ownerIds: readonly string[], unit: Unit, endedBy: Temporal.Instant, cause: Cause): void;
  /** Opens such a lot for each owner and brings the amount into it. */
  bringEach(ownerIds: readonly string[], lot: LotForEach & { readonly amount: number }, cause: Cause): void;
  /**
   * Brings each owner its amount: into its lot of this kind if it has one that has not ended, otherwise into a new one. All its
   * lots of this unit that have not ended are prolonged to the end of such a lot.
   */
  addEach(shares: readonly Share[], lot: LotForEach, cause: Cause): void;
}

export interface Share {
  readonly ownerId: string;
  readonly amount: number;
}

export interface LotForEach {
  readonly source: Source;
  readonly unit: Unit;
  readonly kind: string;
  readonly grantedAt: Temporal.Instant;
  /** Exclusive. */
  readonly expiresAt: Temporal.Instant;
}

/** What the journal names as the cause. */
export interface Cause {
  readonly scope: string;
  readonly requestId: string;
}

/** The id of the nth row of an id row (`newIdRow`). */
const nthId = (prefix: string, first: string) =>
  `(${prefix}::text || lpad(to_hex(${first}::bigint + n), 12, '0'))::uuid`;

/** The lots of an owner one by one: description, amount, place in the row, and the description as it is stored (`terms`). */
const LOTS = `rows from (
    json_to_recordset(o.lots) as (lot uuid, unit text, kind text, granted bigint, ends bigint, origin_owner uuid, origin_lot uuid),
    unnest(o.remaining), json_array_elements(o.lots)
  ) with ordinality as l (lot_id, unit, kind, granted_ms, ends_ms, origin_owner_id, origin_lot_id, remaining, terms, nth)`;

const msOf = (at: string) => `floor(extract(epoch from ${at}::timestamptz) * 1000)::bigint`;

/** The descriptions with one more lot at the end. */
const withLot = (lots: string, lot: { id: string; unit: string; kind: string; grantedMs: string; endsMs: string }) =>
  `(left(${lots}::text, -1) || case when ${lots}::text = '[]' then '' else ',' end
    || json_build_object('lot', ${lot.id}, 'unit', ${lot.unit}::text, 'kind', ${lot.kind}::text, 'granted', ${lot.grantedMs},
                         'ends', ${lot.endsMs})::text || ']')::json`;

/**
 * Owners are updated by `ctid`, which cannot change while they are locked. `ends_next_ms` alone tells who has nothing that ends.
 * Ended lots leave the row, also those that were empty already.
 */
const takeEndedLots: Statement = {
  name: 'ledger-bulk-take-ended',
  text: `with lot as materialized (
           select o.ctid as place, o.owner_id, o.last_out, l.*, l.ends_ms <= ${msOf('$3')} as has_ended,
                  l.ends_ms <= ${msOf('$3')} and l.unit = $2 and l.remaining > 0 as is_taken
           from ledger_owner o cross join lateral ${LOTS}
           where o.owner_id = any($1::uuid[]) and o.ends_next_ms <= ${msOf('$3')}
         ), marked as materialized (
           select *, case when is_taken then ${nthId('$5', '$6')} end as entry_id,
                  not has_ended or (remaining > 0 and not is_taken) as is_kept
           from (select *, count(*) filter (where is_taken) over (order by owner_id, nth) as n from lot) as lot
         ), changed as (
           update ledger_owner o set lots = coalesce(kept.lots, '[]'), remaining = coalesce(kept.remaining, '{}'),
             ends_next_ms = kept.ends_next_ms, last_out = coalesce(kept.newest, o.last_out)
           from (
             select place, json_agg(terms order by nth) filter (where is_kept) as lots,
                    array_agg(remaining order by nth) filter (where is_kept) as remaining,
                    min(ends_ms) filter (where is_kept and remaining > 0) as ends_next_ms,
                    (array_agg(entry_id order by nth desc) filter (where is_taken))[1] as newest
             from marked group by place
           ) as kept
           where o.ctid = kept.place
         ), closed as (
           insert into ledger_lot_closed (owner_id, lot_id, unit, kind, granted_at, expires_at, origin_owner_id, origin_lot_id)
           select owner_id, lot_id, unit, kind, to_timestamp(granted_ms / 1000.0), to_timestamp(ends_ms / 1000.0),
                  origin_owner_id, origin_lot_id
           from marked where not is_kept
         ), over as (
           delete from ledger_ending e
           using (select owner_id, ends_ms from marked where remaining > 0
                  group by owner_id, ends_ms having not bool_or(is_kept)) as gone
           where e.ends_ms = gone.ends_ms and e.owner_id = gone.owner_id
         )
         insert into ledger_entry (at, entry_id, request_scope, request_id, reason, unit, amount,
           from_owner_id, from_lot_id, from_lot_after, from_previous)
         select $4, entry_id, $7, $8, 'expiry', $2, remaining, owner_id, lot_id, 0,
                coalesce(lag(entry_id) over (partition by owner_id order by n), last_out)
         from marked where is_taken`,
};

const bringIntoLots: Statement = {
  name: 'ledger-bulk-bring',
  text: `with opened as materialized (
           select o.ctid as place, owner_id, o.last_in, ${nthId('$2', '$3')} as lot_id, ${nthId('$10', '$11')} as entry_id
           from unnest($1::uuid[]) with ordinality as asked (owner_id, n) join ledger_owner o using (owner_id)
         ), changed as (
           update ledger_owner o
           set lots = ${withLot('o.lots', { id: 'lot_id', unit: '$4', kind: '$5', grantedMs: msOf('$7'), endsMs: msOf('$8') })},
             remaining = o.remaining || $6::bigint, ends_next_ms = least(o.ends_next_ms, ${msOf('$8')}),
             last_in = entry_id
           from opened where o.ctid = opened.place
         ), ending as (
           insert into ledger_ending (ends_ms, owner_id) select ${msOf('$8')}, owner_id from opened
         )
         insert into ledger_entry (at, entry_id, request_scope, request_id, reason, unit, amount,
           to_owner_id, to_lot_id, to_lot_after, to_previous)
         select $9, entry_id, $12, $13, $14, $4, $6::bigint, owner_id, lot_id, $6::bigint, last_in
         from opened`,
};

/**
 * What an owner's lots become when something is added, as one row: all lots that can still be used are prolonged, and the one of
 * this kind that is used first is filled (the points feature sees to it that there is at most one). It is a `lateral` for each owner,
 * because on a ledger's connections joins go by key: a join of all owners with all lots would scan all lots for each owner.
 */
const lotsThen = `
  select coalesce(json_agg(terms_then order by nth), '[]') as lots, coalesce(array_agg(held order by nth), '{}') as remaining,
         min(ends_then_ms) filter (where held > 0) as ends_next_ms,
         (array_agg(lot_id) filter (where is_filled))[1] as lot_id,
         coalesce((array_agg(held) filter (where is_filled))[1], asked.amount) as held,
         array_agg(ends_ms) filter (where is_prolonged and remaining > 0) as prolonged_ms,
         array_agg(ends_ms) filter (where not is_prolonged and remaining > 0) as left_ms
  from (
    select *, case when is_filled then remaining + asked.amount else remaining end as held,
           case when is_prolonged then ${msOf('$6')} else ends_ms end as ends_then_ms,
           case when is_prolonged then json_strip_nulls(json_build_object('lot', lot_id, 'unit', unit, 'kind', kind,
             'granted', granted_ms, 'ends', ${msOf('$6')}, 'origin_owner', origin_owner_id, 'origin_lot', origin_lot_id))
             else terms end as terms_then
    from (
      select *, is_prolonged and kind = $4 and row_number() over (
        partition by is_prolonged and kind = $4 order by ends_ms, granted_ms, lot_id) = 1 as is_filled
      from (select *, unit = $3 and ends_ms > ${msOf('$7')} as is_prolonged from ${LOTS}) as lot
    ) as marked
  ) as become`;

const addToLots: Statement = {
  name: 'ledger-bulk-add',
  text: `with brought as materialized (
           select o.ctid as place, owner_id, o.last_in, asked.amount, present.*, ${nthId('$8', '$9')} as new_id,
                  ${nthId('$10', '$11')} as entry_id
           from unnest($1::uuid[], $2::bigint[]) with ordinality as asked (owner_id, amount, n)
           join ledger_owner o using (owner_id)
           cross join lateral (${lotsThen}) as present
         ), changed as (
           update ledger_owner o
           set lots = case when brought.lot_id is not null then brought.lots else ${withLot('brought.lots', {
             id: 'new_id',
             unit: '$3',
             kind: '$4',
             grantedMs: msOf('$5'),
             endsMs: msOf('$6'),
           })} end,
             remaining = case when brought.lot_id is not null then brought.remaining
                 else brought.remaining || amount end,
             ends_next_ms = case when brought.lot_id is not null then brought.ends_next_ms
                 else least(brought.ends_next_ms, ${msOf('$6')}) end,
             last_in = entry_id
           from brought where o.ctid = brought.place
         ), over as (
           delete from ledger_ending e
           using (select distinct owner_id, ms from brought cross join lateral unnest(prolonged_ms) as ms
                  where ms <> ${msOf('$6')} and ms <> all (coalesce(left_ms, '{}'))) as gone
           where e.ends_ms = gone.ms and e.owner_id = gone.owner_id
         ), ending as (
           insert into ledger_ending (ends_ms, owner_id)
           select ${msOf('$6')}, owner_id from brought where ${msOf('$6')} <> all (coalesce(prolonged_ms, '{}'))
         )
         insert into ledger_entry (at, entry_id, request_scope, request_id, reason, unit, amount,
           to_owner_id, to_lot_id, to_lot_after, to_previous)
         select $7, entry_id, $12, $13, $14, $3, amount, owner_id, coalesce(lot_id, new_id), held, last_in
         from brought`,
};

/** The statements of a bulk on a connection that is in a transaction. */
export function createBulk(conversation: Conversation, now: Temporal.Instant): Bulk {
  return {
    async lock(ownerIds) {
      await lock(conversation, ownerIds);
    },
    asker: conversation,
    teller: conversation.teller,
    now,
    takeEnded(ownerIds, unit, endedBy, { scope, requestId }) {
      const entries = newIdRow();
      conversation.tell(takeEndedLots, [
        uuidArray(ownerIds),
        unit,
        endedBy.toString(),
        now.toString(),
        entries.prefix,
        entries.first,
        scope,
        requestId,
      ]);
    },
    bringEach(ownerIds, lot, { scope, requestId }) {
      const lots = newIdRow();
      const entries = newIdRow();
      conversation.tell(bringIntoLots, [
        uuidArray(ownerIds),
        lots.prefix,
        lots.first,
        lot.unit,
        lot.kind,
        lot.amount,
        lot.grantedAt.toString(),
        lot.expiresAt.toString(),
        now.toString(),
        entries.prefix,
        entries.first,
        scope,
        requestId,
        lot.source,
      ]);
    },
    addEach(shares, lot, { scope, requestId }) {
      const lots = newIdRow();
      const entries = newIdRow();
      conversation.tell(addToLots, [
        uuidArray(shares.map(({ ownerId }) => ownerId)),
        plainArray(shares.map(({ amount }) => amount)),
        lot.unit,
        lot.kind,
        lot.grantedAt.toString(),
        lot.expiresAt.toString(),
        now.toString(),
        lots.prefix,
        lots.first,
        entries.prefix,
        entries.first,
        scope,
        requestId,
        lot.source,
      ]);
    },
  };
}

/** How often a bulk is run again when another transaction was in its way. */
const AGAIN_AT_MOST = 5;

/**
 * Runs a bulk in a transaction on a connection of its own, beside the batches. The work must be repeatable: it is run again if
 * another transaction was in the way, and if the connection breaks the caller does not learn whether it took effect.
 */
export async function runBulk<T>(pool: pg.Pool, clock: Clock, work: (bulk: Bulk) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const conversation = await startConversation(pool);
    let isGood = true;
    try {
      // Sent in front of the work's first statement; if it fails, so does everything after it.
      conversation.begin().catch(() => undefined);
      const result = await work(createBulk(conversation, clock.now()));
      await conversation.commit();
      return result;
    } catch (error) {
      isGood = await conversation.rollback();
      if (remedyFor(error) !== 'again' || attempt === AGAIN_AT_MOST) throw error;
    } finally {
      conversation.leave(!isGood);
    }
  }
}
