import { askHttp } from './http-callers.ts';
import { inTurns, type Measured, WARM_UP_SECONDS } from './load.ts';
import { GIFT_BYTES } from './operator.ts';
import type { Question } from './question.ts';
import { API_KEY } from './servers/child.ts';
import { startServer } from './servers/start.ts';
import type { Tally } from './sound.ts';
import type { World } from './world.ts';

const APP_PORT = 19_801;
const USUAL_PORT = 19_802;
const CONNECTIONS = 256;

/** As many as the callers are told of, from all over the tables. */
const SUBSCRIPTIONS = 50_000;

/** Gifts asked of a server for so long, counted. */
export async function giveOverHttp(seconds: number, world: World, tally: Tally, port: number): Promise<Measured> {
  const every = Math.max(1, Math.floor(world.subscriptions.length / SUBSCRIPTIONS));
  const measured = await askHttp({
    port,
    connections: CONNECTIONS,
    seconds,
    of: {
      kind: 'gift',
      apiKey: API_KEY,
      amountBytes: GIFT_BYTES,
      subscriptions: world.subscriptions.filter((_, i) => i % every === 0),
    },
  });
  tally.answered += measured.answered;
  tally.gifts += measured.answered;
  return measured;
}

/** What does a gift cost over HTTP, in the whole app? Against a usual handler with one interactive transaction. */
export const giftHttp: Question = async (world, tally, { seconds, rounds }) => {
  const app = await startServer('app', world, APP_PORT);
  const usual = await startServer('usual-gifts', world, USUAL_PORT);
  const ask = (port: number) => () => giveOverHttp(seconds, world, tally, port);
  try {
    for (const port of [APP_PORT, USUAL_PORT]) await giveOverHttp(WARM_UP_SECONDS, world, tally, port);
    const measured = await inTurns(rounds, { app: ask(APP_PORT), usual: ask(USUAL_PORT) });
    return [
      {
        path: `gift over HTTP with Idempotency-Key, ${CONNECTIONS} connections`,
        measured: measured.app,
        baseline: {
          name: 'a usual handler, one transaction each (16 connections)',
          perSecond: measured.usual.perSecond,
        },
        appPeakMb: (await app.used()).peakMb,
        goal: { perSecond: 8_000, ratio: 8, p99Ms: 100, appPeakMb: 512 },
      },
    ];
  } finally {
    await Promise.all([app.stop(), usual.stop()]);
  }
};
