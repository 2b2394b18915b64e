import { systemClock } from './base/clock.ts';
import { importItems } from './features/billing/index.ts';
import { createCalendar } from './features/data/index.ts';
import { runImport } from './import-command.ts';
import { openDatabase } from './infra/db/index.ts';
import { loadOperator } from './operator-folder.ts';

// `npm run bills:import -- calls.csv --source rating`: puts a file of calls and corrections onto bills.

await runImport({ name: 'bills:import', source: 'csv', verb: { done: 'taken', would: 'take' } }, async (url, asked) => {
  const database = openDatabase({ url, poolSize: 2, applicationName: 'renkei bills:import' });
  try {
    const operator = loadOperator(process.env.OPERATOR_DIR ?? 'operator');
    const calendar = createCalendar(operator.timeZone);
    return await importItems({ db: database.db, clock: systemClock, calendar }, asked);
  } finally {
    await database.close();
  }
});
