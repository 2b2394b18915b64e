import { createApp } from './app.ts';
import { systemClock } from './base/clock.ts';
import { loadConfig } from './config.ts';
import { explained } from './explained.ts';
import { createLog } from './infra/telemetry/log.ts';

/** As long as balancers need to hear that this process is not ready any more. */
const DRAIN_MS = 2_000;

/** `npm run serve`: settings → app → listen → stop. */
async function main(): Promise<void> {
  const config = loadConfig(process.env, 'production');
  const log = createLog();
  const app = await createApp(config, { clock: systemClock, log });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      // Whatever still hangs after ten seconds is not going to end.
      setTimeout(() => process.exit(1), 10_000).unref();
      app.stop({ drainMs: DRAIN_MS }).then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
  const { url } = await app.listen();
  log.info({ url }, 'renkei ready');
}

main().catch((error: unknown) => {
  console.error(explained(error) ?? error);
  process.exit(1);
});
