import { Temporal } from 'temporal-polyfill';
import { inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { type LeaveDeps, tellLeave } from './leave.ts';
import { type LeaveRequest, loadDueLeaves, settleLeave } from './leave-store.ts';

const PORTION = 100;

/** A subscription ends at its moment by itself; people hear of it from this hour on. */
const FROM_HOUR = 10;

/**
 * What follows the end: links are undone, people are told; and a reservation number that nobody used lapses. Each step can
 * be done again, and the request is settled last.
 */
export function finishLeaves(deps: LeaveDeps): Job {
  const { db, calendar } = deps;
  return {
    name: 'billing.finish-leaves',
    everySeconds: 60,
    async run(now, stopping) {
      if (now.toZonedDateTimeISO(calendar.zone).hour < FROM_HOUR) return 0;
      const due = await loadDueLeaves(runnerOf(db), now, PORTION);
      for (const leave of due) {
        stopping?.throwIfAborted();
        await finish(deps, leave, now);
      }
      return due.length;
    },
  };
}

async function finish(deps: LeaveDeps, leave: LeaveRequest, now: Temporal.Instant): Promise<void> {
  const { db, linking } = deps;
  const { leaveId, subscriptionId } = leave;
  const sql = runnerOf(db);
  const subscription = (await deps.contractors.subscriptions(sql, [subscriptionId])).get(subscriptionId);
  if (!subscription) throw new Error('a leave of a subscription that is not there');
  const { contractorId, endedAt } = subscription;
  const hasEnded = endedAt !== null && Temporal.Instant.compare(endedAt, now) <= 0;
  const links = hasEnded ? (await linking.lineAccountsLinkedTo(sql, [subscriptionId])).get(subscriptionId) : undefined;
  for (const { lineUserId } of links ?? []) {
    // Tells who carried the phone.
    await linking.unlinkUser({ subscriptionId, lineUserId, contractorId, from: 'ended' });
  }
  await inTransaction(db, async (tx) => {
    const isMine = await settleLeave(runnerOf(tx), now, { leaveId, state: hasEnded ? 'done' : 'lapsed' });
    if (isMine) await tellLeave(tx, deps, { about: hasEnded ? 'ended' : 'lapsed', leave, subscription }, now);
  });
}
