import { newId } from '../../../base/ids.ts';
import { isOwnFault } from '../../../ledger/errors.ts';
import type { Ledger } from '../../../ledger/family.ts';
import type { KeyedUse, UseOutcome } from '../batch/commands.ts';
import type { DataFamily } from '../batch/family.ts';

/** Whoever counts records of use. */
export interface UseCounter {
  /** Counts records of use and draws them, each once; answers in their order what became of each, or is known already. */
  recordUses<Known extends { readonly status: string }>(
    asked: readonly (KeyedUse | Known)[],
  ): Promise<(UseOutcome | Known)[]>;
}

/** A use with its place among all that were asked. */
interface Placed {
  readonly place: number;
  readonly use: KeyedUse;
}

/** How many uses make a command: its batch lasts some 15 ms, and whoever comes meanwhile waits for it. */
const TOGETHER = 256;

/**
 * Has uses counted, and answers what became of each, in their order; what became of some may be known already. They go in
 * the order of their subscriptions, a command for each stretch: what lies together in the tables and their indexes is then
 * written together, which is a quarter of the database's work, and no two commands wait for each other. What is of one
 * subscription stays in its order.
 */
export async function countUses<Known extends { readonly status: string }>(
  { ledger, family }: { ledger: Ledger; family: DataFamily },
  asked: readonly (KeyedUse | Known)[],
): Promise<(UseOutcome | Known)[]> {
  const outcomes = new Array<UseOutcome | Known>(asked.length);
  const placed: Placed[] = [];
  let next = 0;
  for (const each of asked) {
    const place = next++;
    if ('status' in each) outcomes[place] = each;
    else placed.push({ place, use: each });
  }
  async function count(stretch: readonly Placed[]): Promise<void> {
    const uses = stretch.map(({ use }) => use);
    const submitted = await ledger.submit(family, { kind: 'use', requestId: newId(), uses });
    if (!submitted.ok || submitted.answer.result !== 'counted') throw new Error('uses were answered as something else');
    let at = 0;
    for (const outcome of submitted.answer.outcomes) outcomes[stretch[at++]?.place ?? 0] = outcome;
  }
  await Promise.all(inStretches(placed).map((stretch) => halvedAtFault(stretch, count)));
  return outcomes;
}

/**
 * Where a command fails by itself its halves are counted, one after the other, and theirs: then only the use at fault is not,
 * and fails the whole. Sent again, the others are duplicates.
 */
async function halvedAtFault(
  stretch: readonly Placed[],
  count: (stretch: readonly Placed[]) => Promise<void>,
): Promise<void> {
  try {
    await count(stretch);
  } catch (error) {
    if (stretch.length === 1 || !isOwnFault(error)) throw error;
    const middle = Math.ceil(stretch.length / 2);
    try {
      await halvedAtFault(stretch.slice(0, middle), count);
    } finally {
      await halvedAtFault(stretch.slice(middle), count);
    }
  }
}

/** By subscription, cut where another one begins. */
export function inStretches(uses: readonly Placed[], together = TOGETHER): Placed[][] {
  const placed = uses.toSorted((one, other) => compare(one.use.subscriptionId, other.use.subscriptionId));
  const stretches: Placed[][] = [];
  let stretch: Placed[] = [];
  for (const each of placed) {
    if (stretch.length >= together && stretch.at(-1)?.use.subscriptionId !== each.use.subscriptionId) stretch = [];
    if (stretch.length === 0) stretches.push(stretch);
    stretch.push(each);
  }
  return stretches;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
