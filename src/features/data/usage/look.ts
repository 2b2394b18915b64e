import { readMoment } from '../../../base/instant-text.ts';
import { countedUses } from '../batch/counted-use-store.ts';
import { untimely } from '../rules/usage-record.ts';
import { askedOf, type FeedDeps, type RecordOutcome, subscriptionsBySubject } from './feed.ts';
import { readRecord } from './record-reader.ts';

/** What would become of a record, as far as that is known before it is counted. */
export type LookedAt =
  | { readonly status: 'accepted' | 'duplicate' }
  | { readonly status: 'conflict' }
  | Extract<RecordOutcome, { status: 'refused' }>;

export interface LookDeps extends FeedDeps {
  /** For how many days single uses are known. */
  readonly keptDays: number;
}

/** Looks at portions as `takePortions` would take them, and writes nothing. */
export async function* lookAtPortions(
  deps: LookDeps,
  portions: AsyncIterable<readonly unknown[]>,
): AsyncGenerator<readonly LookedAt[]> {
  for await (const portion of portions) yield await lookAt(deps, portion);
}

async function lookAt(deps: LookDeps, portion: readonly unknown[]): Promise<readonly LookedAt[]> {
  const subscriptions = await subscriptionsBySubject(deps.sql, portion);
  const asked = portion.map((each) => askedOf(readRecord(each), subscriptions, deps.calendar));
  const known = await countedUses(
    deps.sql,
    asked.flatMap((each) => ('status' in each ? [] : each)),
  );
  const hashOf = new Map(known.map(({ key, hash }) => [key, hash]));
  const at = { now: deps.now(), keptDays: deps.keptDays };
  return asked.map((each): LookedAt => {
    if ('status' in each) return each;
    const code = untimely(readMoment(each.endedAt), at);
    if (code !== undefined) return { status: 'refused', code };
    const before = hashOf.get(each.key);
    // The second of two in this portion is a repeat of the first.
    hashOf.set(each.key, before ?? each.hash);
    if (before === undefined) return { status: 'accepted' };
    return { status: before === each.hash ? 'duplicate' : 'conflict' };
  });
}
