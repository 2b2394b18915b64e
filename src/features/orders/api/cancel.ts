import { isId, newId } from '../../../base/ids.ts';
import { type Db, inTransaction, type Page, runnerOf, type Span } from '../../../infra/db/index.ts';
import { cancelOrder } from '../actions.ts';
import type { OrdersDeps } from '../deps.ts';
import { openOrder, openText, sealText } from '../order.ts';
import { lockOrder } from '../store.ts';
import { withdrawOrder } from '../withdraw.ts';
import { cancelBody } from './bodies.ts';
import {
  type Cancellation,
  type CancellationRow,
  insertCancellation,
  loadCancellation,
  loadCancellations,
} from './cancel-store.ts';
import { tellOfCancellation } from './hub.ts';

interface Asked {
  readonly orderId: string;
  readonly reason?: string | undefined;
}

/**
 * Takes an order back for the applicant, as TMF622's task: it is over when it is answered, done or ended with an error.
 * One that is completed is cancelled within its first days. Null when there is no such order.
 */
export async function cancelByTask(deps: OrdersDeps, { orderId, reason }: Asked): Promise<Cancellation | null> {
  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const now = deps.clock.now();
    const cancelled = await takeBack(deps, tx, { orderId, reason });
    if (!cancelled) return null;
    const task: Cancellation = {
      cancellationId: newId(),
      orderId,
      reason: reason ?? null,
      state: cancelled.ok ? 'done' : 'terminatedWithError',
      requestedAt: now,
      effectiveAt: cancelled.ok ? now : null,
    };
    const { reason: text, ...row } = task;
    const reasonCipher = text === null ? null : sealText(deps.secrets.show, orderId, text);
    await insertCancellation(sql, { ...row, reasonCipher });
    await tellOfCancellation(sql, now, cancelBody(deps, task));
    return task;
  });
}

async function takeBack(deps: OrdersDeps, tx: Db, { orderId, reason }: Asked) {
  const row = isId(orderId) ? await lockOrder(runnerOf(tx), orderId) : null;
  if (!row) return null;
  const actor = { kind: 'applicant' } as const;
  if (row.state !== 'completed') return cancelOrder(deps, tx, { orderId, actor, ...(reason ? { reason } : {}) });
  const order = openOrder(deps.secrets.show, row);
  return withdrawOrder(deps, tx, order, { actor, ...(reason ? { note: reason } : {}) });
}

export async function readTask(deps: OrdersDeps, cancellationId: string): Promise<Cancellation | null> {
  const row = isId(cancellationId) ? await loadCancellation(runnerOf(deps.db), cancellationId) : null;
  return row && opened(deps, row);
}

/** Newest first. */
export async function readTasks(deps: OrdersDeps, span: Span): Promise<Page<Cancellation>> {
  const { rows, total } = await loadCancellations(runnerOf(deps.db), span);
  return { rows: rows.map((row) => opened(deps, row)), total };
}

function opened(deps: OrdersDeps, { reasonCipher, ...row }: CancellationRow): Cancellation {
  return { ...row, reason: reasonCipher && openText(deps.secrets.show, row.orderId, reasonCipher) };
}
