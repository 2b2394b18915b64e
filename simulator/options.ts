import { createHash } from 'node:crypto';
import type { AgeOperator } from './age/operator-client.ts';
import type { Language } from './contract.ts';

/** A simulated person as configured: the userId is derived from the seed when it is not given. */
export interface PersonInit {
  displayName: string;
  userId?: string;
  language?: Language;
  /** ISO calendar day. */
  birthDate?: string;
  /** E.164, as notification messages find people: `+818000001234`. */
  phoneNumber?: string;
}

/** Everything a simulator can be told. All of it has a default, so `createSimulator({})` starts. */
export interface SimulatorOptions {
  /** First of five ports in a row; 0 (default) takes five free ones. */
  port?: number;
  /** Address to listen on; default 127.0.0.1. */
  host?: string;
  /** Where the bot hears webhooks. May also be set by the bot through the API. */
  webhookUrl?: string;
  channelId?: string;
  channelSecret?: string;
  /** A token that is always accepted, as a long-lived token issued in LINE's console would be. */
  channelAccessToken?: string;
  loginChannelId?: string;
  loginChannelSecret?: string;
  /** Registered callback URLs of the login channel; when given, any other `redirect_uri` is refused. */
  loginCallbackUrls?: string[];
  liffId?: string;
  /** Where the LIFF app lives; without it `liff.line.me` links open nothing. */
  liffEndpointUrl?: string;
  /** Makes ids, tokens and fault chances repeatable. Without it only the people's ids are fixed. */
  seed?: string;
  people?: PersonInit[];
  /** URLs told about every change of the clock: `POST {now, offsetMs, isFrozen}`. */
  clockFollowers?: string[];
  /** URLs told about `POST /control/reset`: `POST {everything: boolean}`. */
  resetFollowers?: string[];
  /** Where people, talks and menus are kept between runs; without it they end with the process. */
  stateFile?: string;
  /** Asked by `/control/settle`: `GET → {idle: boolean}`. */
  idleUrl?: string;
  /** Who answers for people's ages; without one ID search is open to everybody. */
  ageOperator?: AgeOperator;
  account?: { displayName?: string; basicId?: string };
  /** `chat`: a human may answer, read marks are the bot's business; `bot`: everything is read at once. */
  chatMode?: 'chat' | 'bot';
  /** Off for load tests: no call is refused for coming too often. Default on. */
  hasRateLimits?: boolean;
  /** Messages a month; without it the plan has no limit. */
  monthlyLimit?: number;
  /** Whether webhooks that were not answered with 2xx are sent again. LINE's default is off. */
  isRedeliveryOn?: boolean;
  /** Real milliseconds before the first redelivery; doubles each time. */
  redeliverAfterMs?: number;
  /** Webhook requests in flight at a time; a person's events stay in order whatever it is. Default 1. */
  webhookConnections?: number;
  /** Events in one webhook request when they pile up. Default 100. */
  eventsPerWebhook?: number;
}

/** The options with every default filled in. */
export interface Settings {
  port: number;
  host: string;
  webhookUrl: string | null;
  channelId: string;
  channelSecret: string;
  channelAccessToken: string | null;
  loginChannelId: string;
  loginChannelSecret: string;
  loginCallbackUrls: string[] | null;
  liffId: string;
  liffEndpointUrl: string | null;
  seed: string | null;
  people: PersonInit[];
  clockFollowers: string[];
  resetFollowers: string[];
  stateFile: string | null;
  idleUrl: string | null;
  ageOperator: AgeOperator | null;
  account: { userId: string; displayName: string; basicId: string };
  chatMode: 'chat' | 'bot';
  hasRateLimits: boolean;
  monthlyLimit: number | null;
  isRedeliveryOn: boolean;
  redeliverAfterMs: number;
  webhookConnections: number;
  eventsPerWebhook: number;
}

const defaultPeople: PersonInit[] = [
  { displayName: 'たろう', birthDate: '1980-05-05', phoneNumber: '+818000000001' },
  { displayName: 'はなこ', birthDate: '1982-08-08', phoneNumber: '+818000000002' },
  { displayName: 'さくら', birthDate: '2012-03-03', phoneNumber: '+818000000003' },
  { displayName: 'けん', birthDate: '1995-11-11', phoneNumber: '+818000000004' },
  { displayName: 'いちろう', birthDate: '1960-01-01', phoneNumber: '+818000000005' },
];

/** The same user id for the same seed and name, in every run and on every machine. */
export function deriveUserId(seed: string, name: string): string {
  return `U${createHash('sha256').update(`${seed}\n${name}`).digest('hex').slice(0, 32)}`;
}

/** Fills in the defaults. Throws a TypeError for an address that is none: better now than at the first event. */
export function completeOptions(options: SimulatorOptions): Settings {
  const loginChannelId = options.loginChannelId ?? '2000000002';
  return {
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    webhookUrl: webAddress('webhookUrl', options.webhookUrl),
    channelId: options.channelId ?? '2000000001',
    channelSecret: options.channelSecret ?? 'simulated-channel-secret-0000001',
    channelAccessToken: options.channelAccessToken ?? null,
    loginChannelId,
    loginChannelSecret: options.loginChannelSecret ?? 'simulated-login-channel-secret-1',
    loginCallbackUrls: options.loginCallbackUrls ?? null,
    liffId: options.liffId ?? `${loginChannelId}-simulate`,
    liffEndpointUrl: options.liffEndpointUrl ?? null,
    seed: options.seed ?? null,
    people: options.people ?? defaultPeople,
    clockFollowers: webAddresses('clockFollowers', options.clockFollowers),
    resetFollowers: webAddresses('resetFollowers', options.resetFollowers),
    stateFile: options.stateFile ?? null,
    idleUrl: webAddress('idleUrl', options.idleUrl),
    ageOperator: options.ageOperator ?? null,
    account: {
      userId: deriveUserId(options.seed ?? 'simulator', 'official account'),
      displayName: options.account?.displayName ?? '公式アカウント',
      basicId: options.account?.basicId ?? '@simulator',
    },
    chatMode: options.chatMode ?? 'chat',
    hasRateLimits: options.hasRateLimits ?? true,
    monthlyLimit: options.monthlyLimit ?? null,
    isRedeliveryOn: options.isRedeliveryOn ?? false,
    redeliverAfterMs: options.redeliverAfterMs ?? 1_000,
    webhookConnections: options.webhookConnections ?? 1,
    eventsPerWebhook: options.eventsPerWebhook ?? 100,
  };
}

/** The address, or null when there is none (or an empty one, as unset variables are). */
function webAddress(name: string, given: string | undefined): string | null {
  if (!given) return null;
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) {
    throw new TypeError(`${name} is not a web address: ${given}`);
  }
  return given;
}

function webAddresses(name: string, given: string[] | undefined): string[] {
  return (given ?? []).flatMap((address) => webAddress(name, address) ?? []);
}
