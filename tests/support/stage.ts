import { createSimulator } from '../../simulator/simulator.ts';
import { type App, createApp } from '../../src/app.ts';
import { type AdjustableClock, createAdjustableClock } from '../../src/base/clock.ts';
import { loadConfig } from '../../src/config.ts';
import { type Companies, startCompanies } from '../../src/demo/companies.tsx';
import { demoControl } from '../../src/demo/control.ts';
import { demoEnvironment } from '../../src/demo/environment.ts';
import { createMailbox } from '../../src/demo/mailbox.tsx';
import { lineRedirectUri } from '../../src/demo/partners.ts';
import { seedDemo } from '../../src/demo/seed.ts';
import { createLog } from '../../src/infra/telemetry/log.ts';
import { type Control, controlOf } from './control.ts';
import { filledDatabase } from './database.ts';
import { testFolder } from './folder.ts';
import { freePort } from './free-port.ts';

/** The same for all plays: what one has sealed another reads. */
const KEYS = JSON.stringify({
  1: Object.fromEntries(
    ['lookup', 'show', 'limits', 'tokens'].map((use, nth) => [use, Buffer.alloc(32, nth + 1).toString('base64')]),
  ),
});

/** The whole play: Renkei with the demo's people, the simulated LINE, and a hand on each. */
export interface Stage {
  readonly app: App;
  companies: Companies;
  clock: AdjustableClock;
  control: Control;
  /** Where people reach Renkei, and where they see the phones. */
  url: string;
  phoneUrl: string;
  accessUrl: string;
  apiUrl: string;
  /** Everything the process has written to its log. */
  logged(): string;
  /** Stops the app and starts another on the same database and port, as an upgrade does. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** @param at the moment the play begins, ISO; by default a quiet afternoon in the middle of a month in Tokyo. */
export async function openStage(
  at = '2026-11-18T14:00:00+09:00',
  { liffId = '' }: { liffId?: string } = {},
): Promise<Stage> {
  const port = await freePort();
  const clock = createAdjustableClock();
  const settings = demoEnvironment({
    PORT: String(port),
    COMPANIES_PORT: String(await freePort()),
    DATA_DIR: testFolder(),
    RENKEI_KEYS: KEYS,
  });
  const simulator = createSimulator({
    webhookUrl: settings.simulator.SIMULATOR_WEBHOOK_URL ?? '',
    clockFollowers: [settings.simulator.SIMULATOR_CLOCK_FOLLOWERS ?? ''],
    idleUrl: settings.simulator.SIMULATOR_IDLE_URL ?? '',
    channelId: settings.app.LINE_CHANNEL_ID ?? '',
    channelSecret: settings.app.LINE_CHANNEL_SECRET ?? '',
    loginChannelId: settings.app.LINE_LOGIN_CHANNEL_ID ?? '',
    loginChannelSecret: settings.app.LINE_LOGIN_CHANNEL_SECRET ?? '',
    account: { displayName: 'さくらモバイル', basicId: '@sakura-mobile' },
    ageOperator: {
      name: 'さくらモバイル',
      issuer: settings.simulator.SIMULATOR_AGE_ISSUER ?? '',
      clientId: settings.simulator.SIMULATOR_AGE_CLIENT_ID ?? '',
      clientSecret: settings.simulator.SIMULATOR_AGE_CLIENT_SECRET ?? '',
    },
    ...(liffId ? { liffId, liffEndpointUrl: `http://127.0.0.1:${port}/liff` } : {}),
    seed: 'stage',
  });
  const lines: string[] = [];
  const mailbox = createMailbox();
  const origins = await simulator.start();
  const config = loadConfig(
    {
      ...settings.app,
      LINE_LIFF_ID: liffId,
      LINE_API_BASE_URL: origins.api,
      LINE_DATA_API_BASE_URL: origins.data,
      LINE_ACCESS_BASE_URL: origins.access,
    },
    'demo',
  );
  const start = new Date(at);
  clock.shift(start.getTime() - Date.now());
  const log = createLog('trace', { write: (line) => lines.push(line) });
  const { transport: mail } = mailbox;
  // What the demo's people have lived through takes longer than most tests: they live it once for all plays of a moment.
  const database = await filledDatabase(
    `demo at ${at}`,
    async (empty) => {
      const seeding = await createApp(config, { clock, log, database: empty, mail });
      // Waiting and starting took time: nothing of their life may be later than the play's first moment.
      clock.shift(start.getTime() - Date.now());
      await seedDemo(seeding, clock);
      await seeding.stop();
    },
    { poolSize: 10 },
  );
  // The one thing in it that tells where a play's simulated LINE is.
  const back = lineRedirectUri(config.line.accessBaseUrl);
  await database.pool.query(`update partner set redirect_uris = $1 where partner_id = 'line'`, [[back]]);
  async function makeApp(): Promise<App> {
    const made = await createApp(config, { clock, log, database, mail });
    made.mount(mailbox.routes(config.operator));
    const runDue = () => made.jobs.runDue();
    made.mount(demoControl({ clock, runDue, isIdle: () => made.isIdle(), reset: async () => undefined }));
    return made;
  }
  let app = await makeApp();
  const { companiesPort, companiesUrl } = settings;
  const host = '127.0.0.1';
  const companies = await startCompanies({ host, port: companiesPort, url: companiesUrl, clock, dataDir: null });
  await app.listen();
  const control = controlOf(origins.ui);
  await control.clock({ set: start.toISOString() });
  return {
    get app() {
      return app;
    },
    companies,
    clock,
    control,
    url: config.publicUrl,
    phoneUrl: origins.ui,
    accessUrl: origins.access,
    apiUrl: origins.api,
    logged: () => lines.join(''),
    async restart() {
      await app.stop();
      app = await makeApp();
      await app.listen();
    },
    async close() {
      await app.stop();
      await companies.stop();
      await simulator.stop();
      await database.close();
    },
  };
}
