import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Call, Faults, Person, Screen, TapResult } from '../../simulator/contract.ts';
import type { SimulatorOptions } from '../../simulator/options.ts';
import { createSimulator } from '../../simulator/simulator.ts';
import type { Clock } from '../../src/base/clock.ts';
import { createLineClient, type LineClient } from '../../src/infra/line/client.ts';
import type { Message } from '../../src/infra/line/talk.ts';

export const channelSecret = 'simulated-channel-secret-0000001';
export const channelId = '2000000001';

export interface SimulatedLine {
  readonly origins: { ui: string; api: string; data: string; access: string };
  /** Whatever else its control interface does (simulator/contract.ts). */
  control<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
  /** A client of ours that speaks with it. */
  client(clock: Clock, timeoutMs?: number): LineClient;
  sendWebhooksTo(url: string): Promise<void>;
  follow(userId: string): Promise<void>;
  block(userId: string): Promise<void>;
  say(userId: string, text: string): Promise<void>;
  sticker(userId: string): Promise<void>;
  tap(userId: string, label: string): Promise<TapResult>;
  screen(userId: string): Promise<Screen>;
  /** Texts (or the sentence that stands for a card) the account has sent to a person, oldest first. */
  heard(userId: string): Promise<string[]>;
  calls(path?: string): Promise<Call[]>;
  faults(faults: Faults): Promise<void>;
  clearFaults(): Promise<void>;
  /** How many messages the account may push in a month from now on. */
  monthlyLimit(limit: number | null): Promise<void>;
  /** A fresh reply token, as an event of this person's would bring it. */
  replyToken(userId: string): string;
  /** LINE's own complaints about messages, as its validate endpoint would tell them; nothing when they are right. */
  complaints(messages: readonly Message[]): Promise<string[]>;
  advanceClock(duration: string): Promise<void>;
  /** Until every webhook has been delivered, or given up. */
  delivered(): Promise<void>;
  person(displayName: string, language?: 'ja' | 'en'): Promise<string>;
  stop(): Promise<void>;
}

/** A simulated LINE on free ports, driven through its control interface as any outside test would. */
export async function simulatedLine(options: SimulatorOptions = {}): Promise<SimulatedLine> {
  const simulator = createSimulator({ seed: 'tests', channelId, channelSecret, ...options });
  const origins = await simulator.start();
  let tokens = 0;

  async function control<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${origins.ui}/control${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }
  const person = (userId: string, act: string, body: unknown = {}) => control('POST', `/people/${userId}/${act}`, body);

  return {
    origins,
    control,
    client: (clock, timeoutMs) =>
      createLineClient({
        channelId,
        channelSecret,
        apiBaseUrl: origins.api,
        dataApiBaseUrl: origins.data,
        clock,
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      }),
    async sendWebhooksTo(url) {
      simulator.world.webhookUrl = url;
    },
    follow: async (userId) => void (await person(userId, 'follow')),
    block: async (userId) => void (await person(userId, 'unfollow')),
    say: async (userId, text) => void (await person(userId, 'say', { text })),
    sticker: async (userId) => void (await person(userId, 'sticker')),
    tap: (userId, label) => control('POST', `/people/${userId}/tap`, { label }),
    screen: (userId) => control('GET', `/people/${userId}/screen`),
    async heard(userId) {
      const { talk } = await control<Screen>('GET', `/people/${userId}/screen`);
      return talk
        .filter((entry) => entry.from === 'account')
        .map(({ message }) => String(message.text ?? message.altText ?? message.type));
    },
    async calls(path) {
      const calls = await control<Call[]>('GET', '/calls?since=0');
      return calls.filter((call) => path === undefined || call.path === path);
    },
    faults: async (faults) => void (await control('POST', '/faults', faults)),
    monthlyLimit: async (monthlyLimit) => void (await control('PATCH', '/account', { monthlyLimit })),
    clearFaults: async () => void (await control('DELETE', '/faults')),
    replyToken(userId) {
      tokens += 1;
      const token = `reply-token-of-a-test-${tokens}`;
      simulator.world.replyTokens.issue(token, userId, simulator.world.clock.now());
      return token;
    },
    async complaints(messages) {
      const { accessToken } = await channelToken(origins.api);
      const response = await fetch(`${origins.api}/v2/bot/message/validate/reply`, {
        method: 'POST',
        headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ messages }),
      });
      return response.ok ? [] : [await response.text()];
    },
    advanceClock: async (advance) => void (await control('POST', '/clock', { advance })),
    delivered: async () => void (await control('POST', '/settle')),
    person: async (displayName, language = 'ja') =>
      (await control<Person>('POST', '/people', { displayName, language })).userId,
    stop: () => simulator.stop(),
  };
}

async function channelToken(apiOrigin: string): Promise<{ accessToken: string }> {
  const form = { grant_type: 'client_credentials', client_id: channelId, client_secret: channelSecret };
  const response = await fetch(`${apiOrigin}/oauth2/v3/token`, { method: 'POST', body: new URLSearchParams(form) });
  const { access_token: accessToken } = await response.json();
  return { accessToken };
}

/** Serves a Hono app on a free loopback port. */
export async function serveApp(app: {
  fetch(request: Request): Response | Promise<Response>;
}): Promise<{ origin: string; stop(): Promise<void> }> {
  const server: Server = createServer(
    getRequestListener((request) => app.fetch(request), { overrideGlobalObjects: false }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
