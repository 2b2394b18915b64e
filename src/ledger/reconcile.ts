import { Temporal } from 'temporal-polyfill';
import { type Db, runnerOf, type SqlRunner } from '../infra/db/index.ts';
import type { Finding } from './said.ts';
import { lookAtNew } from './seen.ts';
import { type Check, verifyByItself, verifyLedger } from './verify.ts';

const EVERY = Temporal.Duration.from({ hours: 1 });
const KEPT = Temporal.Duration.from({ hours: 24 * 30 });
const FINDINGS_KEPT = 20;

/**
 * Where a check begins: after the last one, as every hour; or at the beginning of the journal, which is for a quiet hour or for a
 * copy of the database.
 */
export type LookFrom = 'last-look' | 'beginning';

/**
 * Checks the ledger and stores the findings, by which `isPaused` answers from then on. What a check from the beginning has found
 * stands until the next check from the beginning, since hourly checks do not go back that far.
 *
 * @param more the features' checks of their own lots.
 * @param stopping ends a check after the last one between two portions, by its reason; nothing is stored then.
 */
export async function reconcile(
  db: Db,
  now: Temporal.Instant,
  { more, from, stopping }: { more: readonly Check[]; from: LookFrom; stopping?: AbortSignal | undefined },
): Promise<readonly Finding[]> {
  const { findings, entriesRead } =
    from === 'beginning' ? await lookAtAll(db, more) : await lookAtLatest(db, more, stopping);
  const sql = runnerOf(db);
  await sql.query(
    `insert into ledger_check (checked_at, finding_count, findings, entries_read) values ($1, $2, $3, $4)
     on conflict (checked_at) do update set finding_count = excluded.finding_count, findings = excluded.findings,
       entries_read = excluded.entries_read`,
    [now.toString(), findings.length, JSON.stringify(findings.slice(0, FINDINGS_KEPT)), entriesRead],
  );
  await sql.query(
    `delete from ledger_check where checked_at < $1
       and checked_at is distinct from (select max(checked_at) from ledger_check where entries_read is null)`,
    [now.subtract(KEPT).toString()],
  );
  return findings;
}

interface Look {
  readonly findings: readonly Finding[];
  /** Null if the journal was read from its beginning. */
  readonly entriesRead: number | null;
}

async function lookAtAll(db: Db, more: readonly Check[]): Promise<Look> {
  return { findings: await inOneState(db, (sql) => verifyLedger(sql, more)), entriesRead: null };
}

async function lookAtLatest(db: Db, more: readonly Check[], stopping: AbortSignal | undefined): Promise<Look> {
  const { findings, entriesRead } = await lookAtNew(runnerOf(db), { more, stopping });
  const others = await verifyByItself(runnerOf(db), more);
  return { findings: [...(await standing(runnerOf(db))), ...findings, ...others], entriesRead };
}

/** Reads one state of the database, however much is moved meanwhile. */
function inOneState<Found>(db: Db, read: (sql: SqlRunner) => Promise<Found>): Promise<Found> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => read(runnerOf(tx)));
}

/** The findings of the last check from the beginning (the first few, if there were many). */
async function standing(sql: SqlRunner): Promise<readonly Finding[]> {
  const [last] = await sql.query<{ findings: readonly Finding[] }>(
    'select findings from ledger_check where entries_read is null order by checked_at desc limit 1',
  );
  return last?.findings ?? [];
}

/** The result of a check; of many findings only the first are kept. */
export interface LedgerCheck {
  readonly checkedAt: Temporal.Instant;
  readonly findingCount: number;
  readonly findings: readonly Finding[];
  /** How many entries it read; null if it read the journal from its beginning. */
  readonly entriesRead: number | null;
}

/** The last check; null before the first. */
export async function lastCheck(sql: SqlRunner): Promise<LedgerCheck | null> {
  const [last] = await sql.query<LedgerCheck>(
    `select checked_at as "checkedAt", finding_count as "findingCount", findings, entries_read as "entriesRead"
     from ledger_check order by checked_at desc limit 1`,
  );
  return last ?? null;
}

/**
 * An SQL expression: whether the last check found something, in which case nothing should be given away. For statements that ask
 * for other things as well.
 */
export const pausedSql = `coalesce((select finding_count > 0 from ledger_check order by checked_at desc limit 1), false)`;

/** Asks this alone. */
export async function isPaused(sql: SqlRunner): Promise<boolean> {
  const [last] = await sql.query<{ isPaused: boolean }>(`select ${pausedSql} as "isPaused"`);
  return last?.isPaused ?? false;
}

/** The hourly check, as a job. `onChecked` is called after every check, also if nothing was found. */
export function hourlyReconciliation(deps: {
  db: Db;
  checks?: readonly Check[];
  onChecked(findings: readonly Finding[]): void;
}) {
  return {
    name: 'ledger.reconcile',
    everySeconds: 60,
    async run(now: Temporal.Instant, stopping?: AbortSignal): Promise<number> {
      const [last] = await runnerOf(deps.db).query<{ at: Temporal.Instant | null }>(
        'select max(checked_at) as at from ledger_check',
      );
      if (last?.at && Temporal.Instant.compare(last.at.add(EVERY), now) > 0) return 0;
      deps.onChecked(await reconcile(deps.db, now, { more: deps.checks ?? [], from: 'last-look', stopping }));
      return 1;
    },
  };
}
