import { knownRequests } from '../../ledger/known-store.ts';
import type { UseCommand } from './commands.ts';
import type { DataFamily } from './family.ts';
import { type FeedDeps, type RecordOutcome, subscriptionsBySubject, untimely, useOf } from './usage-feed.ts';
import { readRecord } from './usage-record-reader.ts';

/** What would become of a record, as far as that is known before it is counted. */
export type LookedAt =
  | { readonly status: 'accepted' | 'duplicate' }
  | { readonly status: 'conflict' }
  | Extract<RecordOutcome, { status: 'refused' }>;

/** Looks at portions as `takePortions` would take them, and writes nothing. */
export async function* lookAtPortions(
  deps: FeedDeps & { family: DataFamily },
  portions: AsyncIterable<readonly unknown[]>,
): AsyncGenerator<readonly LookedAt[]> {
  for await (const portion of portions) yield await lookAt(deps, portion);
}

async function lookAt(
  deps: FeedDeps & { family: DataFamily },
  portion: readonly unknown[],
): Promise<readonly LookedAt[]> {
  const read = portion.map(readRecord);
  const subscriptions = await subscriptionsBySubject(deps.sql, read);
  const now = deps.now();
  const uses: UseCommand[] = [];
  const looked = read.map((each): LookedAt | UseCommand => {
    if (!each.ok) return { status: 'refused', code: 'malformed-record', detail: each.detail };
    const subscriptionId = subscriptions.get(each.record.subject);
    if (subscriptionId === undefined) return { status: 'refused', code: 'unknown-subscription' };
    const code = untimely(each.record, now, deps.keptDays);
    if (code !== undefined) return { status: 'refused', code };
    const use = { kind: 'use' as const, ...useOf(each.record, subscriptionId, deps.calendar) };
    uses.push(use);
    return use;
  });
  const known = await knownRequests(deps.sql, deps.family, uses);
  const knownOf = new Map(uses.map((use, at) => [use, known[at]]));
  return looked.map((each): LookedAt => {
    if (!('kind' in each)) return each;
    if (knownOf.get(each) === 'repeat') return { status: 'duplicate' };
    if (knownOf.get(each) === 'other-body') return { status: 'conflict' };
    return { status: 'accepted' };
  });
}
