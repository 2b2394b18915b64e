import { parseArgs } from 'node:util';
import { systemClock } from './base/clock.ts';
import { usageImporter } from './features/data/index.ts';
import { openDatabase } from './infra/db/index.ts';
import { createLedger, ledgerSettings } from './ledger/index.ts';
import { loadOperator } from './operator-folder.ts';

// `npm run usage:import -- file.csv [--dry-run] [--source name] [--report file]`: counts a file of usage in the database
// of DATABASE_URL, by the rules of the feed. Exits 1 when rows were rejected, 2 when nothing could be read.

const USAGE = 'npm run usage:import -- file.csv [--dry-run] [--source name] [--report rejected.csv]';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'dry-run': { type: 'boolean', default: false },
    source: { type: 'string', default: 'csv' },
    report: { type: 'string' },
  },
});
const [path] = positionals;
const url = process.env.DATABASE_URL;
if (path === undefined || positionals.length > 1 || !url) {
  console.error(url ? USAGE : 'Set DATABASE_URL to the database in which the usage is to be counted.');
  process.exit(2);
}

const isDryRun = values['dry-run'];
const reportPath = values.report ?? `${path}.rejected.csv`;
const database = openDatabase({ url, poolSize: 4, applicationName: 'renkei usage:import' });
const lane = openDatabase({ url, poolSize: 2, applicationName: 'renkei usage:import', settings: ledgerSettings });
const ledger = createLedger({ pool: lane.pool, clock: systemClock });
try {
  const operator = loadOperator(process.env.OPERATOR_DIR ?? 'operator');
  const importFile = usageImporter({ db: database.db, clock: systemClock, operator, ledger });
  const began = performance.now();
  const summary = await importFile({
    path,
    source: values.source,
    isDryRun,
    reportPath,
    onProgress: ({ rows, rejected }) => {
      const perSecond = Math.round(rows / ((performance.now() - began) / 1_000));
      const said = `${rows} rows, ${rejected} rejected, ${perSecond} a second`;
      process.stderr.write(process.stderr.isTTY ? `\r${said}   ` : `${said}\n`);
    },
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  const { accepted, duplicates, rejected } = summary;
  console.log(
    isDryRun
      ? `would count ${accepted} rows; ${duplicates} are counted already, ${rejected} would be rejected; nothing was written`
      : `counted ${accepted} rows; ${duplicates} were counted already, ${rejected} were rejected`,
  );
  if (rejected > 0) {
    console.log(`why, line by line: ${reportPath}`);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
} finally {
  await ledger.stop();
  await Promise.all([lane.close(), database.close()]);
}
