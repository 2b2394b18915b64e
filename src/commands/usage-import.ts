import { systemClock } from '../base/clock.ts';
import { usageImporter } from '../features/data/index.ts';
import { byKeySettings, openDatabase } from '../infra/db/index.ts';
import { createLedger } from '../ledger/index.ts';
import { loadOperator } from '../operator-folder/load-operator.ts';
import { importFile } from './import-file.ts';

// `npm run usage:import -- april.csv --source mvne`: counts a file of usage by the rules of the feed.

const verb = { done: 'counted', would: 'count' };
await importFile({ command: 'usage:import', verb }, async ({ db, url }, asked) => {
  const lane = openDatabase({ url, poolSize: 2, applicationName: 'renkei usage:import', settings: byKeySettings });
  const ledger = createLedger({ pool: lane.pool, clock: systemClock });
  try {
    const operator = loadOperator(process.env.OPERATOR_DIR ?? 'operator');
    return await usageImporter({ db, clock: systemClock, operator, ledger })(asked);
  } finally {
    await ledger.stop();
    await lane.close();
  }
});
