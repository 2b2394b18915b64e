import { parseArgs } from 'node:util';
import type { ImportSummary } from './infra/csv/csv-file.ts';

/** What a command that takes a CSV file was asked for. */
export interface FileAsked {
  readonly path: string;
  readonly source: string;
  readonly isDryRun: boolean;
  readonly reportPath: string;
  onProgress(summary: ImportSummary): void;
}

/**
 * Runs `npm run <name> -- file.csv [--dry-run] [--source name] [--report file]` on the database of DATABASE_URL. Exits 1
 * when rows were rejected, 2 when nothing could be read.
 */
export async function runImport(
  { name, source, verb }: { name: string; source: string; verb: { done: string; would: string } },
  work: (url: string, asked: FileAsked) => Promise<ImportSummary>,
): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      source: { type: 'string', default: source },
      report: { type: 'string' },
    },
  });
  const [path] = positionals;
  const url = process.env.DATABASE_URL;
  if (path === undefined || positionals.length > 1 || !url) {
    const usage = `npm run ${name} -- file.csv [--dry-run] [--source name] [--report rejected.csv]`;
    console.error(url ? usage : 'Set DATABASE_URL to the database that the file is for.');
    process.exitCode = 2;
    return;
  }
  const isDryRun = values['dry-run'];
  const reportPath = values.report ?? `${path}.rejected.csv`;
  const began = performance.now();
  const onProgress = ({ rows, rejected }: ImportSummary) => {
    const perSecond = Math.round(rows / ((performance.now() - began) / 1_000));
    const said = `${rows} rows, ${rejected} rejected, ${perSecond} a second`;
    process.stderr.write(process.stderr.isTTY ? `\r${said}   ` : `${said}\n`);
  };
  try {
    const summary = await work(url, { path, source: values.source, isDryRun, reportPath, onProgress });
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
  }
}
