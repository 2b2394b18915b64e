import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Faq } from './base/faq.ts';
import type { Operator } from './base/operator.ts';
import type { CompanyAddress } from './infra/outside/company.ts';
import { parseKeys, SecretsFaulty } from './infra/secrets.ts';
import { Faults } from './operator-folder/faults.ts';
import { loadFaq } from './operator-folder/load-faq.ts';
import { loadOperator } from './operator-folder/load-operator.ts';

const ROLES = ['web', 'jobs'] as const;
/** What a process does: answer the web, do later work, or both. */
export type Role = (typeof ROLES)[number];

export interface LineConfig {
  channelId: string;
  /** The first is current; others are accepted on webhooks while a secret is being rotated. */
  channelSecrets: readonly string[];
  loginChannelId: string;
  loginChannelSecret: string;
  /** Without one there is no LIFF app. */
  liffId?: string | null;
  apiBaseUrl: string;
  dataApiBaseUrl: string;
  accessBaseUrl: string;
}

/** Everything the process needs to know, typed and checked. Secrets stay in `line`, `apiKey` and `keys`. */
export interface Config {
  host: string;
  port: number;
  /** How people reach us, without a trailing slash. */
  publicUrl: string;
  /** null: the embedded database under `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
  roles: ReadonlySet<Role>;
  line: LineConfig;
  /** Bearer key for provisioning and the usage feed. */
  apiKey: string;
  /** Versioned secret keys as JSON, or null: made and kept in `dataDir` (the demo only). */
  keys: string | null;
  /** How mail leaves; null: it does not, and nothing that needs it is offered. The demo keeps it in a page of its own. */
  mail: { readonly smtpUrl: string; readonly from: string } | null;
  /** The companies outside that verify identities, take cards and activate SIMs; null: it is not connected. */
  companies: Readonly<Record<CompanyKind, CompanyAddress | null>>;
  /** The operator's own program that is told what the network is to do; null: nobody is told. */
  networkEvents: CompanyAddress | null;
  /** Whom changes of contractors and subscriptions are told to. */
  changeEvents: CompanyAddress | null;
  operator: Operator;
  /** The operator's questions and answers: where they lie, and as they were at the start. */
  faq: { folder: string; first: Faq };
  isDemo: boolean;
  /** How many of the operator's own proxies stand in front and append to X-Forwarded-For. */
  trustedProxies: number;
}

const COMPANY_KINDS = ['identity', 'payments', 'provisioning'] as const;
type CompanyKind = (typeof COMPANY_KINDS)[number];

/** A whole number within bounds, refused in words whatever is wrong with it. */
const wholeNumber = (least: number, most: number) => {
  const says = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number(says).int(says).min(least, says).max(most, says);
};
const databaseUrl = z.string().regex(/^postgres(ql)?:\/\//, 'is not like postgresql://user:password@host/name');
const url = z.url().transform((text) => text.replace(/\/$/, ''));
const secret = z.string().min(16, 'is shorter than 16 characters');

const companySecret = z.string().min(32, 'is shorter than 32 characters').optional();
const webhookSecret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{43,}={0,2}$/, 'is not whsec_ and at least 32 bytes in base64')
  .optional();
/** What goes to a company is about people: only to this very machine does it travel unsealed. */
const companyUrl = url
  .refine((text) => /^https:|^http:\/\/(127\.|localhost[:/]|\[::1\])/.test(`${text}/`), 'must be https')
  .optional();

const shared = {
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  DATA_DIR: z.string().default('data'),
  OPERATOR_DIR: z.string().default('operator'),
  DATABASE_URL: databaseUrl.optional(),
  TRUSTED_PROXIES: wholeNumber(0, 9).default(0),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error').optional(),
  RENKEI_ROLES: z
    .string()
    .regex(/^(web|jobs)(,(web|jobs))*$/, 'must be web, jobs or web,jobs')
    .default('web,jobs')
    .transform((text) => ROLES.filter((role) => text.split(',').includes(role))),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^/\s]+$/, 'is not like smtps://user:password@mail.example.jp')
    .optional(),
  MAIL_FROM: z.string().includes('@', 'must be a mail address').optional(),
  LINE_API_BASE_URL: url.default('https://api.line.me'),
  LINE_DATA_API_BASE_URL: url.default('https://api-data.line.me'),
  LINE_ACCESS_BASE_URL: url.default('https://access.line.me'),
  IDENTITY_URL: companyUrl,
  IDENTITY_SECRET: companySecret,
  PAYMENTS_URL: companyUrl,
  PAYMENTS_SECRET: companySecret,
  PROVISIONING_URL: companyUrl,
  PROVISIONING_SECRET: companySecret,
  NETWORK_EVENTS_URL: companyUrl,
  NETWORK_EVENTS_SECRET: webhookSecret,
  CHANGE_EVENTS_URL: companyUrl,
  CHANGE_EVENTS_SECRET: webhookSecret,
  LINE_LIFF_ID: z
    .string()
    .regex(/^\d+-[0-9A-Za-z]+$/, 'is not like 1234567890-AbcdEfgh')
    .optional(),
};

const demoEnvironment = z.object({
  ...shared,
  PUBLIC_URL: url.optional(),
  LINE_CHANNEL_ID: z.string(),
  LINE_CHANNEL_SECRET: secret,
  LINE_LOGIN_CHANNEL_ID: z.string(),
  LINE_LOGIN_CHANNEL_SECRET: secret,
  RENKEI_API_KEY: z.string().default('demo-api-key'),
  RENKEI_KEYS: z.string().optional(),
});

const channelId = z.string().regex(/^\d+$/, 'must be digits');

const productionEnvironment = z.object({
  ...shared,
  PUBLIC_URL: url
    .refine((text) => text.startsWith('https://'), 'must be https')
    .refine((text) => URL.parse(text)?.origin === text, 'must be like https://my.example.jp, without a path'),
  DATABASE_URL: databaseUrl,
  LINE_CHANNEL_ID: channelId,
  LINE_CHANNEL_SECRET: secret,
  LINE_LOGIN_CHANNEL_ID: channelId,
  LINE_LOGIN_CHANNEL_SECRET: secret,
  RENKEI_API_KEY: z
    .string()
    .min(32, 'is shorter than 32 characters')
    .regex(/^[\x21-\x7e]+$/, 'may hold letters, digits and signs, no blanks'),
  RENKEI_KEYS: z.string().min(1),
});

/**
 * The settings of the environment and the operator's folder.
 *
 * @throws Faults with every missing or wrong setting, in words.
 */
export function loadConfig(environment: NodeJS.ProcessEnv, mode: 'production' | 'demo'): Config {
  const faults: string[] = [];
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = (mode === 'demo' ? demoEnvironment : productionEnvironment).safeParse(set);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0]);
      faults.push(set[name] === undefined ? `${name} is missing` : `${name} ${issue.message}`);
    }
  }

  for (const name of [...COMPANY_KINDS, 'NETWORK_EVENTS', 'CHANGE_EVENTS']) {
    const [address, secretName] = addressAndSecret(name);
    if (set[address] !== undefined && set[secretName] === undefined) faults.push(`${secretName} is missing`);
    if (set[address] === undefined && set[secretName] !== undefined) faults.push(`${address} is missing`);
  }

  const { RENKEI_KEYS: keys } = set;
  if (keys !== undefined) orFaults(() => parseKeys(keys), faults);

  const operatorDir = resolve(environment.OPERATOR_DIR || 'operator');
  const faqFolder = join(operatorDir, 'faq');
  const operator = orFaults(() => loadOperator(operatorDir), faults);
  const faq = orFaults(() => loadFaq(faqFolder), faults);
  if (!parsed.success || !operator || !faq || faults.length > 0) throw new Faults(faults);

  const env = parsed.data;
  const publicUrl = env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`;
  return {
    host: env.HOST,
    port: env.PORT,
    publicUrl,
    databaseUrl: env.DATABASE_URL ?? null,
    dataDir: resolve(env.DATA_DIR),
    roles: new Set(env.RENKEI_ROLES),
    line: {
      channelId: env.LINE_CHANNEL_ID,
      channelSecrets: env.LINE_CHANNEL_SECRET.split(','),
      loginChannelId: env.LINE_LOGIN_CHANNEL_ID,
      loginChannelSecret: env.LINE_LOGIN_CHANNEL_SECRET,
      liffId: env.LINE_LIFF_ID ?? null,
      apiBaseUrl: env.LINE_API_BASE_URL,
      dataApiBaseUrl: env.LINE_DATA_API_BASE_URL,
      accessBaseUrl: env.LINE_ACCESS_BASE_URL,
    },
    apiKey: env.RENKEI_API_KEY,
    keys: env.RENKEI_KEYS ?? null,
    mail: env.SMTP_URL
      ? { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM ?? `no-reply@${new URL(publicUrl).hostname}` }
      : null,
    companies: {
      identity: companyAt(env.IDENTITY_URL, env.IDENTITY_SECRET),
      payments: companyAt(env.PAYMENTS_URL, env.PAYMENTS_SECRET),
      provisioning: companyAt(env.PROVISIONING_URL, env.PROVISIONING_SECRET),
    },
    networkEvents: companyAt(env.NETWORK_EVENTS_URL, env.NETWORK_EVENTS_SECRET),
    changeEvents: companyAt(env.CHANGE_EVENTS_URL, env.CHANGE_EVENTS_SECRET),
    operator,
    faq: { folder: faqFolder, first: faq },
    isDemo: mode === 'demo',
    trustedProxies: env.TRUSTED_PROXIES,
  };
}

/** The two settings of a company, which stand together or not at all. */
const addressAndSecret = (name: string): readonly [string, string] => [
  `${name.toUpperCase()}_URL`,
  `${name.toUpperCase()}_SECRET`,
];

const companyAt = (address: string | undefined, secret: string | undefined): CompanyAddress | null =>
  address !== undefined && secret !== undefined ? { url: address, secret } : null;

/** What was read, or undefined with the reasons added to `faults`. */
function orFaults<Read>(read: () => Read, faults: string[]): Read | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Faults || error instanceof SecretsFaulty)) throw error;
    faults.push(...error.faults);
    return undefined;
  }
}
