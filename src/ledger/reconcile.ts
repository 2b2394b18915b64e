import { Temporal } from 'temporal-polyfill';
import { type Db, runnerOf, type SqlRunner } from '../infra/db/index.ts';
import type { Finding } from './said.ts';
import { lookAtNew } from './seen.ts';
import { type Check, verifyByItself, verifyLedger } from './verify.ts';

const EVERY = Temporal.Duration.from({ hours: 1 });
const KEPT = Temporal.Duration.from({ hours: 24 * 30 });
const FINDINGS_KEPT = 20;

/** Where a look at the ledger begins: behind the last look, as each hour; or at the beginning of the journal, which is for a quiet hour, or a copy. */
export type LookFrom = 'last-look' | 'beginning';

/**
 * Looks at the ledger and writes down what was found: from then on `isPaused` answers by it. What a look from the beginning
 * has found stands until another finds it mended, for later ones do not go back to it.
 *
 * @param more what features know of their own lots.
 */
export async function reconcile(
  db: Db,
  now: Temporal.Instant,
  { more, from }: { more: readonly Check[]; from: LookFrom },
): Promise<readonly Finding[]> {
  const { findings, entriesRead } = from === 'beginning' ? await lookAtAll(db, more) : await lookAtLatest(db, more);
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
  /** Null where the journal was read from its beginning. */
  readonly entriesRead: number | null;
}

async function lookAtAll(db: Db, more: readonly Check[]): Promise<Look> {
  return { findings: await inOneState(db, (sql) => verifyLedger(sql, more)), entriesRead: null };
}

async function lookAtLatest(db: Db, more: readonly Check[]): Promise<Look> {
  const { findings, entriesRead } = await lookAtNew(runnerOf(db), { more });
  const others = await verifyByItself(runnerOf(db), more);
  return { findings: [...(await standing(runnerOf(db))), ...findings, ...others], entriesRead };
}

/** Of one state, however much is moved meanwhile. */
function inOneState<Found>(db: Db, read: (sql: SqlRunner) => Promise<Found>): Promise<Found> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => read(runnerOf(tx)));
}

/** What the last look from the beginning has found, of much the first. */
async function standing(sql: SqlRunner): Promise<readonly Finding[]> {
  const [last] = await sql.query<{ findings: readonly Finding[] }>(
    'select findings from ledger_check where entries_read is null order by checked_at desc limit 1',
  );
  return last?.findings ?? [];
}

/** What a look at the ledger found; of many findings the first. */
export interface LedgerCheck {
  readonly checkedAt: Temporal.Instant;
  readonly findingCount: number;
  readonly findings: readonly Finding[];
  /** How many entries it has read; null where it read the journal from its beginning. */
  readonly entriesRead: number | null;
}

/** The last look; null before the first. */
export async function lastCheck(sql: SqlRunner): Promise<LedgerCheck | null> {
  const [last] = await sql.query<LedgerCheck>(
    `select checked_at as "checkedAt", finding_count as "findingCount", findings, entries_read as "entriesRead"
     from ledger_check order by checked_at desc limit 1`,
  );
  return last ?? null;
}

/**
 * Whether the ledger did not agree with itself when it was last looked at: then nothing should be given away. For a
 * statement of a batch that asks for other things as well.
 */
export const pausedSql = `coalesce((select finding_count > 0 from ledger_check order by checked_at desc limit 1), false)`;

/** The same by itself. */
export async function isPaused(sql: SqlRunner): Promise<boolean> {
  const [last] = await sql.query<{ isPaused: boolean }>(`select ${pausedSql} as "isPaused"`);
  return last?.isPaused ?? false;
}

/** The hourly look, as a job. `onChecked` hears of every look, also that all is well. */
export function hourlyReconciliation(deps: {
  db: Db;
  checks?: readonly Check[];
  onChecked(findings: readonly Finding[]): void;
}) {
  return {
    name: 'ledger.reconcile',
    everySeconds: 60,
    async run(now: Temporal.Instant): Promise<number> {
      const [last] = await runnerOf(deps.db).query<{ at: Temporal.Instant | null }>(
        'select max(checked_at) as at from ledger_check',
      );
      if (last?.at && Temporal.Instant.compare(last.at.add(EVERY), now) > 0) return 0;
      deps.onChecked(await reconcile(deps.db, now, { more: deps.checks ?? [], from: 'last-look' }));
      return 1;
    },
  };
}
