import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { BenchDatabase } from './database.ts';
import { runTpcB } from './tpc-b.ts';

/** What the server is worth by a measure that everybody knows. */
export interface Reference {
  readonly by: 'pgbench' | 'our script';
  readonly clients: number;
  readonly perSecond: number;
}

const SCALE = 10;
const run = promisify(execFile);

/** pgbench where the machine has it; else the same transactions through our driver. */
export async function openPgbench(bench: BenchDatabase, seconds: number) {
  const { url } = bench.database;
  const isThere = await run('pgbench', ['--version']).then(
    () => true,
    () => false,
  );
  if (isThere) await run('pgbench', ['-i', '-q', '-s', String(SCALE), url]);

  async function measure(script: 'tpcb-like' | 'simple-update', clients: number): Promise<Reference> {
    if (!isThere) {
      return { by: 'our script', clients, perSecond: await runTpcB(bench, { script, clients, seconds, scale: SCALE }) };
    }
    const threads = String(Math.min(clients, 2));
    const settings = ['-n', '-M', 'prepared', '-c', String(clients), '-j', threads, '-T', String(Math.max(2, seconds))];
    const { stdout } = await run('pgbench', [...settings, '-b', script, url]);
    const found = /tps = ([\d.]+)/.exec(stdout)?.[1];
    if (found === undefined) throw new Error(`pgbench said something new: ${stdout}`);
    return { by: 'pgbench', clients, perSecond: Number(found) };
  }

  let best: Promise<Reference> | undefined;
  async function bestTpcB(): Promise<Reference> {
    const tried: Reference[] = [];
    for (const clients of [8, 16, 32, 8, 16, 32]) tried.push(await measure('tpcb-like', clients));
    return tried.reduce((one, other) => (other.perSecond > one.perSecond ? other : one));
  }
  return {
    tpcB() {
      best ??= bestTpcB();
      return best;
    },
    simpleUpdate: () => measure('simple-update', 1),
  };
}
