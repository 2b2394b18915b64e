import { askHttp } from './http-callers.ts';
import { inTurns, type Measured } from './load.ts';
import type { Question } from './question.ts';
import { CHANNEL_SECRET } from './servers/child.ts';
import { startServer } from './servers/start.ts';

const APP_PORT = 19_803;
const EXPRESS_PORT = 19_804;
const CONNECTIONS = 64;

/** What does an event of LINE's cost until it is stored? Against Express with the SDK's middleware and a batched insert. */
export const webhook: Question = async (world, _, { seconds, rounds }) => {
  const { sql } = world;
  await sql.query('truncate line_event');
  const app = await startServer('app', world, APP_PORT);
  const express = await startServer('express-webhook', world, EXPRESS_PORT);
  let answered = 0;
  const ask = (port: number) => async (): Promise<Measured> => {
    const measured = await askHttp({
      port,
      connections: CONNECTIONS,
      seconds,
      of: { kind: 'webhook', channelSecret: CHANNEL_SECRET },
    });
    answered += measured.answered;
    return measured;
  };
  try {
    await ask(APP_PORT)();
    await ask(EXPRESS_PORT)();
    const measured = await inTurns(rounds, { app: ask(APP_PORT), express: ask(EXPRESS_PORT) });
    const [stored] = await sql.query<{ count: number }>('select count(*) from line_event');
    if (stored?.count !== answered) throw new Error(`${stored?.count} events are stored, ${answered} were answered`);
    return [
      {
        path: `webhook, checked and stored, ${CONNECTIONS} connections`,
        measured: measured.app,
        baseline: {
          name: "Express with the SDK's middleware and a batched insert",
          perSecond: measured.express.perSecond,
        },
        appPeakMb: await app.peakMb(),
      },
    ];
  } finally {
    await Promise.all([app.stop(), express.stop()]);
    await sql.query('truncate line_event');
  }
};
