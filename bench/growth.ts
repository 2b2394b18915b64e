import { readerOf } from './balance.ts';
import { openAt, startBenchServer } from './database.ts';
import { give } from './gift.ts';
import { hotGifts } from './gift-hot.ts';
import { giveOverHttp } from './gift-http.ts';
import { callersFor, inTurns, type Measured } from './load.ts';
import { turnMonth } from './month-turn.ts';
import { startServer } from './servers/start.ts';
import { soundly, type Tally } from './sound.ts';
import { figure, markdown } from './table.ts';
import { feedFor } from './usage.ts';
import { createWorld, type World } from './world.ts';

/** One of the two sizes. */
interface Side {
  readonly world: World;
  readonly tally: Tally;
  /** Where an app listens for it, if gifts over HTTP are asked for. */
  readonly port: number;
}

/** What is asked again and again of both sizes, turn and turn about; `name` is that of the bench's question. */
const paths: readonly { name: string; path: string; ask(seconds: number, side: Side): Promise<Measured> }[] = [
  {
    name: 'gift',
    path: 'gift, 512 waiting',
    ask: (seconds, { world, tally }) => hotGifts.uniform(seconds, world, tally),
  },
  {
    name: 'gift-alone',
    path: 'gift, one at a time',
    ask: (seconds, { world, tally }) => callersFor(seconds, 1, () => give(world, tally, world.pair())),
  },
  {
    name: 'gift-hot',
    path: 'gift, all to one, 512 waiting',
    ask: (seconds, { world, tally }) => hotGifts.hotReceiver(seconds, world, tally),
  },
  {
    name: 'gift-hot',
    path: 'gift, one to all, 512 waiting',
    ask: (seconds, { world, tally }) => hotGifts.hotSender(seconds, world, tally),
  },
  {
    name: 'gift-http',
    path: 'gift over HTTP, 256 connections',
    ask: (seconds, { world, tally, port }) => giveOverHttp(seconds, world, tally, port),
  },
  {
    name: 'usage',
    path: 'usage records, in batches',
    ask: (seconds, { world, tally }) => feedFor(seconds, world, tally),
  },
  {
    name: 'balance',
    path: 'balance, 512 waiting',
    ask(seconds, { world }) {
      const read = readerOf(world);
      return callersFor(seconds, 512, () => read(world.one()));
    },
  },
];

interface Asked {
  readonly seconds: number;
  readonly rounds: number;
  /** Names of questions: those of the bench that can be asked of both. */
  readonly only: readonly string[];
}

const TIMES = 10;
/** Where the apps listen. */
const FIRST_PORT = 19_811;
/** As much as whoever has a million subscriptions gives their database. */
const BUFFERS = '2GB';

/**
 * What becomes slower as an operator grows? Two databases on one server, one with ten times as many subscriptions, asked
 * in turns. Answers a table with the ratio of each path; both ledgers are verified in the end.
 */
export async function growth(subscriptions: number, asked: Asked): Promise<string> {
  const server = await startBenchServer(BUFFERS);
  const opened = [];
  try {
    for (const [i, count] of [subscriptions, subscriptions * TIMES].entries()) {
      console.error(`seeding ${count.toLocaleString('en')} …`);
      const bench = await openAt(await server.databaseUrl(`bench_${count}`));
      const world = await createWorld(bench, count);
      const port = FIRST_PORT + i;
      const app = asked.only.includes('gift-http') ? await startServer('app', world, port) : undefined;
      opened.push({ bench, world, port, app });
    }
    const [small, large] = opened;
    if (small === undefined || large === undefined) throw new Error('two sizes were to be seeded');
    const lines = await soundly(small.world, 'growth', (smallTally) =>
      soundly(large.world, 'growth', (largeTally) =>
        compare({ ...small, tally: smallTally }, { ...large, tally: largeTally }, asked),
      ),
    );
    const head = [small, large].map(({ world }) => world.subscriptions.length.toLocaleString('en'));
    return markdown(['path', ...head, 'ratio', 'p99', `p99 with ${TIMES} times as many`], lines);
  } finally {
    for (const { bench, world, app } of opened) {
      await app?.stop();
      await world.ledger.stop();
      await bench.close();
    }
    await server.stop();
  }
}

async function compare(small: Side, large: Side, { seconds, rounds, only }: Asked): Promise<string[][]> {
  const lines: string[][] = [];
  for (const { path, ask } of paths.filter(({ name }) => only.includes(name))) {
    console.error(`${path} …`);
    for (const side of [small, large]) await ask(1, side);
    const measured = await inTurns(rounds, { small: () => ask(seconds, small), large: () => ask(seconds, large) });
    lines.push(line(path, measured.small, measured.large));
  }
  // Last and once each, for it moves the clock.
  if (!only.includes('month-turn')) return lines;
  console.error('month-turn …');
  const one = await turnMonth(seconds, small.world, small.tally);
  const other = await turnMonth(seconds, large.world, large.tally);
  lines.push(line('turn of the month (p99: the whole)', one.whole, other.whole));
  lines.push(line('top-ups of 16 people before it', one.before, other.before));
  lines.push(line('top-ups of 16 people meanwhile', one.meanwhile, other.meanwhile));
  return lines;
}

function line(path: string, small: Measured, large: Measured): string[] {
  const ratio = (large.perSecond / small.perSecond).toFixed(2);
  const ms = ({ p99Ms }: Measured) => `${p99Ms.toFixed(1)} ms`;
  return [path, figure(small.perSecond), figure(large.perSecond), `**${ratio}**`, ms(small), ms(large)];
}
