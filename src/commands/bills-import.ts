import { systemClock } from '../base/clock.ts';
import { importItems } from '../features/billing/index.ts';
import { createCalendar } from '../features/data/index.ts';
import { loadOperator } from '../operator-folder/load-operator.ts';
import { importFile } from './import-file.ts';

// `npm run bills:import -- calls.csv --source rating`: puts a file of calls and corrections onto bills.

await importFile({ command: 'bills:import', verb: { done: 'taken', would: 'take' } }, ({ db }, asked) => {
  const calendar = createCalendar(loadOperator(process.env.OPERATOR_DIR ?? 'operator').timeZone);
  return importItems({ db, clock: systemClock, calendar }, asked);
});
