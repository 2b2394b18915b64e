import { randomInt } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { type AdjustableClock, createAdjustableClock } from '../src/base/clock.ts';
import { addMonths } from '../src/base/operator-month.ts';
import { createDataActions, type DataActions } from '../src/features/data/actions.ts';
import { createDataFamily, type DataFamily } from '../src/features/data/batch/family.ts';
import { type Calendar, createCalendar } from '../src/features/data/rules/calendar.ts';
import { createGiftActions, type GiftActions } from '../src/features/gifts/actions.ts';
import { createClaimTokens } from '../src/features/gifts/claim-token.ts';
import { createGiftFamily } from '../src/features/gifts/family.ts';
import { createGiftCodes } from '../src/features/gifts/gift-code.ts';
import { runnerOf, type SqlRunner } from '../src/infra/db/index.ts';
import type { Ledger } from '../src/ledger/family.ts';
import { createLedger } from '../src/ledger/index.ts';
import type { BenchDatabase } from './database.ts';
import { benchOperator } from './operator.ts';
import { seedSubscriptions } from './seed.ts';

/** A key for claim tokens and codes: nobody is to keep anything from anybody here. */
const KEY = { current: 1, keys: new Map([[1, Buffer.alloc(32, 7)]]) };

/** What every question is asked of: subscriptions on a database, and the features' own parts around one ledger. */
export interface World {
  readonly bench: BenchDatabase;
  readonly sql: SqlRunner;
  readonly clock: AdjustableClock;
  readonly calendar: Calendar;
  readonly ledger: Ledger;
  readonly family: DataFamily;
  readonly data: DataActions;
  readonly gifts: GiftActions;
  /** Ids of subscriptions. */
  readonly subscriptions: readonly string[];
  /** The one with enough data to give without end. */
  readonly richest: string;
  /** Two different subscriptions at random. */
  pair(): { from: string; to: string };
  one(): string;
}

export async function createWorld(bench: BenchDatabase, count: number): Promise<World> {
  const calendar = createCalendar(benchOperator.timeZone);
  const clock = createAdjustableClock();
  // In the middle of a month, so that no run falls into the hours in which gifts rest.
  clock.shift(Temporal.Instant.from('2026-04-10T12:00:00+09:00').epochMilliseconds - Date.now());
  const now = clock.now();
  const month = calendar.monthOf(now);
  const subscriptions = await seedSubscriptions(bench.database.pool, count, {
    now: now.toString(),
    month,
    monthStart: calendar.startOf(month).toString(),
    lifetimeEnd: calendar.startOf(addMonths(month, 2)).toString(),
  });

  const ledger = createLedger({ pool: bench.ledgerLane.pool, clock });
  const family = createDataFamily(benchOperator);
  const one = () => subscriptions[randomInt(subscriptions.length)] ?? '';
  function pair(): { from: string; to: string } {
    const [from, to] = [one(), one()];
    return from === to ? pair() : { from, to };
  }
  return {
    bench,
    sql: runnerOf(bench.database.db),
    clock,
    calendar,
    ledger,
    family,
    data: createDataActions({
      ledger,
      family,
      calendar,
      now: () => clock.now(),
      keptDays: benchOperator.usage.keptDays,
    }),
    gifts: createGiftActions({
      ledger,
      family: createGiftFamily(benchOperator),
      tokens: createClaimTokens(KEY),
      codes: createGiftCodes({ sql: runnerOf(bench.database.db), secrets: { tokens: KEY, lookup: KEY } }),
    }),
    subscriptions,
    richest: subscriptions.at(-1) ?? '',
    pair,
    one,
  };
}
