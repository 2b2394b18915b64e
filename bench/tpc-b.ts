import { randomInt } from 'node:crypto';
import type { BenchDatabase } from './database.ts';
import { callersFor, type Measured, median } from './load.ts';
import type { Comparison } from './table.ts';

/**
 * What is this server worth? pgbench's TPC-B-like script, sent by the same driver: an account, a teller and a branch
 * get an amount, one row of history, one transaction.
 */
export async function benchTpcB(
  bench: BenchDatabase,
  options: { seconds: number; rounds: number; scale: number; clients: readonly number[] },
): Promise<readonly Comparison[]> {
  const { scale } = options;
  await bench.database.pool.query(
    `drop table if exists bench_branch, bench_teller, bench_account, bench_history;
     create table bench_branch (id int primary key, balance int not null) with (fillfactor = 50);
     create table bench_teller (id int primary key, balance int not null) with (fillfactor = 50);
     create table bench_account (id int primary key, balance int not null, filler char(84) not null default '');
     create table bench_history (teller int, branch int, account int, delta int, at timestamptz);
     insert into bench_branch select i, 0 from generate_series(1, ${scale}) i;
     insert into bench_teller select i, 0 from generate_series(1, ${scale * 10}) i;
     insert into bench_account select i, 0 from generate_series(1, ${scale * 100_000}) i`,
  );
  await bench.database.pool.query('vacuum analyze bench_account');

  const comparisons: Comparison[] = [];
  for (const clients of options.clients) {
    const opened = bench.open(clients);
    const runs: Measured[] = [];
    for (let round = 0; round < options.rounds; round++) {
      runs.push(
        await callersFor(options.seconds, clients, async () => {
          const client = await opened.pool.connect();
          const ask = (name: string, text: string, values: number[] = []) => client.query({ name, text, values });
          const [account, teller, branch] = [
            randomInt(scale * 100_000) + 1,
            randomInt(scale * 10) + 1,
            randomInt(scale) + 1,
          ];
          const delta = randomInt(-5_000, 5_001);
          await ask('b', 'begin');
          await ask('ua', 'update bench_account set balance = balance + $2 where id = $1', [account, delta]);
          await ask('sa', 'select balance from bench_account where id = $1', [account]);
          await ask('ut', 'update bench_teller set balance = balance + $2 where id = $1', [teller, delta]);
          await ask('ub', 'update bench_branch set balance = balance + $2 where id = $1', [branch, delta]);
          await ask('ih', 'insert into bench_history values ($1, $2, $3, $4, now())', [teller, branch, account, delta]);
          await ask('c', 'commit');
          client.release();
        }),
      );
    }
    await opened.close();
    comparisons.push({ path: `for scale: TPC-B, ${clients} clients`, measured: median(runs) });
  }
  await bench.database.pool.query('drop table bench_branch, bench_teller, bench_account, bench_history');
  return comparisons;
}
