import { parseArgs } from 'node:util';
import type { SimulatorOptions } from './options.ts';
import { createSimulator } from './simulator.ts';

// Every setting is a flag and an environment variable; the flag wins.

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    webhook: { type: 'string' },
    'channel-id': { type: 'string' },
    'channel-secret': { type: 'string' },
    'channel-access-token': { type: 'string' },
    'login-channel-id': { type: 'string' },
    'login-channel-secret': { type: 'string' },
    'liff-id': { type: 'string' },
    'liff-endpoint': { type: 'string' },
    'clock-followers': { type: 'string' },
    'reset-followers': { type: 'string' },
    'idle-url': { type: 'string' },
    'state-file': { type: 'string' },
    seed: { type: 'string' },
    'account-name': { type: 'string' },
    'account-id': { type: 'string' },
    redelivery: { type: 'boolean' },
    'webhook-connections': { type: 'string' },
    'events-per-webhook': { type: 'string' },
    'no-rate-limits': { type: 'boolean' },
  },
});

const { env } = process;
const listed = (text: string | undefined) => (text ?? '').split(',').filter(Boolean);
const given: { [Name in keyof SimulatorOptions]: SimulatorOptions[Name] | undefined } = {
  port: Number(values.port ?? env.SIMULATOR_PORT ?? 9100),
  host: values.host ?? env.HOST,
  webhookUrl: values.webhook ?? env.SIMULATOR_WEBHOOK_URL,
  channelId: values['channel-id'] ?? env.LINE_CHANNEL_ID,
  channelSecret: values['channel-secret'] ?? env.LINE_CHANNEL_SECRET,
  channelAccessToken: values['channel-access-token'] ?? env.LINE_CHANNEL_ACCESS_TOKEN,
  loginChannelId: values['login-channel-id'] ?? env.LINE_LOGIN_CHANNEL_ID,
  loginChannelSecret: values['login-channel-secret'] ?? env.LINE_LOGIN_CHANNEL_SECRET,
  liffId: values['liff-id'] ?? env.LINE_LIFF_ID,
  liffEndpointUrl: values['liff-endpoint'] ?? env.SIMULATOR_LIFF_ENDPOINT,
  clockFollowers: listed(values['clock-followers'] ?? env.SIMULATOR_CLOCK_FOLLOWERS),
  resetFollowers: listed(values['reset-followers'] ?? env.SIMULATOR_RESET_FOLLOWERS),
  stateFile: values['state-file'] ?? env.SIMULATOR_STATE_FILE,
  idleUrl: values['idle-url'] ?? env.SIMULATOR_IDLE_URL,
  seed: values.seed ?? env.SIMULATOR_SEED,
  isRedeliveryOn: values.redelivery,
  webhookConnections: counted(values['webhook-connections']),
  eventsPerWebhook: counted(values['events-per-webhook']),
  hasRateLimits: values['no-rate-limits'] ? false : undefined,
};

const account = {
  displayName: values['account-name'] ?? env.SIMULATOR_ACCOUNT_NAME,
  basicId: values['account-id'] ?? env.SIMULATOR_ACCOUNT_ID,
};

const simulator = createSimulator({ ...present({ ...given, ageOperator: ageOperator() }), account: present(account) });
const origins = await simulator.start().catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error;
  console.error(`the simulator needs five free ports in a row: ${error.message}`);
  process.exit(1);
});
console.log(`simulator ready ${origins.ui}`);

async function end(): Promise<void> {
  await simulator.stop();
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, end);
// Started by another program: it must not outlive that one, even one that was killed.
process.once('disconnect', end);

/** Only whole: without its secret an operator answers nothing. */
function ageOperator(): SimulatorOptions['ageOperator'] {
  const { SIMULATOR_AGE_ISSUER: issuer, SIMULATOR_AGE_CLIENT_ID: clientId } = env;
  const clientSecret = env.SIMULATOR_AGE_CLIENT_SECRET;
  if (!issuer || !clientId || !clientSecret) return undefined;
  return { name: account.displayName ?? issuer, issuer, clientId, clientSecret };
}

function counted(text: string | undefined): number | undefined {
  if (text === undefined || /^[1-9]\d*$/.test(text)) return text === undefined ? undefined : Number(text);
  console.error(`a number from 1 is needed, not ${text}`);
  process.exit(1);
}

/** Without what was not said, so that the defaults apply. */
function present<T extends object>(settings: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  const entries = Object.entries(settings).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries) as { [Name in keyof T]: Exclude<T[Name], undefined> };
}
