import { newId } from '../../base/ids.ts';
import { type Db, runnerOf } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { inPortions } from '../../infra/jobs/portions.ts';
import type { LineAnswer } from '../../infra/line/answer.ts';
import type { Ledger } from '../../ledger/family.ts';
import { type DueOrder, postponeOrder, takeDueOrders } from './delivery-store.ts';
import type { PointFamily } from './family.ts';
import { decideDelivery } from './rules/delivery.ts';

export interface DeliveryDeps {
  readonly db: Db;
  readonly ledger: Ledger;
  readonly family: PointFamily;
  /** LINE's mission stickers: gives a person the right to a set. */
  readonly line: { giveStickers(lineUserId: string, productId: string): Promise<LineAnswer<null>> };
  /** 0…1; `Math.random` unless a test says otherwise. */
  readonly chance?: () => number;
}

const PORTION = 20;
/** Longer than LINE may take to answer. */
const LEASE_SECONDS = 60;

/** Asks LINE for the sets that were ordered, and spends or gives back what was set aside for each. */
export function deliverStickers(deps: DeliveryDeps): Job {
  return {
    name: 'points.deliver-stickers',
    everySeconds: 2,
    async run(now, stopping) {
      return inPortions(PORTION, stopping, async () => {
        const leasedUntil = now.add({ seconds: LEASE_SECONDS });
        const due = await takeDueOrders(runnerOf(deps.db), { now, leasedUntil, limit: PORTION });
        await Promise.all(due.map((order) => deliver(deps, order, now)));
        return due.length;
      });
    },
  };
}

async function deliver(deps: DeliveryDeps, order: DueOrder, now: DueOrder['orderedAt']): Promise<void> {
  const { orderId, contractorId } = order;
  const answer = await deps.line.giveStickers(order.lineUserId, order.productId);
  const verdict = decideDelivery(answer, order, now, (deps.chance ?? Math.random)());
  if (verdict.next === 'again') {
    await postponeOrder(runnerOf(deps.db), { orderId, at: verdict.at, why: verdict.why });
    return;
  }
  await deps.ledger.submit(deps.family, {
    kind: 'settle-sticker',
    // Naturally repeatable: an order that is settled stays as it is.
    requestId: `settle:${newId()}`,
    contractorId,
    orderId,
    outcome: verdict.next === 'delivered' ? 'delivered' : 'returned',
    why: verdict.next === 'give-back' ? verdict.why : null,
  });
}
