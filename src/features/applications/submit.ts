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
import { withinNumberTries } from './number-tries.ts';
import { isMoved, readSim } from './rules/sim.ts';
import { firstOpen, REVIEW } from './rules/steps.ts';
import { loadSentOrder, markSent } from './store.ts';

export type SubmitRefusal = 'not-found' | 'not-complete' | 'too-many-numbers' | PlaceRefusal | CodeForOrderRefusal;

type SubmitDeps = Pick<ApplicationDeps, 'db' | 'clock' | 'limits' | 'orders' | 'invitations'>;

interface Sending {
  readonly applicant: Applicant;
  readonly draftId: string;
  readonly language: Language;
}

/**
 * Sends an application: one transaction makes the order and forgets what was typed. Pressed twice, or from two devices at
 * once, the draft's lock lets one make the order; the other is answered with the same.
 */
export async function submit(
  deps: SubmitDeps,
  drafts: Drafts,
  sending: Sending,
): Promise<Decision<Pick<Order, 'orderId'>, SubmitRefusal>> {
  const { applicant, draftId } = sending;
  const open = await drafts.open(applicant, draftId);
  const send = () => sendOnce(deps, drafts, sending);
  const sim = open && readSim(open.draft.typed.sim, open.today, open.offer);
  return sim && isMoved(sim) ? withinNumberTries(deps, draftId, send) : send();
}

async function sendOnce(
  { db, clock, orders, invitations }: SubmitDeps,
  drafts: Drafts,
  { applicant, draftId, language }: Sending,
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
