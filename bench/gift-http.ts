import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import pino from 'pino';
import { createApp } from '../src/app.ts';
import { loadFaq } from '../src/faq-folder.ts';
import type { AskHttp, HttpMeasured } from './http-callers.ts';
import type { Measured } from './load.ts';
import { inTurns } from './load.ts';
import { giveNaively } from './naive/gift.ts';
import { benchOperator, GIFT_BYTES } from './operator.ts';
import type { Question } from './question.ts';
import type { World } from './world.ts';

const API_KEY = 'bench-api-key-that-is-long-enough-0';
const APP_PORT = 19_801;
const NAIVE_PORT = 19_802;
const CONNECTIONS = 256;

/** What does a gift cost over HTTP, in the whole app? Against a usual handler with one interactive transaction. */
export const giftHttp: Question = async (world, tally, { seconds, rounds }) => {
  const folder = await mkdtemp(join(tmpdir(), 'renkei-bench-app-'));
  const app = await createApp(appConfig(folder), {
    clock: world.clock,
    // As in production, but for where the lines go.
    log: pino({ level: 'info', base: null }, pino.destination('/dev/null')),
    database: world.bench.database,
  });
  await app.listen();
  const naive = serveNaively(world);

  const ask = (port: number) => async (): Promise<Measured> => {
    const measured = await askHttp({
      port,
      connections: CONNECTIONS,
      seconds,
      apiKey: API_KEY,
      amountBytes: GIFT_BYTES,
      subscriptions: world.subscriptions.slice(0, 50_000),
    });
    tally.answered += measured.answered;
    tally.gifts += measured.answered;
    return measured;
  };
  try {
    await ask(APP_PORT)();
    const { whole, usual } = await inTurns(rounds, { whole: ask(APP_PORT), usual: ask(NAIVE_PORT) });
    return [
      {
        path: `gift over HTTP with Idempotency-Key, ${CONNECTIONS} connections`,
        measured: whole,
        baseline: { name: 'a usual handler, one transaction each (16 connections)', perSecond: usual.perSecond },
      },
    ];
  } finally {
    await app.stop();
    await naive.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

function appConfig(folder: string): Parameters<typeof createApp>[0] {
  const nowhere = 'http://127.0.0.1:9';
  return {
    host: '127.0.0.1',
    port: APP_PORT,
    publicUrl: `http://127.0.0.1:${APP_PORT}`,
    databaseUrl: null,
    dataDir: folder,
    roles: new Set(['web']),
    line: {
      channelId: '1',
      channelSecrets: ['bench-channel-secret'],
      loginChannelId: '2',
      loginChannelSecret: 'bench-login-secret',
      apiBaseUrl: nowhere,
      dataApiBaseUrl: nowhere,
      accessBaseUrl: nowhere,
    },
    apiKey: API_KEY,
    mail: null,
    keys: null,
    operator: benchOperator,
    faq: { folder: 'operator/faq', first: loadFaq('operator/faq') },
    isDemo: true,
    trustedProxies: 0,
  };
}

function serveNaively(world: World) {
  const opened = world.bench.open(16);
  const web = new Hono();
  web.post('/api/v1/gifts', async (c) => {
    if (c.req.header('authorization') !== `Bearer ${API_KEY}`) return c.body(null, 401);
    const { fromSubscriptionId: from, toSubscriptionId: to, amountBytes } = await c.req.json();
    const requestId = c.req.header('idempotency-key') ?? '';
    const outcome = await giveNaively(opened.pool, world.clock, { requestId, from, to, amountBytes });
    return c.json({ outcome }, outcome === 'given' ? 201 : 409);
  });
  const server = serve({ fetch: web.fetch, hostname: '127.0.0.1', port: NAIVE_PORT });
  return {
    async stop() {
      await new Promise((done) => server.close(done));
      await opened.close();
    },
  };
}

/** The callers are a process of their own, as they would be. */
function askHttp(asked: AskHttp): Promise<HttpMeasured> {
  return new Promise((done, fail) => {
    const callers = fork(new URL('http-callers.ts', import.meta.url));
    callers.once('message', (measured: HttpMeasured) => done(measured));
    callers.once('error', fail);
    callers.once('exit', (code) => fail(new Error(`the callers ended with ${code}`)));
    callers.send(asked);
  });
}
