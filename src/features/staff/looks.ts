import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { audit, inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { StaffDeps } from './deps.ts';
import { hasLookSince, insertLook, type LookAt } from './looks-store.ts';
import { reasonOf } from './rules/four-eyes.ts';
import { lookLimit } from './rules/session.ts';
import type { StaffMember } from './store.ts';

/** A typed reason, or a conversation with the person that is open (its feature has seen to that). */
export type LookReason = { readonly reason: string } | { readonly conversationId: string };

export type LookRequest = LookAt & { readonly staff: StaffMember } & LookReason;

/** Every look at a customer has a reason and is on record before anything is shown. */
export async function recordLook(
  { db, clock }: StaffDeps,
  request: LookRequest,
): Promise<Decision<null, 'reason-missing'>> {
  const { staff, contractorId, subscriptionId } = request;
  const reason = 'reason' in request ? (reasonOf(request.reason) ?? null) : null;
  const conversationId = 'conversationId' in request ? request.conversationId : null;
  if (reason === null && conversationId === null) return refuse('reason-missing');
  const at = { ...(contractorId ? { contractorId } : {}), ...(subscriptionId ? { subscriptionId } : {}) };
  return inTransaction(db, async (tx) => {
    const sql = runnerOf(tx);
    const now = clock.now();
    await insertLook(sql, now, { ...at, staffId: staff.staffId, reason, conversationId });
    const actor = { kind: 'staff', id: staff.staffId } as const;
    await audit(sql, now, { actor, action: 'staff.looked', ...at, detail: { reason, conversationId } });
    return accept(null);
  });
}

/** Whether this member gave a reason for looking at this customer within the last half hour. */
export function isLookOpen({ db, clock }: StaffDeps, staff: StaffMember, at: LookAt): Promise<boolean> {
  return hasLookSince(runnerOf(db), lookLimit(clock.now()), { ...at, staffId: staff.staffId });
}
