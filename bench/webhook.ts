import { fileArrivals } from '../src/infra/line/arrivals/arrivals-store.ts';
import { askHttp } from './http-callers.ts';
import { inTurns, type Measured, WARM_UP_SECONDS } from './load.ts';
import type { Question } from './question.ts';
import { CHANNEL_SECRET } from './servers/child.ts';
import { type BenchServer, startServer } from './servers/start.ts';

const PORT = { app: 19_803, batched: 19_804, each: 19_805 };
const CONNECTIONS = 64;

/**
 * What does an event of LINE's cost until it is stored? Against Express with the SDK's middleware, and two ways to store.
 * Ours files what it has stored when it begins to handle it, so what that takes is told, too.
 */
export const webhook: Question = async (world, _, { seconds, rounds }) => {
  const { sql } = world;
  const empty = () => sql.query('truncate line_arrival, line_event, naive_event');
  await empty();
  const servers = {
    app: await startServer('app', world, PORT.app),
    batched: await startServer('express-webhook', world, PORT.batched),
    each: await startServer('express-insert-each', world, PORT.each),
  };
  const answered = { app: 0, batched: 0, each: 0 };
  const micros = { app: 0, batched: 0, each: 0, callers: 0 };
  const askFor = (name: keyof typeof PORT, time: number) =>
    askHttp({
      port: PORT[name],
      connections: CONNECTIONS,
      seconds: time,
      of: { kind: 'webhook', channelSecret: CHANNEL_SECRET },
    });
  const ask = (name: keyof typeof PORT) => async (): Promise<Measured> => {
    const before = (await servers[name].used()).micros;
    const measured = await askFor(name, seconds);
    answered[name] += measured.answered;
    micros[name] += (await servers[name].used()).micros - before;
    micros.callers += measured.callerMicros * measured.answered;
    return measured;
  };
  const each = (name: keyof typeof PORT) => `${Math.round(micros[name] / answered[name])} µs of processor time each`;
  try {
    for (const name of ['app', 'batched', 'each'] as const) await askFor(name, WARM_UP_SECONDS);
    await empty();
    const measured = await inTurns(rounds, { app: ask('app'), batched: ask('batched'), each: ask('each') });
    const all = answered.app + answered.batched + answered.each;
    const filedMicros = (await timeOf(() => fileArrivals(sql, refuse))) / answered.app;
    const [found] = await sql.query<{ ours: number; theirs: number }>(
      'select (select count(*) from line_event) as ours, (select count(*) from naive_event) as theirs',
    );
    if (found?.ours !== answered.app || found.theirs !== all - answered.app) {
      throw new Error(
        `${found?.ours} and ${found?.theirs} events are stored, ${answered.app} of ${all} were answered by ours`,
      );
    }
    const callers = `the callers' ${Math.round(micros.callers / all)}`;
    const path = `webhook, checked and stored, ${CONNECTIONS} connections (${each('app')}, ${callers}; filed later in ${Math.round(filedMicros)} µs)`;
    const line = { path, measured: measured.app, appPeakMb: (await servers.app.used()).peakMb };
    const express = "Express with the SDK's middleware";
    return [
      {
        ...line,
        baseline: {
          name: `${express} and a batched insert (${each('batched')})`,
          perSecond: measured.batched.perSecond,
        },
        goal: { ratio: 2 },
      },
      {
        ...line,
        baseline: { name: `${express} and an insert each (8 connections)`, perSecond: measured.each.perSecond },
      },
    ];
  } finally {
    await Promise.all(Object.values(servers).map((server: BenchServer) => server.stop()));
    await empty();
  }
};

function refuse(error: unknown): never {
  throw error;
}

/** In microseconds. One who works by himself and does not wait for the disk takes as much of a processor. */
async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) * 1_000;
}
