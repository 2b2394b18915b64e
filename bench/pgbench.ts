import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { BenchDatabase } from './database.ts';
import { runTpcB } from './tpc-b.ts';

/** What the server is worth by a measure that everybody knows. */
export interface Reference {
  readonly by: 'pgbench' | 'our script';
  readonly clients: number;
  /** Runs it once more. */
  measure(): Promise<{ readonly perSecond: number }>;
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

  async function measure(script: 'tpcb-like' | 'simple-update', clients: number): Promise<{ perSecond: number }> {
    if (!isThere) return { perSecond: await runTpcB(bench, { script, clients, seconds, scale: SCALE }) };
    const threads = String(Math.min(clients, 2));
    const settings = ['-n', '-M', 'prepared', '-c', String(clients), '-j', threads, '-T', String(Math.max(2, seconds))];
    const { stdout } = await run('pgbench', [...settings, '-b', script, url]);
    const found = /tps = ([\d.]+)/.exec(stdout)?.[1];
    if (found === undefined) throw new Error(`pgbench said something new: ${stdout}`);
    return { perSecond: Number(found) };
  }

  const referenceOf = (script: 'tpcb-like' | 'simple-update', clients: number): Reference => ({
    by: isThere ? 'pgbench' : 'our script',
    clients,
    measure: () => measure(script, clients),
  });

  return {
    /** TPC-B with the number of clients that suits it best. */
    async tpcB() {
      let best = { perSecond: 0, clients: 0 };
      for (const clients of [8, 16, 32]) {
        const { perSecond } = await measure('tpcb-like', clients);
        if (perSecond > best.perSecond) best = { perSecond, clients };
      }
      return referenceOf('tpcb-like', best.clients);
    },
    simpleUpdate: () => referenceOf('simple-update', 1),
  };
}
