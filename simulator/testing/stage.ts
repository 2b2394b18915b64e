import { LineBotClient, type webhook } from '@line/bot-sdk';
import type { Person, Screen, TapResult } from '../contract.ts';
import type { SimulatorOptions } from '../options.ts';
import type { Origins } from '../platform.ts';
import { createSimulator, type Simulator } from '../simulator.ts';
import { type Bot, startBot } from './bot.ts';

/** A running simulator with a listening bot, the official SDK pointed at it, and hands to play the people. */
export interface Stage {
  simulator: Simulator;
  origins: Origins;
  bot: Bot;
  client: LineBotClient;
  /** Calls `/control`; throws when the answer is not 2xx. */
  control<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
  /** Calls the api origin with the channel token, raw. */
  api(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  person(displayName: string): Promise<Person>;
  /** The person adds the account; resolves with the follow event's reply token. */
  befriend(displayName: string): Promise<Person & { replyToken: string }>;
  screen(person: Person): Promise<Screen>;
  tap(person: Person, label: string): Promise<TapResult>;
  /** Waits for webhooks to have gone out, then gives all events heard. */
  settled(): Promise<webhook.Event[]>;
  stop(): Promise<void>;
}

const channelAccessToken = 'a-token-from-the-console';

export async function startStage(options: SimulatorOptions = {}): Promise<Stage> {
  const bot = await startBot();
  const simulator = createSimulator({ seed: 'conformance', webhookUrl: bot.url, channelAccessToken, ...options });
  const origins = await simulator.start();
  const client = LineBotClient.fromChannelAccessToken({
    channelAccessToken,
    apiBaseURL: origins.api,
    dataApiBaseURL: origins.data,
  });

  async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${origins.ui}/control${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  }

  const api: Stage['api'] = (method, path, body, headers = {}) =>
    fetch(`${origins.api}${path}`, {
      method,
      headers: { authorization: `Bearer ${channelAccessToken}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });

  async function person(displayName: string): Promise<Person> {
    const found = (await control<Person[]>('GET', '/people')).find((one) => one.displayName === displayName);
    if (!found) throw new Error(`nobody is called ${displayName}`);
    return found;
  }

  async function settled(): Promise<webhook.Event[]> {
    await control('POST', '/settle');
    return bot.events();
  }

  async function befriend(displayName: string): Promise<Person & { replyToken: string }> {
    const friend = await person(displayName);
    await control('POST', `/people/${friend.userId}/follow`);
    const event = (await settled()).at(-1);
    return { ...friend, isFriend: true, replyToken: event?.type === 'follow' ? event.replyToken : '' };
  }

  return {
    simulator,
    origins,
    bot,
    client,
    control,
    api,
    person,
    befriend,
    settled,
    screen: ({ userId }) => control('GET', `/people/${userId}/screen`),
    tap: ({ userId }, label) => control('POST', `/people/${userId}/tap`, { label }),
    stop: async () => {
      await simulator.stop();
      await bot.stop();
    },
  };
}
