import { createHmac, randomUUID } from 'node:crypto';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { createAdjustableClock } from '../../src/base/clock.ts';
import { openBenchDatabase } from '../database.ts';
import { CHANNEL_SECRET } from '../servers/child.ts';
import { startServer } from '../servers/start.ts';
import { sitDown } from './agent.ts';
import { seedInbox } from './seed.ts';

// How soon is what a person says on the screen of whoever talks with them? `npm run bench:inbox -- --talks 500 --agents 25`
const { values } = parseArgs({
  options: {
    talks: { type: 'string', default: '500' },
    agents: { type: 'string', default: '25' },
    'per-second': { type: 'string', default: '20' },
    seconds: { type: 'string', default: '20' },
  },
});
const numberOf = (name: keyof typeof values): number => {
  const value = Number(values[name]);
  if (!(value > 0)) throw new RangeError(`--${name} is a number`);
  return value;
};
const [talks, agents] = [numberOf('talks'), numberOf('agents')];
const [perSecond, seconds] = [numberOf('per-second'), numberOf('seconds')];

const PORT = 19_820;
const ORIGIN = `http://127.0.0.1:${PORT}`;
/** Of so many messages one is for a talk on somebody's screen. */
const ON_SCREEN = 2;

const bench = await openBenchDatabase();
const clock = createAdjustableClock();
const seeded = await seedInbox(bench.database, { agents, talks, now: clock.now().toString() });
const app = await startServer('app', { bench, clock }, PORT, { hasJobs: true });

/** Messages under way, by their words: when they were sent, and when each part first showed them. */
const sent = new Map<string, { readonly at: number; readonly isOnScreen: boolean; talk?: number; list?: number }>();
function shown(part: 'talk' | 'list', html: string): void {
  const now = performance.now();
  for (const [words] of html.matchAll(/ベンチ\d+番/g)) {
    const message = sent.get(words);
    if (message) message[part] ??= now;
  }
}
const desks = await Promise.all(seeded.map((agent) => sitDown(ORIGIN, agent, shown)));
await new Promise((done) => setTimeout(done, 2_000));

async function say(number: number): Promise<void> {
  const agent = seeded[number % agents];
  const isOnScreen = number % ON_SCREEN === 0;
  const others = (agent?.conversations.length ?? 1) - 1;
  const person = agent?.conversations[isOnScreen ? 0 : 1 + (number % others)];
  const text = `ベンチ${number}番`;
  const body = JSON.stringify({
    destination: 'U',
    events: [
      {
        type: 'message',
        mode: 'active',
        timestamp: Date.now(),
        webhookEventId: randomUUID(),
        deliveryContext: { isRedelivery: false },
        source: { type: 'user', userId: person?.lineUserId },
        replyToken: randomUUID(),
        message: { type: 'text', id: String(number), text },
      },
    ],
  });
  sent.set(text, { at: performance.now(), isOnScreen });
  const signature = createHmac('sha256', CHANNEL_SECRET).update(body).digest('base64');
  const headers = { 'content-type': 'application/json', 'x-line-signature': signature };
  const answer = await fetch(`${ORIGIN}/webhook/line`, { method: 'POST', headers, body });
  if (answer.status !== 200) throw new Error(`the webhook answered ${answer.status}`);
}

const count = perSecond * seconds;
const started = performance.now();
const said: Promise<void>[] = [];
for (let number = 0; number < count; number += 1) {
  const wait = started + (number * 1_000) / perSecond - performance.now();
  if (wait > 0) await new Promise((done) => setTimeout(done, wait));
  said.push(say(number));
}
await Promise.all(said);
for (let tries = 0; tries < 100 && [...sent.values()].some(({ list }) => list === undefined); tries += 1) {
  await new Promise((done) => setTimeout(done, 100));
}
for (const desk of desks) desk.leave();

const delays = (part: 'talk' | 'list', of: { at: number; talk?: number; list?: number }[]) =>
  of.map((message) => (message[part] ?? Number.POSITIVE_INFINITY) - message.at).sort((a, b) => a - b);
const line = (name: string, sorted: readonly number[]) => {
  const at = (share: number) => sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
  return `| ${name} | ${sorted.length} | ${[0.5, 0.99, 1].map((share) => `${Math.round(at(share))} ms`).join(' | ')} |`;
};
const messages = [...sent.values()];
console.log(
  `\n${cpus().length} cores, Node ${process.versions.node}; ${talks} talks open, ${agents} agents, ${perSecond} messages a second ` +
    `for ${seconds} s; the app held ${(await app.used()).peakMb} MB\n\n| from LINE’s webhook to | messages | p50 | p99 | longest |\n| --- | --- | --- | --- | --- |`,
);
console.log(
  line(
    'the talk on the agent’s screen',
    delays(
      'talk',
      messages.filter(({ isOnScreen }) => isOnScreen),
    ),
  ),
);
console.log(
  line(
    'the list of whoever has it',
    delays(
      'list',
      messages.filter(({ isOnScreen }) => !isOnScreen),
    ),
  ),
);
await app.stop();
await bench.close();
