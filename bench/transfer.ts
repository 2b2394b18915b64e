import { randomInt } from 'node:crypto';
import type pg from 'pg';
import { systemClock } from '../src/base/clock.ts';
import { newId } from '../src/base/ids.ts';
import type { Database } from '../src/infra/db/index.ts';
import { createLedger, type Family } from '../src/ledger/index.ts';
import type { BenchDatabase } from './database.ts';
import { callersFor, type Measured, median } from './load.ts';
import type { Comparison } from './table.ts';

interface Transfer {
  readonly requestId: string;
  readonly from: string;
  readonly to: string;
}

/** The least a gift is: one amount, from one owner's lot to another's, if it is there. */
const transfers: Family<Transfer, null, { moved: boolean }> = {
  scope: 'bench',
  owners: ({ from, to }) => [from, to],
  body: ({ from, to }) => ({ from, to }),
  load: async () => null,
  decide({ from, to }, _, book) {
    const [giving, taking] = [book.lotsOf(from)[0], book.lotsOf(to)[0]];
    if (giving === undefined || taking === undefined || giving.remaining < 1) return { moved: false };
    book.move(giving, taking, 1, 'transfer');
    return { moved: true };
  },
  save: async () => undefined,
};

/** The same rules, as they are usually written: one transaction a transfer, a statement a step, all prepared. */
async function transferAlone(pool: pg.Pool, { requestId, from, to }: Transfer): Promise<void> {
  const client = await pool.connect();
  const ask = (name: string, text: string, values: unknown[] = []) => client.query({ name, text, values });
  try {
    await ask('b', 'begin');
    const repeat = await ask('i', 'select answer from idempotent_request where scope = $1 and request_id = $2', [
      'alone',
      requestId,
    ]);
    if (repeat.rows.length > 0) return void (await ask('r', 'rollback'));
    await ask('l', 'select from ledger_owner where owner_id = any($1::uuid[]) order by owner_id for update', [
      [from, to],
    ]);
    const { rows } = await ask(
      's',
      'select owner_id, lot_id, remaining from ledger_lot where owner_id = any($1::uuid[])',
      [[from, to]],
    );
    const [giving, taking] = [from, to].map((ownerId) => rows.find((row) => row.owner_id === ownerId));
    const isThere = giving.remaining >= 1;
    if (isThere) {
      for (const [lot, by] of [
        [giving, -1],
        [taking, 1],
      ]) {
        await ask('u', 'update ledger_lot set remaining = remaining + $3 where owner_id = $1 and lot_id = $2', [
          lot.owner_id,
          lot.lot_id,
          by,
        ]);
      }
      await ask(
        'e',
        `insert into ledger_entry (entry_id, at, request_scope, request_id, reason, unit, amount, from_owner_id,
           from_lot_id, from_lot_after, to_owner_id, to_lot_id, to_lot_after)
         values ($1, now(), 'alone', $2, 'transfer', 'byte', 1, $3, $4, $5, $6, $7, $8)`,
        [newId(), requestId, from, giving.lot_id, giving.remaining - 1, to, taking.lot_id, taking.remaining + 1],
      );
    }
    await ask(
      'a',
      `insert into idempotent_request (scope, request_id, body_hash, answer, answered_at)
       values ('alone', $1, sha256($2::bytea), $3, now())`,
      [requestId, `${from}${to}`, JSON.stringify({ moved: isThere })],
    );
    await ask('c', 'commit');
  } finally {
    client.release();
  }
}

export interface TransferOptions {
  readonly owners: readonly string[];
  readonly seconds: number;
  readonly rounds: number;
  readonly waiting: readonly number[];
  readonly poolSizes: readonly number[];
}

/** What does it cost to move an amount, with so many waiting? Against one transaction each, at its best pool size. */
export async function benchTransfers(bench: BenchDatabase, options: TransferOptions): Promise<readonly Comparison[]> {
  const ledger = createLedger({ pool: bench.database.pool, clock: systemClock });
  const pools = options.poolSizes.map((size) => ({ size, opened: bench.open(size) }));
  const one = () => options.owners[randomInt(options.owners.length)] ?? '';
  function draw(): Transfer {
    const from = one();
    const to = one();
    return from === to ? draw() : { requestId: newId(), from, to };
  }

  const comparisons: Comparison[] = [];
  for (const waiting of options.waiting) {
    const together = () => callersFor(options.seconds, waiting, () => ledger.submit(transfers, draw()));
    const alone = (pool: pg.Pool) => callersFor(options.seconds, waiting, () => transferAlone(pool, draw()));

    const probed: { size: number; opened: Database; perSecond: number }[] = [];
    for (const { size, opened } of pools.filter(({ size }, i) => i === 0 || size <= waiting)) {
      await alone(opened.pool);
      probed.push({ size, opened, perSecond: (await alone(opened.pool)).perSecond });
    }
    const best = probed.reduce((a, b) => (b.perSecond > a.perSecond ? b : a));
    await together();

    // Turn and turn about, so that whatever else the machine does meets both alike.
    const [batched, single]: [Measured[], Measured[]] = [[], []];
    for (let round = 0; round < options.rounds; round++) {
      batched.push(await together());
      single.push(await alone(best.opened.pool));
    }
    comparisons.push({
      path: `transfer, ${waiting} waiting`,
      measured: median(batched),
      baseline: { name: `one transaction each (${best.size} connections, its best)`, measured: median(single) },
    });
  }
  await ledger.stop();
  await Promise.all(pools.map(({ opened }) => opened.close()));
  return comparisons;
}
