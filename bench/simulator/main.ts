import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { CrowdResult } from '../../simulator/contract.ts';
import { startHelper } from './process.ts';
import type { AskPushing, Pushed } from './pushing.ts';
import type { AskReceiving, Received } from './receiving.ts';

// `npm run bench:simulator -- --seconds 5 --long 60`: how much the simulated LINE takes. Four processes: the simulator,
// who pushes, who receives its webhooks, and this one. Each line says what the simulator and its callers cost.

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '5' }, long: { type: 'string', default: '60' } },
});
const [seconds, longSeconds] = [Number(values.seconds), Number(values.long)];
const token = 'bench-token';
const people = 1_000;
const asked = 5_000;

const bot = startHelper<AskReceiving, Received>('receiving.ts');
const pusher = startHelper<AskPushing, Pushed>('pushing.ts');
const { port: botPort } = await bot.ask('begin');
const simulator = await startSimulator();
try {
  const { userIds } = await crowd({ seconds: 0.1, perSecond: 100 });
  const push = (port: number, rest: { seconds: number; perSecond: number | null }) =>
    pusher.ask({ port, connections: 64, token, userIds, ...rest });

  // Once unmeasured each, so that both are warm.
  await push(simulator.port + 1, { seconds: 2, perSecond: null });
  await push(botPort, { seconds: 1, perSecond: null });

  const bare = await push(botPort, { seconds, perSecond: null });
  const usedByPushes = simulator.used();
  const pushes = await push(simulator.port + 1, { seconds, perSecond: null });
  const pushCpu = usedByPushes();
  await bot.ask('begin');
  const usedByWebhooks = simulator.used();
  const webhooks = await crowd({ seconds, perSecond: null });
  const [webhookCpu, heard] = [usedByWebhooks(), await bot.ask('tell')];

  const before = simulator.memoryMb();
  await bot.ask('begin');
  const usedByBoth = simulator.used();
  const [sent, written] = await Promise.all([
    push(simulator.port + 1, { seconds: longSeconds, perSecond: asked }),
    crowd({ seconds: longSeconds, perSecond: asked }),
  ]);
  const [bothCpu, heardBoth] = [usedByBoth(), await bot.ask('tell')];

  const share = (used: number, of: number) => `${Math.round((used / of) * 100)} %`;
  console.log(
    `\n${cpus().length} cores, Node ${process.versions.node}, ${people} people; 64 connections of pushes, 64 of webhooks\n`,
  );
  console.log('| | a second | ratio | p50 | p99 | simulator, of a core | its callers and the bot |');
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  line('bare node:http, the same bodies', bare.perSecond, '1.00', bare, '–', share(bare.cpu.seconds, seconds));
  line(
    'pushes, as many as it takes',
    pushes.perSecond,
    (pushes.perSecond / bare.perSecond).toFixed(2),
    pushes,
    share(pushCpu, seconds),
    share(pushes.cpu.seconds, seconds),
  );
  line(
    'webhooks of one event, as many as it takes',
    heard.requests / seconds,
    (heard.requests / seconds / bare.perSecond).toFixed(2),
    webhooks,
    share(webhookCpu, seconds),
    share(heard.cpu.seconds, seconds),
  );
  const callers = share(sent.cpu.seconds + heardBoth.cpu.seconds, longSeconds);
  line(`${asked} pushes a second for ${longSeconds} s`, sent.perSecond, '', sent, share(bothCpu, longSeconds), callers);
  line(
    `… and ${asked} webhooks a second beside them`,
    heardBoth.events / longSeconds,
    '',
    written,
    'as above',
    'as above',
  );
  console.log(
    `\nRefused: ${sent.refused} pushes, ${written.refused} events. Memory: ${before} MB before, ${simulator.memoryMb()} MB after ${longSeconds} s of both.`,
  );
  if (sent.firstRefusal !== null) console.log(sent.firstRefusal);
} finally {
  simulator.end();
  bot.end();
  pusher.end();
}

function line(
  what: string,
  perSecond: number,
  ratio: string,
  spread: { p50Ms: number; p99Ms: number },
  used: string,
  callers: string,
): void {
  const figure = Math.round(perSecond / 100) * 100;
  const cells = [
    what,
    figure.toLocaleString('en'),
    ratio,
    `${spread.p50Ms.toFixed(1)} ms`,
    `${spread.p99Ms.toFixed(1)} ms`,
    used,
    callers,
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

async function crowd(order: { seconds: number; perSecond: number | null }): Promise<CrowdResult> {
  const answer = await fetch(`http://127.0.0.1:${simulator.port}/control/crowd`, {
    method: 'POST',
    body: JSON.stringify({ people, ...order }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as CrowdResult;
}

/** The program as anybody starts it. */
async function startSimulator() {
  const port = Number(process.env.SIMULATOR_PORT ?? 9100);
  const flags = [
    '--port',
    `${port}`,
    '--webhook',
    `http://127.0.0.1:${botPort}/webhook`,
    '--channel-access-token',
    token,
  ];
  const load = ['--no-rate-limits', '--webhook-connections', '64', '--events-per-webhook', '1'];
  const child = spawn(
    process.execPath,
    [
      '--import',
      './jsx.ts',
      ...process.execArgv.filter((flag) => flag.startsWith('--cpu')),
      'simulator/main.ts',
      ...flags,
      ...load,
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await once(child.stdout, 'data');
  const proc = (file: string) => readFileSync(`/proc/${child.pid}/${file}`, 'utf8');
  /** In clock ticks of a hundredth of a second; the program's name stands in brackets before the numbers. */
  const cpuSeconds = () => {
    const fields = proc('stat')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  };
  return {
    port,
    used() {
      const before = cpuSeconds();
      return () => cpuSeconds() - before;
    },
    memoryMb: () => Math.round(Number(/VmRSS:\s+(\d+)/.exec(proc('status'))?.[1] ?? 0) / 1024),
    end: () => child.kill('SIGINT'),
  };
}
