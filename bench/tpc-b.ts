import { randomInt } from 'node:crypto';
import type { BenchDatabase } from './database.ts';
import { callersFor } from './load.ts';
import { transaction } from './naive/transaction.ts';

/**
 * pgbench's TPC-B-like transaction sent by our driver, for machines without pgbench: an account, a teller and a branch
 * get an amount, one row of history. `simple-update` leaves teller and branch alone.
 */
export async function runTpcB(
  bench: BenchDatabase,
  asked: { script: 'tpcb-like' | 'simple-update'; clients: number; seconds: number; scale: number },
): Promise<number> {
  const { script, clients, seconds, scale } = asked;
  const opened = bench.open(clients);
  await makeTables(bench, scale);
  const { perSecond } = await callersFor(seconds, clients, () =>
    transaction(opened.pool, async (ask) => {
      const account = randomInt(scale * 100_000) + 1;
      const [teller, branch] = [randomInt(scale * 10) + 1, randomInt(scale) + 1];
      const delta = randomInt(-5_000, 5_001);
      await ask('ua', 'update bench_account set balance = balance + $2 where id = $1', [account, delta]);
      await ask('sa', 'select balance from bench_account where id = $1', [account]);
      if (script === 'tpcb-like') {
        await ask('ut', 'update bench_teller set balance = balance + $2 where id = $1', [teller, delta]);
        await ask('ub', 'update bench_branch set balance = balance + $2 where id = $1', [branch, delta]);
      }
      await ask('ih', 'insert into bench_history values ($1, $2, $3, $4, now())', [teller, branch, account, delta]);
    }),
  );
  await opened.close();
  return perSecond;
}

async function makeTables({ database }: BenchDatabase, scale: number): Promise<void> {
  const { rows } = await database.pool.query(`select to_regclass('bench_account') as found`);
  if (rows[0]?.found !== null) return;
  await database.pool.query(
    `create table bench_branch (id int primary key, balance int not null) with (fillfactor = 50);
     create table bench_teller (id int primary key, balance int not null) with (fillfactor = 50);
     create table bench_account (id int primary key, balance int not null, filler char(84) not null default '');
     create table bench_history (teller int, branch int, account int, delta int, at timestamptz);
     insert into bench_branch select i, 0 from generate_series(1, ${scale}) i;
     insert into bench_teller select i, 0 from generate_series(1, ${scale * 10}) i;
     insert into bench_account select i, 0 from generate_series(1, ${scale * 100_000}) i`,
  );
  await database.pool.query('vacuum analyze bench_account');
}
