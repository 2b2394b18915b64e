import { Temporal } from 'temporal-polyfill';
import { firstIdAt, msOfId, newId } from '../base/ids.ts';
import { addMonths, type Month, monthOf, startOfMonth } from '../base/operator-month.ts';
import { type Db, runnerOf, type SqlRunner } from '../infra/db/index.ts';

/** Not the operator's time zone: the bounds of tables must not move with a setting. */
const ZONE = 'UTC';

/** For how many months ahead there is a table. */
const AHEAD = 3;

/** Held while tables are made: one process at a time, whoever runs it. */
const LOCK = `hashtextextended('ledger journal months', 0)`;

/**
 * While we wait for a table lock, everybody after us waits, too. Something that reads the whole journal (`ledger:verify`) may hold
 * it for minutes: then we give up, and the next run tries again.
 */
const PATIENCE = `set local lock_timeout = '250ms'`;

/**
 * Makes the journal's tables for the coming months. Months follow the ids: the machine's clock, in UTC, whatever the program's
 * clock says. Movements go on meanwhile, because a table is made separately and attached when it is complete.
 *
 * If this has not run for so long that months are missing, their entries are in `ledger_entry_rest`. That table then becomes, as it
 * is, the table of all these months (no row is moved), and an empty one takes its place.
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

/** The first month that has no table yet. */
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
      // `partition of` would make everybody wait who reads or writes the journal.
      `create table ${table} (like ledger_entry including all excluding indexes)`,
      notEmptied(table),
      `alter table ledger_entry attach partition ${table} ${boundsOf(month, addMonths(month, 1))}`,
    ]);
    made += 1;
  }
  return made;
}

/** Makes the rest the table of its months, if there is anything in it. Answers how many tables were made. */
async function adoptRest(db: Db): Promise<number> {
  const sql = runnerOf(db);
  const [rest] = await sql.query<{ oldest: string | null; newest: string | null }>(
    `select (select entry_id from ledger_entry_rest order by entry_id limit 1) as oldest,
            (select entry_id from ledger_entry_rest order by entry_id desc limit 1) as newest`,
  );
  const from = await endOfMonths(sql);
  // Entries of a month that was taken away stay here; they are read where they are.
  if (!rest?.oldest || !rest.newest || monthOfId(rest.oldest) < from) return 0;

  // With a whole month to spare: entries that come while the rows are checked must fit, too.
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

/** A table of the journal cannot be truncated (0282_journal_not_emptied.sql). The trigger against changed rows is inherited; this one is not. */
const notEmptied = (table: string) =>
  `create trigger ledger_entry_not_emptied before truncate on ${table} for each statement
     when (current_setting('renkei.emptying', true) is distinct from 'on') execute function refuse_change('ledger_entry')`;

/** Runs all statements in one transaction, and fails at once if a lock cannot be had. */
async function alone(db: Db, statements: readonly string[]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const statement of [PATIENCE, ...statements]) await runnerOf(tx).query(statement);
  });
}

const boundsOf = (from: Month, end: Month) => `for values from ('${firstIdOf(from)}') to ('${firstIdOf(end)}')`;

const firstIdOf = (month: Month) => firstIdAt(startOfMonth(month, ZONE).epochMilliseconds);

const monthOfId = (id: string): Month => monthOf(Temporal.Instant.fromEpochMilliseconds(msOfId(id)), ZONE);

const asName = (month: Month) => month.replace('-', '_');
