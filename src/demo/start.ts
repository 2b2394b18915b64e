import { z } from 'zod';
import { createApp } from '../app.ts';
import { createAdjustableClock } from '../base/clock.ts';
import { loadConfig } from '../config.ts';
import { Explained, explained } from '../explained.ts';
import { createLog } from '../infra/telemetry/log.ts';
import { type Companies, startCompanies } from './companies.tsx';
import { demoControl } from './control.ts';
import { type DemoEnvironment, demoEnvironment } from './environment.ts';
import { createMailbox } from './mailbox.tsx';
import { demoPartners } from './partners.ts';
import { demoContractors, demoPassword, demoStaff } from './people.ts';
import { takenPorts } from './ports.ts';
import { emptyDemo, seedDemo } from './seed.ts';
import { type SimulatorProcess, startSimulator } from './simulator-process.ts';
import { seedTalks } from './talks.ts';

/** `npm start`: the simulated LINE and Renkei with the demo's people, on loopback. */
async function main(): Promise<void> {
  const settings = demoEnvironment(process.env);
  const config = loadConfig(settings.app, 'demo');
  const { operator } = config;

  const first = settings.simulatorPort;
  const taken = await takenPorts(config.host, [
    config.port,
    settings.companiesPort,
    ...[0, 1, 2, 3, 4].map((n) => first + n),
  ]);
  if (taken.length > 0) {
    throw new Explained(
      `Port ${taken.join(', ')} on ${config.host} is taken: is Renkei running already? Stop it first, or choose others: PORT=3001 SIMULATOR_PORT=9200 npm start`,
    );
  }

  let simulator: SimulatorProcess | undefined;
  let companies: Companies | undefined;
  const log = createLog(process.env.LOG_LEVEL || 'warn');
  const clock = createAdjustableClock();
  const mailbox = createMailbox();
  const app = await createApp(config, { clock, log, mail: mailbox.transport });
  // Only now: a refused start leaves no second simulator behind.
  simulator = startSimulator({
    ...settings.simulator,
    SIMULATOR_ACCOUNT_NAME: operator.officialAccount.displayName,
    SIMULATOR_ACCOUNT_ID: operator.officialAccount.basicId,
  });
  const { host, dataDir } = config;
  const stop = async () => {
    await simulator?.stop();
    await companies?.stop();
    await app.stop();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(1), 10_000).unref();
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }

  try {
    const outside = await startCompanies({
      host,
      port: settings.companiesPort,
      url: settings.companiesUrl,
      clock,
      dataDir,
    });
    companies = outside;
    const [isNew] = await Promise.all([seedDemo(app, clock), simulator.ready]);
    clock.shift(await offsetOf(settings.simulatorUrl));
    app.mount(
      demoControl({
        clock,
        runDue: () => app.jobs.runDue(),
        isIdle: () => app.isIdle(),
        async reset() {
          mailbox.empty();
          outside.empty();
          await emptyDemo(app);
          await seedDemo(app, clock);
          await seedTalks(settings.simulatorUrl);
        },
      }),
    );
    app.mount(mailbox.routes(operator));
    const { url } = await app.listen();
    if (isNew) await seedTalks(settings.simulatorUrl);
    console.log(welcome(settings, url, operator.officialAccount.basicId, config.apiKey));
    console.log(`renkei ready ${url} simulator ${settings.simulatorUrl}`);
  } catch (error) {
    await stop();
    throw error;
  }
}

/** How far the simulator's clock was moved before it was stopped: what was stored since then lies in that future. */
async function offsetOf(simulatorUrl: string): Promise<number> {
  const answer = await fetch(`${simulatorUrl}/control/clock`);
  return z.object({ offsetMs: z.number() }).parse(await answer.json()).offsetMs;
}

function welcome(settings: DemoEnvironment, url: string, basicId: string, apiKey: string): string {
  return `
  Phones (simulated LINE)   ${settings.simulatorUrl}/?phone=たろう,はなこ
  My Page                   ${url}/
  Mail                      ${url}/demo/mail
  Companies outside         ${settings.companiesUrl}/   identity, cards, network: how they answer
  Official account          ${basicId}   add it on a phone: 友だち追加

  Contractors (login ID / password)
${demoContractors.map(({ loginId, name }) => `    ${loginId} / ${demoPassword(loginId)}   ${name}`).join('\n')}

  Partners (client ID / secret), at ${url}/oidc
    ${demoPartners.shop.partnerId} / ${demoPartners.shop.secret}

  Console                   ${url}/console
  Staff (login ID / password, seed for an authenticator app)
${demoStaff.map(({ loginId, seed }) => `    ${loginId} / ${demoPassword(loginId)}   ${seed}`).join('\n')}

  Interfaces                ${url}/openapi.json   Authorization: Bearer ${apiKey}
  Stop with Ctrl-C; data stay in DATA_DIR (npm run demo:reset begins anew).
`;
}

main().catch((error: unknown) => {
  console.error(explained(error) ?? error);
  process.exit(1);
});
