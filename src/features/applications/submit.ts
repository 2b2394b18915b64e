import { isId } from '../../base/ids.ts';
import type { Language } from '../../base/language.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { CodeForOrderRefusal } from '../invitations/index.ts';
import type { Order, PlaceRefusal } from '../orders/index.ts';
import type { Applicant } from './applicant.ts';
import { applicationOf } from './application-of.ts';
import type { ApplicationDeps } from './deps.ts';
import type { Drafts } from './drafts.ts';
import { firstOpen, REVIEW } from './rules/steps.ts';
import { loadSentOrder, markSent } from './store.ts';

export type SubmitRefusal = 'not-found' | 'not-complete' | PlaceRefusal | CodeForOrderRefusal;

/**
 * Sends an application: one transaction makes the order and forgets what was typed. Pressed twice, or from two devices at
 * once, the draft's lock lets one make the order; the other is answered with the same.
 */
export async function submit(
  { db, clock, orders, invitations }: Pick<ApplicationDeps, 'db' | 'clock' | 'orders' | 'invitations'>,
  drafts: Drafts,
  { applicant, draftId, language }: { applicant: Applicant; draftId: string; language: Language },
): Promise<Decision<Pick<Order, 'orderId'>, SubmitRefusal>> {
  if (!isId(draftId)) return refuse('not-found');
  return inTransaction(db, async (tx) => {
    const sql = runnerOf(tx);
    const open = await drafts.openForSending(sql, applicant, draftId);
    if (!open) {
      const sent = await loadSentOrder(sql, applicant, draftId);
      return sent === null ? refuse('not-found') : accept({ orderId: sent.orderId });
    }
    if (open.draft.correction || firstOpen(open) !== REVIEW) return refuse('not-complete');
    const application = applicationOf(open, language);
    const codes = await invitations.checkForOrder(tx, application);
    if (!codes.ok) return codes;
    const placed = await orders.place(application, tx);
    if (!placed.ok) return placed;
    await markSent(sql, clock.now(), { draftId, orderId: placed.value.orderId });
    return accept({ orderId: placed.value.orderId });
  });
}
