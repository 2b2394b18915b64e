import { Temporal } from 'temporal-polyfill';
import { firstIdAt, msOfId, newId } from '../base/ids.ts';
import { addMonths, type Month, monthOf, startOfMonth } from '../base/operator-month.ts';
import { type Db, runnerOf, type SqlRunner } from '../infra/db/index.ts';

/** A bound must not move with a setting: where days begin for people is the operator's choice. */
const ZONE = 'UTC';

/** Months ahead of the present one that have a table of the journal. */
const AHEAD = 3;

/** Who makes months holds this lock: one process at a time, whoever it is run by. */
const LOCK = `hashtextextended('ledger journal months', 0)`;

/**
 * To wait for a lock is to have everybody behind us wait, too. Whatever reads the whole journal (the look at the ledger)
 * may hold one for minutes: then the next run does it.
 */
const PATIENCE = `set local lock_timeout = '250ms'`;

/**
 * Makes the journal's tables of the coming months. Months are counted as ids are, by the machine's clock and in UTC, whatever
 * the program's clock says. Movements go on meanwhile: a table is made by itself and attached when it is whole.
 *
 * Should this not have run for so long that months are missing, their entries are in `ledger_entry_rest`. It then becomes the
 * table of all these months as it is, no row is moved, and an empty one takes its place.
 */
export function makeJournalMonths({ db }: { db: Db }) {
  return {
    name: 'ledger.journal-months',
    everySeconds: 600,
    run(): Promise<number> {
      return db.connection().execute(async (connection) => {
        const sql = runnerOf(connection);
        const [locked] = await sql.query<{ isOurs: boolean }>(`select pg_try_advisory_lock(${LOCK}) as "isOurs"`);
        if (!locked?.isOurs) return 0;
        try {
          return (await adoptRest(connection)) + (await makeMonths(connection));
        } finally {
          await sql.query(`select pg_advisory_unlock(${LOCK})`);
        }
      });
    },
  };
}

/** The first month that none was made for yet. */
async function endOfMonths(sql: SqlRunner): Promise<Month> {
  const [made] = await sql.query<{ end: string | null }>(
    `select max(substring(pg_get_expr(relpartbound, oid) from $$TO \\('(.+)'\\)$$) collate "C") as end
     from pg_inherits join pg_class on oid = inhrelid where inhparent = 'ledger_entry'::regclass`,
  );
  return monthOfId(made?.end ?? newId());
}

async function makeMonths(db: Db): Promise<number> {
  let made = 0;
  const last = addMonths(monthOfId(newId()), AHEAD);
  for (let month = await endOfMonths(runnerOf(db)); month <= last; month = addMonths(month, 1)) {
    const table = `ledger_entry_${asName(month)}`;
    await alone(db, [
      // `partition of` would have everybody wait who reads or writes the journal.
      `create table ${table} (like ledger_entry including all excluding indexes)`,
      notEmptied(table),
      `alter table ledger_entry attach partition ${table} ${boundsOf(month, addMonths(month, 1))}`,
    ]);
    made += 1;
  }
  return made;
}

/** Gives a month to what lies in the rest, if anything does. Answers how many tables came of it. */
async function adoptRest(db: Db): Promise<number> {
  const sql = runnerOf(db);
  const [rest] = await sql.query<{ oldest: string | null; newest: string | null }>(
    `select (select entry_id from ledger_entry_rest order by entry_id limit 1) as oldest,
            (select entry_id from ledger_entry_rest order by entry_id desc limit 1) as newest`,
  );
  const from = await endOfMonths(sql);
  // Older than all months: of one that was taken away. It is read where it is.
  if (!rest?.oldest || !rest.newest || monthOfId(rest.oldest) < from) return 0;

  // A whole month of room: while the rows are checked, the rest takes no entry from beyond the end.
  const end = addMonths([monthOfId(rest.newest), monthOfId(newId())].sort()[1] ?? from, 2);
  const table = `ledger_entry_until_${asName(end)}`;
  await alone(db, [
    'alter table ledger_entry_rest drop constraint if exists its_months',
    `alter table ledger_entry_rest add constraint its_months
       check (entry_id >= '${firstIdOf(from)}' and entry_id < '${firstIdOf(end)}') not valid`,
  ]);
  await sql.query('alter table ledger_entry_rest validate constraint its_months');
  await alone(db, [
    'alter table ledger_entry detach partition ledger_entry_rest',
    `alter table ledger_entry_rest rename constraint ledger_entry_rest_pkey to ${table}_pkey`,
    `alter table ledger_entry_rest rename to ${table}`,
    `alter table ledger_entry attach partition ${table} ${boundsOf(from, end)}`,
    `alter table ${table} drop constraint its_months`,
    'create table ledger_entry_rest partition of ledger_entry default',
    notEmptied('ledger_entry_rest'),
  ]);
  return 1;
}

/** No part of the journal is emptied (0282_journal_not_emptied.sql); that rows stay as they are, the journal hands down itself. */
const notEmptied = (table: string) =>
  `create trigger ledger_entry_not_emptied before truncate on ${table} for each statement
     when (current_setting('renkei.emptying', true) is distinct from 'on') execute function refuse_change('ledger_entry')`;

/** All of it or nothing, and at once or not now. */
async function alone(db: Db, statements: readonly string[]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const statement of [PATIENCE, ...statements]) await runnerOf(tx).query(statement);
  });
}

const boundsOf = (from: Month, end: Month) => `for values from ('${firstIdOf(from)}') to ('${firstIdOf(end)}')`;

const firstIdOf = (month: Month) => firstIdAt(startOfMonth(month, ZONE).epochMilliseconds);

const monthOfId = (id: string): Month => monthOf(Temporal.Instant.fromEpochMilliseconds(msOfId(id)), ZONE);

const asName = (month: Month) => month.replace('-', '_');
