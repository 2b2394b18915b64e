import type { Reference } from './pgbench.ts';
import type { Tally } from './sound.ts';
import type { Comparison } from './table.ts';
import type { World } from './world.ts';

export interface Options {
  readonly seconds: number;
  readonly rounds: number;
  /** pgbench's own scripts on the same server; TPC-B with the number of clients that suits it best. */
  tpcB(): Promise<Reference>;
  simpleUpdate(): Reference;
}

/** A path and what it is compared with. It tells in the tally what it did to the ledger. */
export type Question = (world: World, tally: Tally, options: Options) => Promise<readonly Comparison[]>;
