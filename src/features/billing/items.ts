import { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import type { Bilingual } from '../../base/operator.ts';
import { type Db, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { Calendar } from '../data/index.ts';
import { type Charge, recordCharges } from './charge-store.ts';
import { contractorsOf, loadRecorded, lockSource, type RecordedItem } from './items-store.ts';

/** Something the operator's own systems charge: calls and messages, or a correction. Whole yen with tax. */
export interface BillItem {
  /** Unique within its source: the same again is a duplicate. */
  readonly id: string;
  readonly subscriptionId: string;
  readonly kind: 'calls' | 'correction';
  readonly occurredAt: string;
  readonly label: Bilingual;
  readonly amountYen: number;
  readonly isTaxed: boolean;
}

export type ItemOutcome =
  | { readonly status: 'accepted' | 'duplicate' | 'conflict' }
  | { readonly status: 'refused'; readonly code: 'unknown-subscription' | 'from-the-future' | 'not-an-amount' };

/** Records items of one source, each once, and answers what became of each, in their order. */
export function recordItems(
  deps: { db: Db; calendar: Calendar },
  asked: { source: string; items: readonly BillItem[]; now: Temporal.Instant },
): Promise<readonly ItemOutcome[]> {
  return inTransaction(deps.db, (tx) => recordItemsWithin(runnerOf(tx), deps.calendar, asked));
}

/** The same in the caller's transaction. */
export async function recordItemsWithin(
  sql: SqlRunner,
  calendar: Calendar,
  { source, items, now }: { source: string; items: readonly BillItem[]; now: Temporal.Instant },
): Promise<readonly ItemOutcome[]> {
  await lockSource(sql, source);
  const recorded = new Map(
    await loadRecorded(
      sql,
      source,
      items.map((item) => item.id),
    ),
  );
  const owners = await contractorsOf(
    sql,
    items.map((item) => item.subscriptionId),
  );
  const charges: Charge[] = [];
  const outcomes = items.map((item): ItemOutcome => {
    const contractorId = owners.get(item.subscriptionId);
    if (contractorId === undefined) return { status: 'refused', code: 'unknown-subscription' };
    const causedAt = Temporal.Instant.from(item.occurredAt);
    if (Temporal.Instant.compare(causedAt, now) > 0) return { status: 'refused', code: 'from-the-future' };
    // Only a correction gives back.
    if (item.kind === 'calls' && item.amountYen < 0) return { status: 'refused', code: 'not-an-amount' };
    const before = recorded.get(item.id);
    if (before !== undefined) return { status: isSame(before, item) ? 'duplicate' : 'conflict' };
    const { id: sourceId, kind, subscriptionId, label, amountYen, isTaxed } = item;
    const fact = { sourceId, contractorId, subscriptionId, kind, label, amountYen, isTaxed };
    recorded.set(sourceId, { ...fact, causedMs: causedAt.epochMilliseconds });
    charges.push({ ...fact, kind, chargeId: newId(), month: calendar.monthOf(causedAt), source, causedAt });
    return { status: 'accepted' };
  });
  await recordCharges(sql, now, charges);
  return outcomes;
}

function isSame(before: RecordedItem, item: BillItem): boolean {
  return (
    before.subscriptionId === item.subscriptionId &&
    before.kind === item.kind &&
    before.label.ja === item.label.ja &&
    before.label.en === item.label.en &&
    before.amountYen === item.amountYen &&
    before.isTaxed === item.isTaxed &&
    before.causedMs === Temporal.Instant.from(item.occurredAt).epochMilliseconds
  );
}
