import { parseArgs } from 'node:util';
import type { ImportSummary } from '../infra/csv/csv-file.ts';
import type { Database } from '../infra/db/index.ts';
import { databaseFor } from './database.ts';

/** What a command that takes a CSV file was asked for. */
interface FileAsked {
  readonly path: string;
  readonly source: string;
  readonly isDryRun: boolean;
  readonly reportPath: string;
  onProgress(summary: ImportSummary): void;
  onIgnored(columns: readonly string[]): void;
}

/**
 * Runs `npm run <command> -- file.csv [--dry-run] [--source name] [--report file]`. Exits 1 when rows were rejected, 2 when
 * nothing could be read.
 */
export async function importFile(
  { command, verb }: { command: string; verb: { done: string; would: string } },
  work: (database: Database, asked: FileAsked) => Promise<ImportSummary>,
): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      source: { type: 'string', default: 'csv' },
      report: { type: 'string' },
    },
  });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) {
    console.error(`npm run ${command} -- file.csv [--dry-run] [--source name] [--report rejected.csv]`);
    process.exitCode = 2;
    return;
  }
  const isDryRun = values['dry-run'];
  const reportPath = values.report ?? `${path}.rejected.csv`;
  const database = await databaseFor(command, { poolSize: 4 });
  try {
    const summary = await work(database, {
      path,
      source: values.source,
      isDryRun,
      reportPath,
      onProgress: progressMeter(),
      onIgnored: (columns) => console.error(`columns that are not read: ${columns.join(', ')}`),
    });
    if (process.stderr.isTTY) process.stderr.write('\n');
    const { accepted, duplicates, rejected } = summary;
    console.log(
      isDryRun
        ? `would ${verb.would} ${accepted} rows; ${duplicates} are ${verb.done} already, ${rejected} would be rejected; nothing was written`
        : `${verb.done} ${accepted} rows; ${duplicates} were ${verb.done} already, ${rejected} were rejected`,
    );
    if (rejected > 0) {
      console.log(`why, line by line: ${reportPath}`);
      process.exitCode = 1;
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  } finally {
    await database.close();
  }
}

/** Says on standard error how far the import is: one line that changes on a terminal, else a line each time. */
function progressMeter(): (summary: ImportSummary) => void {
  const began = performance.now();
  return ({ rows, rejected }) => {
    const perSecond = Math.round(rows / ((performance.now() - began) / 1_000));
    const said = `${rows} rows, ${rejected} rejected, ${perSecond} a second`;
    process.stderr.write(process.stderr.isTTY ? `\r${said}   ` : `${said}\n`);
  };
}
