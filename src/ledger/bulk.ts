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
import { lock } from './tables.ts';

/** The same for many owners, in one transaction of its own: said once, and written owner by owner by the database. */
export interface Bulk {
  /** Locks the owners in id order. What is asked behind it is what the last holder of the locks left. */
  lock(ownerIds: readonly string[]): Promise<void>;
  /** Asks within the transaction. */
  readonly asker: SqlRunner;
  /** Sends and does not wait, as a family's `save` does. */
  readonly teller: SqlRunner;
  /** When it is: whatever it enters is of this moment. */
  readonly now: Temporal.Instant;
  /** Takes out of the book what has ended by then. */
  takeEnded(ownerIds: readonly string[], unit: Unit, endedBy: Temporal.Instant, cause: Cause): void;
  /** Opens such a lot for each owner and brings the amount into it. */
  bringEach(ownerIds: readonly string[], lot: LotForEach & { readonly amount: number }, cause: Cause): void;
  /**
   * Brings each its amount, into the lot of this kind that it has and that has not ended, else into a new one. All that it
   * has of the unit and that has not ended is prolonged: it ends when such a lot does.
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

/** What the journal says of what caused it. */
export interface Cause {
  readonly scope: string;
  readonly requestId: string;
}

/** The id of the nth row of an id row (`newIdRow`). */
const nthId = (prefix: string, first: string) =>
  `(${prefix}::text || lpad(to_hex(${first}::bigint + n), 12, '0'))::uuid`;

/** A lot is written where it was found: as long as its owner is locked it stays there. */
const takeEndedLots: Statement = {
  name: 'ledger-bulk-take-ended',
  text: `with ended as materialized (
           select ctid as place, owner_id, lot_id, remaining, row_number() over () as n
           from ledger_lot
           where owner_id = any($1::uuid[]) and unit = $2 and remaining > 0 and expires_at <= $3
         ), emptied as (
           update ledger_lot set remaining = 0 from ended where ledger_lot.ctid = ended.place
         )
         insert into ledger_entry (at, entry_id, request_scope, request_id, reason, unit, amount,
           from_owner_id, from_lot_id, from_lot_after)
         select $4, ${nthId('$5', '$6')}, $7, $8, 'expiry', $2, remaining, owner_id, lot_id, 0
         from ended`,
};

const bringIntoLots: Statement = {
  name: 'ledger-bulk-bring',
  text: `with opened as materialized (
           select owner_id, ${nthId('$2', '$3')} as lot_id, n
           from unnest($1::uuid[]) with ordinality as asked (owner_id, n)
         ), lots as (
           insert into ledger_lot (owner_id, lot_id, unit, kind, remaining, granted_at, expires_at)
           select owner_id, lot_id, $4, $5, $6::bigint, $7::timestamptz, $8::timestamptz from opened
         )
         insert into ledger_entry (at, entry_id, request_scope, request_id, reason, unit, amount,
           to_owner_id, to_lot_id, to_lot_after)
         select $9, ${nthId('$10', '$11')}, $12, $13, $14, $4, $6::bigint, owner_id, lot_id, $6::bigint
         from opened`,
};

/** Of several lots of the kind the one that is used first, by the order of the book; there is one at most where rules see to it. */
const addToLots: Statement = {
  name: 'ledger-bulk-add',
  text: `with asked as materialized (
           select owner_id, amount from unnest($1::uuid[], $2::bigint[]) as asked (owner_id, amount)
         ), present as materialized (
           select lot.ctid as place, lot.owner_id,
                  case when lot.kind = $4 and row_number() over (
                    partition by lot.owner_id, lot.kind order by lot.expires_at, lot.granted_at, lot.lot_id
                  ) = 1 then asked.amount end as amount
           from asked join ledger_lot lot on lot.owner_id = asked.owner_id
           where lot.unit = $3 and lot.expires_at > $7
         ), prolonged as (
           update ledger_lot lot set expires_at = $6::timestamptz, remaining = lot.remaining + coalesce(present.amount, 0)
           from present where lot.ctid = present.place
           returning lot.owner_id, lot.lot_id, present.amount, lot.remaining as held
         ), without as materialized (
           select owner_id, amount, row_number() over () as n from asked
           where owner_id not in (select owner_id from present where amount is not null)
         ), opened as (
           insert into ledger_lot (owner_id, lot_id, unit, kind, remaining, granted_at, expires_at)
           select owner_id, ${nthId('$8', '$9')}, $3, $4, amount, $5::timestamptz, $6::timestamptz from without
           returning owner_id, lot_id, remaining as amount, remaining as held
         ), brought as materialized (
           select *, row_number() over () as n
           from (select * from prolonged where amount is not null union all select * from opened) as lots
         )
         insert into ledger_entry (at, entry_id, request_scope, request_id, reason, unit, amount,
           to_owner_id, to_lot_id, to_lot_after)
         select $7, ${nthId('$10', '$11')}, $12, $13, $14, $3, amount, owner_id, lot_id, held from brought`,
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

/** How often a bulk that others got in the way of is run again. */
const AGAIN_AT_MOST = 5;

/**
 * Runs a bulk in a transaction on a connection of its own, beside the batches. What it does must be repeatable: when
 * another was in the way it is run again, and when the connection breaks its caller does not learn whether it took effect.
 */
export async function runBulk<T>(pool: pg.Pool, clock: Clock, work: (bulk: Bulk) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const conversation = await startConversation(pool);
    let isGood = true;
    try {
      // Sent ahead of what the work asks; if it fails, so does all behind it.
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
