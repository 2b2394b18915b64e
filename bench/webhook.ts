import { askHttp } from './http-callers.ts';
import { inTurns, type Measured } from './load.ts';
import type { Question } from './question.ts';
import { CHANNEL_SECRET } from './servers/child.ts';
import { type BenchServer, startServer } from './servers/start.ts';

const PORT = { app: 19_803, batched: 19_804, each: 19_805 };
const CONNECTIONS = 64;

/** What does an event of LINE's cost until it is stored? Against Express with the SDK's middleware, and two ways to store. */
export const webhook: Question = async (world, _, { seconds, rounds }) => {
  const { sql } = world;
  await sql.query('truncate line_event');
  const servers = {
    app: await startServer('app', world, PORT.app),
    batched: await startServer('express-webhook', world, PORT.batched),
    each: await startServer('express-insert-each', world, PORT.each),
  };
  const answered = { app: 0, batched: 0, each: 0 };
  const micros = { app: 0, batched: 0, each: 0, callers: 0 };
  const ask = (name: keyof typeof PORT) => async (): Promise<Measured> => {
    const before = (await servers[name].used()).micros;
    const of = { kind: 'webhook', channelSecret: CHANNEL_SECRET } as const;
    const measured = await askHttp({ port: PORT[name], connections: CONNECTIONS, seconds, of });
    answered[name] += measured.answered;
    micros[name] += (await servers[name].used()).micros - before;
    micros.callers += measured.callerMicros * measured.answered;
    return measured;
  };
  const each = (name: keyof typeof PORT) => `${Math.round(micros[name] / answered[name])} µs of processor time each`;
  try {
    for (const name of ['app', 'batched', 'each'] as const) await ask(name)();
    const measured = await inTurns(rounds, { app: ask('app'), batched: ask('batched'), each: ask('each') });
    const [found] = await sql.query<{ count: number }>('select count(*) from line_event');
    const all = answered.app + answered.batched + answered.each;
    if (found?.count !== all) throw new Error(`${found?.count} events are stored, ${all} were answered`);
    const callers = `the callers' ${Math.round(micros.callers / all)}`;
    const path = `webhook, checked and stored, ${CONNECTIONS} connections (${each('app')}, ${callers})`;
    const line = { path, measured: measured.app, appPeakMb: (await servers.app.used()).peakMb };
    const express = "Express with the SDK's middleware";
    return [
      {
        ...line,
        baseline: {
          name: `${express} and a batched insert (${each('batched')})`,
          perSecond: measured.batched.perSecond,
        },
      },
      {
        ...line,
        baseline: { name: `${express} and an insert each (8 connections)`, perSecond: measured.each.perSecond },
      },
    ];
  } finally {
    await Promise.all(Object.values(servers).map((server: BenchServer) => server.stop()));
    await sql.query('truncate line_event');
  }
};
