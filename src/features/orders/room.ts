import type { SqlRunner } from '../../infra/db/index.ts';
import { serviceState } from '../contractors/index.ts';
import type { OrdersDeps } from './deps.ts';
import { countUnderWay } from './store.ts';

/** How many subscriptions a contractor has, and how many more there may be. */
export interface Room {
  /** Those that have not ended. */
  readonly held: number;
  /** Orders under way. */
  readonly ordered: number;
  /** The operator's setting. */
  readonly most: number;
  readonly isFull: boolean;
}

/** Whether a contractor may add a subscription, orders under way counted; one order may be left out. */
export async function roomOf(
  { contractors, clock, operator }: Pick<OrdersDeps, 'contractors' | 'clock' | 'operator'>,
  sql: SqlRunner,
  contractorId: string,
  exceptOrderId: string | null = null,
): Promise<Room> {
  const now = clock.now();
  const owned = await contractors.subscriptionsOf(sql, contractorId);
  const held = owned.filter((each) => serviceState(each, now) !== 'ended').length;
  const ordered = await countUnderWay(sql, { contractorId }, exceptOrderId);
  const most = operator.orders.subscriptionsPerContractor;
  return { held, ordered, most, isFull: held + ordered >= most };
}
