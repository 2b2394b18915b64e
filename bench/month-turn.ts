import { newId } from '../src/base/ids.ts';
import { baseBytesIn } from '../src/features/data/batch/family.ts';
import { turnOfTheMonth } from '../src/features/data/turn/turn-of-the-month.ts';
import { callersFor, type Measured, spread } from './load.ts';
import { benchOperator } from './operator.ts';
import type { Question } from './question.ts';
import type { Tally } from './sound.ts';
import type { World } from './world.ts';

/** The whole turn, and what others do who buy a byte each, again and again: before it, and meanwhile. Moves the clock. */
export async function turnMonth(
  seconds: number,
  world: World,
  tally: Tally,
): Promise<{ before: Measured; whole: Measured; meanwhile: Measured }> {
  const { sql, ledger, family, calendar, clock, subscriptions } = world;
  async function buy(): Promise<void> {
    const bought = await world.data.topUp({ requestId: newId(), subscriptionId: world.one(), amountBytes: 1 });
    if (!bought.ok || bought.answer.result !== 'changed') throw new Error(`not bought: ${JSON.stringify(bought)}`);
    tally.answered += 1;
    tally.bytes += 1n;
  }
  const before = await callersFor(seconds, 16, buy);

  // From the tenth to the third of the next month: all are due.
  clock.advance('PT552H');
  const granted = subscriptions.length - 1;
  const [large = 0, huge = 0] = benchOperator.plans.map((plan) => plan.monthlyBytes);
  const job = turnOfTheMonth({ sql, ledger, family, calendar, baseBytesOf: baseBytesIn(benchOperator) });
  let isTurning = true;
  const latencies: number[] = [];
  const others = Array.from({ length: 16 }, async () => {
    while (isTurning) {
      const asked = performance.now();
      await buy();
      latencies.push(performance.now() - asked);
    }
  });
  const ended = await endedBytes(world);
  const started = performance.now();
  const turned = await job.run(clock.now());
  const lasted = performance.now() - started;
  isTurning = false;
  await Promise.all(others);
  if (turned !== subscriptions.length) throw new Error(`${turned} of ${subscriptions.length} months were turned`);
  if ((await job.run(clock.now())) !== 0) throw new Error('a month was turned twice');

  tally.bytes += BigInt(granted) * BigInt(large) + BigInt(huge) - ended;
  const meanwhile: Measured = { ...spread(latencies), perSecond: (latencies.length * 1_000) / lasted };
  const whole: Measured = { perSecond: (turned * 1_000) / lasted, p50Ms: lasted, p99Ms: lasted };
  return { before, whole, meanwhile };
}

/** How long does the turn of the month take, and what do others notice of it? */
export const monthTurn: Question = async (world, tally, { seconds }) => {
  const { before, whole, meanwhile } = await turnMonth(seconds, world, tally);
  const count = world.subscriptions.length.toLocaleString('en');
  return [
    { path: `turn of the month, ${count} subscriptions (p50, p99: the whole)`, measured: whole },
    {
      path: 'top-ups of 16 people meanwhile',
      measured: meanwhile,
      baseline: { name: `before it (p99 ${before.p99Ms.toFixed(1)} ms)`, perSecond: before.perSecond },
      goal: { p99Ms: 100 },
    },
  ];
};

/** What the turn takes out of the book: gifts that ended with their month. */
async function endedBytes({ sql, clock }: World): Promise<bigint> {
  const [row] = await sql.query<{ bytes: string }>(
    'select coalesce(sum(remaining), 0)::text as bytes from ledger_lot where expires_at <= $1',
    [clock.now().toString()],
  );
  return BigInt(row?.bytes ?? '0');
}
