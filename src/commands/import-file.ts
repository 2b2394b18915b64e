import { parseArgs } from 'node:util';
import type { ImportSummary } from '../infra/csv/csv-file.ts';
import type { Database, DatabaseOptions } from '../infra/db/index.ts';
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

interface ImportCommand {
  readonly command: string;
  readonly verb: { readonly done: string; readonly would: string };
  /** How its connections are set. */
  readonly settings?: DatabaseOptions['settings'];
}

/**
 * Runs `npm run <command> -- file.csv [--dry-run] [--source name] [--report file]`. Exits 1 when rows were rejected, 2 when
 * nothing could be read.
 */
export async function importFile(
  { command, verb, settings }: ImportCommand,
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
  const database = await databaseFor(command, { poolSize: 4, settings });
  const meter = progressMeter();
  try {
    const summary = await work(database, {
      path,
      source: values.source,
      isDryRun,
      reportPath,
      onProgress: meter.progress,
      onIgnored: (columns) => console.error(`columns that are not read: ${columns.join(', ')}`),
    });
    meter.end();
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

/** How often a log hears how far the import is; whoever looks on sees each portion. */
const SAID_EVERY_MS = 10_000;

/** Says on standard error how far the import is: one line that changes on a terminal, else one every ten seconds. */
function progressMeter() {
  const began = performance.now();
  let saidAt = began;
  let said = '';
  let isSaid = true;
  return {
    progress({ rows, rejected }: ImportSummary): void {
      const now = performance.now();
      said = `${rows} rows, ${rejected} rejected, ${Math.round(rows / ((now - began) / 1_000))} a second`;
      isSaid = process.stderr.isTTY || now - saidAt > SAID_EVERY_MS;
      if (!isSaid) return;
      saidAt = now;
      process.stderr.write(process.stderr.isTTY ? `\r${said}   ` : `${said}\n`);
    },
    end(): void {
      if (process.stderr.isTTY) process.stderr.write('\n');
      else if (saidAt > began && !isSaid) process.stderr.write(`${said}\n`);
    },
  };
}
