import { type Db, runnerOf } from '../../infra/db/index.ts';
import { type Application, type Order, type OrderChange, wholeName } from '../orders/index.ts';
import type { InvitationsDeps } from './deps.ts';
import { holdCode, redeemCodeOf, releaseCodeOf } from './entry-code-store.ts';
import { lockEntryCode } from './entry-codes.ts';
import { holdInvitation, redeemInvitationOf, releaseInvitationOf } from './invitation-store.ts';
import { checkInvitation } from './invitations.ts';
import { type InvitedApplicant, rewardMoment } from './rules/invitation.ts';

/**
 * What an order's change does to the code and the invitation it names, in the same transaction: sent, it holds them;
 * completed, they are used; rejected or cancelled before, they are free again. Who sends an order has asked
 * `checkForOrder` in this very transaction, so that neither can be taken meanwhile.
 */
export async function followOrder(deps: InvitationsDeps, tx: Db, order: Order, change: OrderChange): Promise<void> {
  const sql = runnerOf(tx);
  const now = deps.clock.now();
  const { orderId, application } = order;
  if (change.event === 'place') {
    const code = application.entryCode === null ? null : await lockEntryCode(deps, tx, application.entryCode);
    if (code?.ok) await holdCode(sql, now, { entryCodeId: code.value.entryCodeId, orderId });
    const invitation = application.invitation === null ? null : await lockInvitation(deps, tx, application);
    if (invitation?.ok) await holdInvitation(sql, now, { invitationId: invitation.value.invitationId, orderId });
  }
  if (order.state === 'completed') {
    await redeemCodeOf(sql, now, orderId);
    const { afterMonths } = deps.operator.invitations;
    const dueAt = rewardMoment(now, afterMonths, deps.operator.timeZone);
    if (order.contractorId === null) throw new Error('a completed order has a contractor');
    await redeemInvitationOf(sql, now, { orderId, invitedContractorId: order.contractorId, dueAt });
  }
  if (order.state === 'rejected' || order.state === 'cancelled') {
    await releaseCodeOf(sql, orderId);
    await releaseInvitationOf(sql, orderId);
  }
}

/** An invitation for this application, locked. */
export function lockInvitation(deps: InvitationsDeps, tx: Db, application: Application) {
  const token = application.invitation ?? '';
  return checkInvitation(deps, runnerOf(tx), { token, applicant: applicantOf(application), lock: 'for update' });
}

function applicantOf({ contractor, lineUserId }: Application): InvitedApplicant {
  if (contractor.kind === 'existing') return { contractorId: contractor.contractorId, lineUserId, person: null };
  const person = { name: wholeName(contractor.name), birthDate: contractor.birthDate };
  return { contractorId: null, lineUserId, person };
}
