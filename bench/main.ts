import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { runnerOf } from '../src/infra/db/index.ts';
import { verifyLedger } from '../src/ledger/index.ts';
import { openBenchDatabase } from './database.ts';
import { seedOwners } from './seed.ts';
import { type Comparison, table } from './table.ts';
import { benchTpcB } from './tpc-b.ts';
import { benchTransfers } from './transfer.ts';

// `npm run bench -- --subscriptions 100000 --seconds 1 --rounds 7 --only transfer`
const { values } = parseArgs({
  options: {
    subscriptions: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '7' },
    only: { type: 'string' },
  },
});
const [subscriptions, seconds, rounds] = [values.subscriptions, values.seconds, values.rounds].map(Number);
if (!subscriptions || !seconds || !rounds) throw new RangeError('--subscriptions, --seconds and --rounds are numbers');

const bench = await openBenchDatabase();
try {
  const { rows } = await bench.database.pool.query<{ version: string; fsync: string }>(
    `select current_setting('server_version') as version, current_setting('fsync') as fsync`,
  );
  const questions: Record<string, () => Promise<readonly Comparison[]>> = {
    async transfer() {
      const owners = await seedOwners(bench.database.pool, subscriptions, 1_000);
      const options = { owners, seconds, rounds, waiting: [1, 64, 512], poolSizes: [1, 4, 8, 16, 32] };
      const comparisons = await benchTransfers(bench, options);
      await assertSound(subscriptions * 1_000);
      return comparisons;
    },
    'tpc-b': () => benchTpcB(bench, { seconds, rounds, scale: 10, clients: [1, 8, 32] }),
  };
  const comparisons: Comparison[] = [];
  for (const [name, ask] of Object.entries(questions)) {
    if (values.only === undefined || values.only === name) comparisons.push(...(await ask()));
  }
  console.log(
    `\n${cpus().length} cores, Node ${process.versions.node}, PostgreSQL ${rows[0]?.version}, fsync ${rows[0]?.fsync}, ` +
      `${subscriptions.toLocaleString('en')} owners; medians of ${rounds} rounds of ${seconds} s; ` +
      `peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`,
  );
  console.log(table(comparisons));
} finally {
  await bench.close();
}

/** A figure counts only if nothing was lost on the way to it. */
async function assertSound(expectedSum: number): Promise<void> {
  const findings = await verifyLedger(runnerOf(bench.database.db));
  const { rows } = await bench.database.pool.query<{ sum: number }>(
    'select sum(remaining)::float8 as sum from ledger_lot',
  );
  if (findings.length > 0 || rows[0]?.sum !== expectedSum) {
    throw new Error(`the ledger does not agree after the bench: ${JSON.stringify([rows, findings.slice(0, 5)])}`);
  }
}
