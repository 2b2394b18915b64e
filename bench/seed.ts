import type pg from 'pg';

/** Owners with one lot each, brought in through the journal as everything is. Answers their ids. */
export async function seedOwners(pool: pg.Pool, count: number, eachHolds: number): Promise<readonly string[]> {
  await pool.query('truncate ledger_entry, ledger_lot, ledger_owner, idempotent_request cascade');
  await pool.query(
    `create temporary table made as select gen_random_uuid() as owner_id, gen_random_uuid() as lot_id
       from generate_series(1, ${count});
     insert into ledger_owner select owner_id from made;
     insert into ledger_lot select owner_id, lot_id, 'byte', 'base', ${eachHolds}, now(), now() + interval '60 days' from made;
     insert into ledger_entry (entry_id, at, request_scope, request_id, reason, unit, amount, to_owner_id, to_lot_id, to_lot_after)
       select gen_random_uuid(), now(), 'seed', owner_id, 'plan-grant', 'byte', ${eachHolds}, owner_id, lot_id, ${eachHolds} from made;
     drop table made`,
  );
  await pool.query('vacuum analyze');
  const { rows } = await pool.query<{ owner_id: string }>('select owner_id from ledger_owner');
  return rows.map((row) => row.owner_id);
}
