import { createApp } from '../app.ts';
import { systemClock } from '../base/clock.ts';
import { loadConfig } from '../config.ts';
import { byKeySettings } from '../infra/db/index.ts';
import { createLog, linesTo } from '../infra/telemetry/log.ts';
import { importFile } from './import-file.ts';

const STANDARD_ERROR = 2;

/**
 * `npm run contractors:import -- contractors.csv` and `npm run subscriptions:import -- subscriptions.csv`: take a file of the
 * back office. With a new subscription come its link code and its first data, so this runs in the service's own environment.
 */
export function importProvisioning(kind: 'contractors' | 'subscriptions'): Promise<void> {
  return importFile(
    // All of it is asked by key; planned for a table that is still empty, a portion of a full one took three times as long.
    { command: `${kind}:import`, verb: { done: 'written', would: 'write' }, settings: byKeySettings },
    async (database, file) => {
      const log = createLog('warn', linesTo(STANDARD_ERROR));
      const app = await createApp(loadConfig(process.env, 'production'), { clock: systemClock, log, database });
      try {
        return await (kind === 'contractors'
          ? app.contractors.importContractors(file)
          : app.contractors.importSubscriptions(file));
      } finally {
        await app.stop();
      }
    },
  );
}
