import type { SqlRunner } from '../infra/db/runner.ts';

/** Something in the ledger that cannot be, in words, with the ids to look at. */
export interface Finding {
  readonly check: string;
  /** The same; missing in what was found before it was kept. */
  readonly inJapanese?: string;
  readonly says: string;
}

/** What must hold, and a statement that answers a row (`says`) for each time it does not. */
export interface Check {
  readonly check: string;
  /** The same sentence for staff. */
  readonly inJapanese: string;
  readonly text: string;
}

/** They read whole tables: for a quiet hour, or a copy. */
const checks: readonly Check[] = [
  {
    check: 'a lot holds what came in less what went out',
    inJapanese: 'ひとまとまりの残りは、入った量から出た量を引いたものと同じです。',
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
           where remaining <> coalesce(amount, 0)`,
  },
  {
    check: 'nothing is below zero',
    inJapanese: '残りも、動いた量も、0より小さくなりません。',
    text: `select format('lot %s of owner %s holds %s', lot_id, owner_id, remaining) as says
           from ledger_lot where remaining < 0
           union all
           select format('entry %s moves %s and leaves %s and %s', entry_id, amount,
                         coalesce(from_lot_after::text, 'a source'), coalesce(to_lot_after::text, 'a sink'))
           from ledger_entry where amount <= 0 or from_lot_after < 0 or to_lot_after < 0`,
  },
  {
    check: 'an entry names lots that exist, in their unit',
    inJapanese: '記録には、実際にあるまとまりが、その単位で書かれています。',
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
    check: 'a lot has an owner',
    inJapanese: 'どのまとまりにも、持ち主がいます。',
    text: `select format('lot %s belongs to owner %s, which does not exist', lot_id, owner_id) as says
           from ledger_lot left join ledger_owner using (owner_id) where ledger_owner.owner_id is null`,
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
 * Reads the journal against the lots and answers everything that does not agree; nothing, when all is well.
 * `more` is what features know of their own lots. While commands are under way, hand in a transaction of isolation level `repeatable read`, so that all checks see one state.
 */
export async function verifyLedger(sql: SqlRunner, more: readonly Check[] = []): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { text, ...said } of [...checks, ...more]) {
    for (const { says } of await sql.query<{ says: string }>(text)) findings.push({ ...said, says });
  }
  return findings;
}
