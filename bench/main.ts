import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { balance } from './balance.ts';
import { bills } from './bills.ts';
import { openBenchDatabase } from './database.ts';
import { gift } from './gift.ts';
import { giftAlone } from './gift-alone.ts';
import { giftHot } from './gift-hot.ts';
import { giftHttp } from './gift-http.ts';
import { growth } from './growth.ts';
import { monthTurn } from './month-turn.ts';
import { openPgbench } from './pgbench.ts';
import { points } from './points.ts';
import type { Question } from './question.ts';
import { soundly } from './sound.ts';
import { type Comparison, table } from './table.ts';
import { usage } from './usage.ts';
import { webhook } from './webhook.ts';
import { createWorld } from './world.ts';

/** In this order: what moves the clock comes last. */
const questions: Readonly<Record<string, Question>> = {
  gift,
  'gift-alone': giftAlone,
  'gift-hot': giftHot,
  'gift-http': giftHttp,
  webhook,
  usage,
  balance,
  'month-turn': monthTurn,
  points,
  bills,
};

// `npm run bench -- --subscriptions 100000 --seconds 2 --rounds 3 --only gift,usage`; `npm run bench -- --growth`
const { values } = parseArgs({
  options: {
    subscriptions: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    growth: { type: 'boolean', default: false },
  },
});
const [subscriptions, seconds, rounds] = [values.subscriptions, values.seconds, values.rounds].map(Number);
if (!subscriptions || !seconds || !rounds) throw new RangeError('--subscriptions, --seconds and --rounds are numbers');
const only = values.only?.split(',') ?? Object.keys(questions);
const unknown = only.filter((name) => questions[name] === undefined);
if (unknown.length > 0) throw new RangeError(`--only knows ${Object.keys(questions).join(', ')}, not ${unknown}`);

/** The machine, and how it was asked: what a table without is worth nothing. */
const asked = `${cpus().length} cores, Node ${process.versions.node}; medians of ${rounds} rounds of ${seconds} s`;

if (values.growth) {
  const lines = await growth(subscriptions, { seconds, rounds, only });
  console.log(`\n${asked}; both ledgers were verified in the end\n\n${lines}`);
} else await askAll({ subscriptions, seconds, rounds });

async function askAll({ subscriptions, ...times }: { subscriptions: number; seconds: number; rounds: number }) {
  const bench = await openBenchDatabase();
  try {
    const { rows } = await bench.database.pool.query<{ version: string; fsync: string }>(
      `select current_setting('server_version') as version, current_setting('fsync') as fsync`,
    );
    const world = await createWorld(bench, subscriptions);
    const references = await openPgbench(bench, times.seconds);
    const lines: Comparison[] = [];
    for (const [name, question] of Object.entries(questions).filter(([name]) => only.includes(name))) {
      console.error(`${name} …`);
      const comparisons = await soundly(world, name, (tally) => question(world, tally, { ...times, ...references }));
      lines.push(...comparisons);
    }
    await world.ledger.stop();
    console.log(
      `\n${asked}; PostgreSQL ${rows[0]?.version}, fsync ${rows[0]?.fsync}, ` +
        `${subscriptions.toLocaleString('en')} subscriptions; the ledger was verified after each path\n`,
    );
    console.log(table(lines));
  } finally {
    await bench.close();
  }
}
