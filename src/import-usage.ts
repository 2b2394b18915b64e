import { systemClock } from './base/clock.ts';
import { usageImporter } from './features/data/index.ts';
import { runImport } from './import-command.ts';
import { openDatabase } from './infra/db/index.ts';
import { createLedger, ledgerSettings } from './ledger/index.ts';
import { loadOperator } from './operator-folder.ts';

// `npm run usage:import -- file.csv`: counts a file of usage by the rules of the feed.

await runImport(
  { name: 'usage:import', source: 'csv', verb: { done: 'counted', would: 'count' } },
  async (url, asked) => {
    const database = openDatabase({ url, poolSize: 4, applicationName: 'renkei usage:import' });
    const lane = openDatabase({ url, poolSize: 2, applicationName: 'renkei usage:import', settings: ledgerSettings });
    const ledger = createLedger({ pool: lane.pool, clock: systemClock });
    try {
      const operator = loadOperator(process.env.OPERATOR_DIR ?? 'operator');
      return await usageImporter({ db: database.db, clock: systemClock, operator, ledger })(asked);
    } finally {
      await ledger.stop();
      await Promise.all([lane.close(), database.close()]);
    }
  },
);
