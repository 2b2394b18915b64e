import { newId } from '../../base/ids.ts';
import type { Ledger } from '../../ledger/family.ts';
import type { KeyedUse, Use, UseOutcome } from './commands.ts';
import type { DataFamily } from './family.ts';
import { keyed } from './usage-request.ts';

/** Uses of one half of the subscriptions, with their places among all that were asked. */
interface Half {
  readonly uses: KeyedUse[];
  readonly places: number[];
}

/**
 * Has uses counted, and answers what became of each, in their order; what became of some may be known already. They go in
 * two commands, so that the program decides one while the database works on the other. A subscription is always in the same
 * of the two, so they never wait for each other, and what is of one subscription stays in its order.
 */
export async function countUses<Known extends { readonly status: string }>(
  { ledger, family }: { ledger: Ledger; family: DataFamily },
  asked: readonly (Use | Known)[],
): Promise<(UseOutcome | Known)[]> {
  const even: Half = { uses: [], places: [] };
  const odd: Half = { uses: [], places: [] };
  const outcomes = new Array<UseOutcome | Known>(asked.length);
  for (const [place, each] of asked.entries()) {
    if ('status' in each) {
      outcomes[place] = each;
      continue;
    }
    const half = isInEvenHalf(each.subscriptionId) ? even : odd;
    half.uses.push(keyed(each));
    half.places.push(place);
  }
  await Promise.all(
    [even, odd].map(async ({ uses, places }) => {
      if (uses.length === 0) return;
      const submitted = await ledger.submit(family, { kind: 'use', requestId: newId(), uses });
      if (!submitted.ok || submitted.answer.result !== 'counted')
        throw new Error('uses were answered as something else');
      for (const [at, outcome] of submitted.answer.outcomes.entries()) outcomes[places[at] ?? 0] = outcome;
    }),
  );
  return outcomes;
}

/** By the last digit of the id, which is random. */
function isInEvenHalf(subscriptionId: string): boolean {
  return subscriptionId.charCodeAt(subscriptionId.length - 1) % 2 === 0;
}
