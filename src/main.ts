import { createApp } from './app.ts';
import { systemClock } from './base/clock.ts';
import { loadConfig } from './config.ts';
import { createLog } from './infra/telemetry/log.ts';
import { Faults } from './operator-folder/faults.ts';

/** `npm run serve`: settings → app → listen → stop. */
async function main(): Promise<void> {
  const log = createLog();
  const app = await createApp(loadConfig(process.env, 'production'), { clock: systemClock, log });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      // Whatever still hangs after ten seconds is not going to end.
      setTimeout(() => process.exit(1), 10_000).unref();
      app.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
  const { url } = await app.listen();
  log.info({ url }, 'renkei ready');
}

main().catch((error: unknown) => {
  console.error(error instanceof Faults ? error.message : error);
  process.exit(1);
});
