import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../config.ts';
import { assertHeldIsKnown } from '../features/billing/index.ts';
import { createPasskeys } from '../infra/auth/passkeys.ts';
import { type EmbeddedPostgres, startEmbedded } from '../infra/db/embedded.ts';
import {
  assertDurable,
  byKeySettings,
  type Database,
  type DatabaseOptions,
  migrate,
  openDatabase,
  runnerOf,
} from '../infra/db/index.ts';
import { createRateLimits } from '../infra/db/rate-limits.ts';
import { createTryLimits } from '../infra/db/try-limits.ts';
import { createSessions } from '../infra/http/session.ts';
import { createIdentityProvider } from '../infra/identity/over-http.ts';
import { INSERTS } from '../infra/line/arrivals/event-store.ts';
import { createLineClient } from '../infra/line/client.ts';
import { loadLiffEntry } from '../infra/line/sign-in/liff-entry.ts';
import { createLiffTokens } from '../infra/line/sign-in/liff-token.ts';
import { createLineLogin } from '../infra/line/sign-in/login.ts';
import type { MailTransport } from '../infra/mail/mail.ts';
import { smtpTransport } from '../infra/mail/smtp.ts';
import type { CompanyAddress, CompanyOptions } from '../infra/outside/company.ts';
import { createCardGateway } from '../infra/payments/over-http.ts';
import { createProvisioning } from '../infra/provisioning/over-http.ts';
import { loadKeys } from '../infra/secrets.ts';
import type { Logger } from '../infra/telemetry/log.ts';
import { createLedger } from '../ledger/index.ts';

export interface AppParts {
  clock: Clock;
  log: Logger;
  /** How mail leaves, in place of SMTP: the demo's own mailbox. */
  mail?: MailTransport;
  /** A database that is already open; else `DATABASE_URL`, else the embedded one. */
  database?: Database;
}

/** Connections for locks: more than there are jobs. Only those at work are open. */
const MOST_JOBS = 50;

export type Ground = Awaited<ReturnType<typeof layGround>>;

/** What every feature stands on: the database and its lanes, the ledger, keys, sessions, limits, mail, LINE and the companies. */
export async function layGround(config: Config, parts: AppParts) {
  const { clock, log } = parts;
  const { operator, publicUrl } = config;
  const isSecure = publicUrl.startsWith('https://');

  const opened = parts.database ? { database: parts.database } : await openOwnDatabase(config, log);
  const { database } = opened;
  const { db } = database;
  await assertDurable(database.pool);
  await migrate(database.pool);
  await assertHeldIsKnown(runnerOf(db), operator, clock.now());
  const lanes = openLanes(database.url, log);
  const ledger = createLedger({ pool: lanes.ledger.pool, clock, log });

  const secrets = loadKeys(config.keys === null ? {} : { RENKEI_KEYS: config.keys }, config.dataDir, {
    mayCreate: config.isDemo,
  });
  const mail = parts.mail ?? (config.mail && smtpTransport({ url: config.mail.smtpUrl, from: config.mail.from }));

  return {
    config,
    clock,
    log,
    operator,
    publicUrl,
    isSecure,
    database,
    db,
    lanes,
    ledger,
    secrets,
    mail,
    sessions: createSessions({ db, clock, isSecure }),
    limits: createTryLimits({ clock, key: secrets.limits }),
    rates: createRateLimits({ db, clock, key: secrets.limits }),
    passkeys: createPasskeys({ db, clock, publicUrl, name: operator.name.ja }),
    ...(await waysToLine(config, clock)),
    companies: companiesOutside(config, log),
    /** Closes what was opened here: the ledger, its lanes, and the database unless it was given. */
    async close(): Promise<void> {
      await ledger.stop();
      await Promise.all(Object.values(lanes).map((lane) => lane.close()));
      if (!parts.database) await database.close();
      if ('embedded' in opened) await opened.embedded?.stop();
    },
  };
}

async function openOwnDatabase(
  config: Config,
  log: Logger,
): Promise<{ database: Database; embedded?: EmbeddedPostgres }> {
  const onConnectionError = (err: Error) => log.error({ err }, 'a database connection broke');
  if (config.databaseUrl) return { database: openDatabase({ url: config.databaseUrl, onConnectionError }) };
  const embedded = await startEmbedded(join(config.dataDir, 'postgres'));
  return { embedded, database: openDatabase({ url: await embedded.databaseUrl('renkei'), onConnectionError }) };
}

/** Connections apart from the pages': busy pages can starve neither the ledger, nor LINE's door, which must answer within two seconds, nor the talk. */
function openLanes(url: string, log: Logger) {
  const lane = (applicationName: string, poolSize: number, options: Partial<DatabaseOptions> = {}) =>
    openDatabase({
      url,
      poolSize,
      applicationName,
      ...options,
      onConnectionError: (err) => log.error({ err }, 'a database connection broke'),
    });
  return {
    ledger: lane('renkei ledger', 6, { settings: byKeySettings }),
    // LINE waits for two seconds; what it was not told is stored it sends again.
    door: lane('renkei webhook', INSERTS, { settings: { statement_timeout: '5s' } }),
    // What waits is looked for by walking along an index: a bitmap would bring back all that has been done since the last vacuum.
    talk: lane('renkei talk', 8, { settings: { ...byKeySettings, enable_bitmapscan: 'off' }, prepares: true }),
    locks: lane('renkei job locks', MOST_JOBS),
  };
}

async function waysToLine({ line, publicUrl }: Config, clock: Clock) {
  return {
    line: createLineClient({ ...line, channelSecret: line.channelSecrets[0] ?? '', clock }),
    lineLogin: createLineLogin({
      clientId: line.loginChannelId,
      clientSecret: line.loginChannelSecret,
      accessBaseUrl: line.accessBaseUrl,
      apiBaseUrl: line.apiBaseUrl,
      redirectUri: `${publicUrl}/login/line/callback`,
      clock,
    }),
    liff: line.liffId
      ? {
          id: line.liffId,
          tokens: createLiffTokens({ clientId: line.loginChannelId, apiBaseUrl: line.apiBaseUrl, clock }),
          script: await loadLiffEntry(),
        }
      : null,
  };
}

function companiesOutside({ companies }: Config, log: Logger) {
  const connect = <Port>(create: (options: CompanyOptions) => Port, address: CompanyAddress | null): Port | null => {
    const onTrouble = (facts: object) => log.warn(facts, 'a company outside gave no answer to go on with');
    return address && create({ ...address, onTrouble });
  };
  return {
    identity: connect(createIdentityProvider, companies.identity),
    payments: connect(createCardGateway, companies.payments),
    provisioning: connect(createProvisioning, companies.provisioning),
  };
}
