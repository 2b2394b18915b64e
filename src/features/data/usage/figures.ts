import type { SqlRunner } from '../../../infra/db/runner.ts';
import type { RecordOutcome } from './feed.ts';
import { addToFeedDay, type FeedDay } from './figures-store.ts';

const COLUMNS = {
  accepted: 'accepted',
  duplicate: 'duplicates',
  conflict: 'conflicts',
  refused: 'refused',
} as const satisfies Record<RecordOutcome['status'], keyof FeedDay>;

const BETWEEN_MS = 1_000;

/**
 * Adds up what became of records by the day they came, and writes it down about once a second: a row that every record
 * changed would be the narrowest place of the feed. What a killed process had not written is missing in these figures
 * only; what was counted of the use itself is in the ledger.
 */
export function createFeedFigures(deps: { sql: SqlRunner; today: () => string }) {
  const gathered = new Map<string, Record<(typeof COLUMNS)[RecordOutcome['status']], number>>();
  let isDue = false;

  async function write(): Promise<void> {
    isDue = false;
    const days = [...gathered];
    gathered.clear();
    // A database that is gone takes the figures of a second with it; the feed itself answers for its records.
    await Promise.allSettled(days.map(([cameOn, counts]) => addToFeedDay(deps.sql, { cameOn, ...counts })));
  }

  return {
    count(outcomes: readonly RecordOutcome[]): void {
      if (outcomes.length === 0) return;
      const today = deps.today();
      const counts = gathered.get(today) ?? { accepted: 0, duplicates: 0, conflicts: 0, refused: 0 };
      for (const { status } of outcomes) counts[COLUMNS[status]] += 1;
      gathered.set(today, counts);
      if (isDue) return;
      isDue = true;
      setTimeout(() => void write(), BETWEEN_MS).unref();
    },
  };
}
