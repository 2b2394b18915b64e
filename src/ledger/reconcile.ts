import { Temporal } from 'temporal-polyfill';
import { type Db, runnerOf, type SqlRunner } from '../infra/db/index.ts';
import { type Check, type Finding, verifyLedger } from './verify.ts';

const EVERY = Temporal.Duration.from({ hours: 1 });
const KEPT = Temporal.Duration.from({ hours: 24 * 30 });
const FINDINGS_KEPT = 20;

/** Reads the journal against the lots and writes down what was found: from then on `isPaused` answers by it. */
export async function reconcile(
  db: Db,
  now: Temporal.Instant,
  more: readonly Check[] = [],
): Promise<readonly Finding[]> {
  // One state for all checks, however much is moved meanwhile.
  const findings = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => verifyLedger(runnerOf(tx), more));
  const sql = runnerOf(db);
  await sql.query(
    `insert into ledger_check (checked_at, finding_count, findings) values ($1, $2, $3)
     on conflict (checked_at) do update set finding_count = excluded.finding_count, findings = excluded.findings`,
    [now.toString(), findings.length, JSON.stringify(findings.slice(0, FINDINGS_KEPT))],
  );
  await sql.query('delete from ledger_check where checked_at < $1', [now.subtract(KEPT).toString()]);
  return findings;
}

/** What a look at the ledger found; of many findings the first. */
export interface LedgerCheck {
  readonly checkedAt: Temporal.Instant;
  readonly findingCount: number;
  readonly findings: readonly Finding[];
}

/** The last look; null before the first. */
export async function lastCheck(sql: SqlRunner): Promise<LedgerCheck | null> {
  const [last] = await sql.query<LedgerCheck>(
    `select checked_at as "checkedAt", finding_count as "findingCount", findings
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
      deps.onChecked(await reconcile(deps.db, now, deps.checks));
      return 1;
    },
  };
}
