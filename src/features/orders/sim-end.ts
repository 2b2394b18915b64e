import { Temporal } from 'temporal-polyfill';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { audit, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { Deactivation } from '../../infra/provisioning/provisioning.ts';
import {
  type ActivationRow,
  beginEnd,
  beginEndsDue,
  finishEnd,
  loadLatestActivation,
  lookAtEndLater,
  settleActivation,
} from './activation-store.ts';
import type { OrdersDeps } from './deps.ts';
import { LOOK_SECONDS, type Round, SILENT_SECONDS, withOrder } from './round.ts';
import { afterFailure } from './rules/activation.ts';
import { lockOrder } from './store.ts';

/**
 * Begins the end of every SIM whose subscription has ended, whichever way it did: with its month, with its number at another
 * operator, in its first days, by the back office.
 */
export function endSims({ db, provisioning }: OrdersDeps): Job {
  return {
    name: 'orders.end-sims',
    everySeconds: 60,
    run: (now) => (provisioning ? beginEndsDue(runnerOf(db), now) : Promise.resolve(0)),
  };
}

/** Asks the network to end a SIM and how far it is. Answers whether the network did. */
export async function askForEnd({ deps, provisioning, activation, now }: Round): Promise<boolean> {
  const answer = await provisioning.deactivate(activation.activationKey, activation.endAttempt);
  await withOrder(deps, activation, async (tx, _order, present) => {
    const sql = runnerOf(tx);
    if (answer.ok) return settleEnd(sql, present, answer.value, now);
    switch (answer.code) {
      case 'no-answer': {
        const nextLookAt = now.add({ seconds: SILENT_SECONDS });
        return lookAtEndLater(sql, present, { endAttempt: present.endAttempt, nextLookAt, failure: answer.code });
      }
      // What the network does not know works nowhere.
      case 'not-found':
        return finishEnd(sql, present, now);
      case 'refused':
        return settleActivation(sql, present, { state: 'stuck', failure: answer.code });
    }
  });
  return answer.ok || answer.code !== 'no-answer';
}

function settleEnd(sql: SqlRunner, activation: ActivationRow, answer: Deactivation, now: Temporal.Instant) {
  const later = (seconds: number, endAttempt: number, failure: string | null) =>
    lookAtEndLater(sql, activation, { endAttempt, nextLookAt: now.add({ seconds }), failure });
  switch (answer.state) {
    case 'acknowledged':
    case 'in-progress':
      return later(LOOK_SECONDS, activation.endAttempt, null);
    case 'completed':
      return finishEnd(sql, activation, Temporal.Instant.from(answer.endedAt));
    case 'failed': {
      const then = afterFailure(answer.failure, answer.attempt);
      if (then.kind === 'repeat') return later(then.afterSeconds, answer.attempt + 1, answer.failure);
      return settleActivation(sql, activation, { state: 'stuck', failure: answer.failure });
    }
  }
}

/** Somebody has seen to a SIM that the network could not end: it is asked anew. A repeat changes nothing. */
export function endAnew(
  { db, clock }: OrdersDeps,
  { orderId, staffId }: { orderId: string; staffId: string },
): Promise<Decision<null, 'not-found'>> {
  return inTransaction(db, async (tx) => {
    const sql = runnerOf(tx);
    const order = await lockOrder(sql, orderId);
    const activation = order && (await loadLatestActivation(sql, orderId));
    if (!activation) return refuse('not-found');
    if (activation.state !== 'stuck') return accept(null);
    const now = clock.now();
    // Where the network refused, it knows of no attempt yet, and the same is asked.
    const endAttempt = activation.failure === 'refused' ? activation.endAttempt : activation.endAttempt + 1;
    await beginEnd(sql, now, activation, { endAttempt, failure: activation.failure });
    await audit(sql, now, {
      actor: { kind: 'staff', id: staffId },
      action: 'orders.sim-end-asked-anew',
      ...(order.contractorId ? { contractorId: order.contractorId } : {}),
      detail: { orderId },
    });
    return accept(null);
  });
}
