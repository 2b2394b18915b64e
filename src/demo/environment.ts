import { join } from 'node:path';
import { COMPANY_SECRETS } from './companies.tsx';
import { demoPartners } from './partners.ts';

/** The demo's settings: the simulated LINE on loopback, and channels that exist only there. */
export interface DemoEnvironment {
  app: NodeJS.ProcessEnv;
  simulator: NodeJS.ProcessEnv;
  simulatorUrl: string;
  /** First of the simulator's five ports. */
  simulatorPort: number;
  /** Where the simulated companies outside listen. */
  companiesPort: number;
  companiesUrl: string;
}

const CHANNELS = {
  LINE_CHANNEL_ID: '2000000001',
  LINE_CHANNEL_SECRET: 'demo-messaging-channel-secret-00',
  LINE_LOGIN_CHANNEL_ID: '2000000002',
  LINE_LOGIN_CHANNEL_SECRET: 'demo-login-channel-secret-000000',
};

/** @param given the process's environment; PORT, SIMULATOR_PORT, COMPANIES_PORT, DATA_DIR and the like may be set there. */
export function demoEnvironment(given: NodeJS.ProcessEnv): DemoEnvironment {
  const port = Number(given.PORT ?? 3000);
  const simulatorPort = Number(given.SIMULATOR_PORT ?? 9100);
  const companiesPort = Number(given.COMPANIES_PORT ?? simulatorPort + 5);
  const host = given.HOST ?? '127.0.0.1';
  // Listening everywhere, we still reach ourselves at home.
  const home = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const at = (n: number) => `http://${home}:${n}`;
  return {
    simulatorUrl: at(simulatorPort),
    simulatorPort,
    companiesPort,
    companiesUrl: at(companiesPort),
    app: {
      ...CHANNELS,
      PUBLIC_URL: at(port),
      LINE_API_BASE_URL: at(simulatorPort + 1),
      LINE_DATA_API_BASE_URL: at(simulatorPort + 2),
      LINE_ACCESS_BASE_URL: at(simulatorPort + 3),
      IDENTITY_URL: `${at(companiesPort)}/identity`,
      IDENTITY_SECRET: COMPANY_SECRETS.identity,
      PAYMENTS_URL: `${at(companiesPort)}/cards`,
      PAYMENTS_SECRET: COMPANY_SECRETS.cards,
      PROVISIONING_URL: `${at(companiesPort)}/network`,
      PROVISIONING_SECRET: COMPANY_SECRETS.network,
      ...given,
    },
    simulator: {
      ...CHANNELS,
      ...given,
      SIMULATOR_PORT: String(simulatorPort),
      SIMULATOR_WEBHOOK_URL: `${at(port)}/webhook/line`,
      SIMULATOR_CLOCK_FOLLOWERS: `${at(port)}/demo/clock`,
      SIMULATOR_RESET_FOLLOWERS: `${at(port)}/demo/reset`,
      SIMULATOR_IDLE_URL: `${at(port)}/demo/idle`,
      SIMULATOR_AGE_ISSUER: `${given.PUBLIC_URL ?? at(port)}/oidc`,
      SIMULATOR_AGE_CLIENT_ID: demoPartners.line.partnerId,
      SIMULATOR_AGE_CLIENT_SECRET: demoPartners.line.secret,
      SIMULATOR_STATE_FILE: join(given.DATA_DIR ?? 'data', 'simulator.json'),
    },
  };
}
