import { isId } from '../../base/ids.ts';
import type { Language } from '../../base/language.ts';
import { accept, type Decision, type Refused, refuse } from '../../base/refusal.ts';
import { type AuditEntry, audit, type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { Described, StaffDeps } from './deps.ts';
import { type FourEyesRequest, insertRequest, lockRequest, OWN_SYSTEM, saveDecision } from './four-eyes-store.ts';
import { type DecideFault, decideFault, reasonOf } from './rules/four-eyes.ts';
import type { StaffMember } from './store.ts';

/** What a feature lets one member of staff ask for and another approve. */
export interface FourEyesKind {
  /** `feature.what`, as in the requests. */
  readonly kind: string;
  /** The request in words, for whoever decides. */
  describe(request: FourEyesRequest, language: Language): Described;
  /** Does it, in the transaction that approves it. A refusal undoes everything and leaves the request waiting. */
  apply(tx: Db, request: FourEyesRequest, decider: StaffMember): Promise<Decision<unknown, string>>;
  /** Why it could not be done, in words. */
  refused(code: string, language: Language): string;
}

export interface AskRequest {
  /** From the form: the same id again is the same request. */
  readonly requestId: string;
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly reason: string;
  /** One of the staff, or the operator's own system: then it takes one of the staff to decide. */
  readonly by: StaffMember | typeof OWN_SYSTEM;
  readonly contractorId?: string;
  readonly subscriptionId?: string;
}

/** Puts a request before a second person. In the caller's transaction when one is given. */
export async function ask(
  deps: StaffDeps,
  request: AskRequest,
  tx?: Db,
): Promise<Decision<{ requestId: string }, 'reason-missing'>> {
  const reason = reasonOf(request.reason);
  if (reason === undefined) return refuse('reason-missing');
  const { requestId, kind, by } = request;
  const about = {
    ...(request.contractorId ? { contractorId: request.contractorId } : {}),
    ...(request.subscriptionId ? { subscriptionId: request.subscriptionId } : {}),
  };
  const work = async (own: Db) => {
    const sql = runnerOf(own);
    const now = deps.clock.now();
    const isNew = await insertRequest(sql, now, {
      ...request,
      reason,
      contractorId: request.contractorId ?? null,
      subscriptionId: request.subscriptionId ?? null,
      askedBy: by === OWN_SYSTEM ? by : by.staffId,
    });
    if (isNew) {
      const actor = actorOf(by);
      await audit(sql, now, { actor, action: 'staff.request-asked', ...about, detail: { requestId, kind, reason } });
    }
    return accept({ requestId });
  };
  return tx ? work(tx) : inTransaction(deps.db, work);
}

const actorOf = (by: AskRequest['by']): AuditEntry['actor'] =>
  by === OWN_SYSTEM ? { kind: 'provisioning' } : { kind: 'staff', id: by.staffId };

/** Takes back, in the caller's transaction, what the operator's own system asked for; false when it is decided already. */
export async function withdraw(
  deps: StaffDeps,
  tx: Db,
  { requestId, note }: { requestId: string; note: string | null },
): Promise<boolean> {
  const sql = runnerOf(tx);
  const asked = await lockRequest(sql, requestId);
  if (asked?.state !== 'waiting' || asked.askedBy !== OWN_SYSTEM) return false;
  const now = deps.clock.now();
  await saveDecision(sql, now, { requestId, state: 'withdrawn', decidedBy: null, note });
  await audit(sql, now, {
    actor: actorOf(OWN_SYSTEM),
    action: 'staff.request-withdrawn',
    ...(asked.contractorId ? { contractorId: asked.contractorId } : {}),
    ...(asked.subscriptionId ? { subscriptionId: asked.subscriptionId } : {}),
    detail: { requestId, kind: asked.kind, note },
  });
  return true;
}

export type DecideRefusal =
  | Refused<DecideFault | 'not-found'>
  /** The feature could not do it; its own code. */
  | (Refused<'not-applied'> & { readonly because: string });

/** Thrown to undo what an application began before it refused. */
class NotApplied extends Error {
  readonly because: string;
  constructor(because: string) {
    super(because);
    this.because = because;
  }
}

/** A second person says yes or no. A yes is applied in this very transaction, once, or not at all. */
export async function decide(
  deps: StaffDeps,
  kinds: readonly FourEyesKind[],
  request: { requestId: string; by: StaffMember; isApproved: boolean; note: string },
): Promise<{ readonly ok: true } | DecideRefusal> {
  const { requestId, by, isApproved } = request;
  if (!isId(requestId)) return refuse('not-found');
  try {
    return await inTransaction(deps.db, async (tx) => {
      const sql = runnerOf(tx);
      const asked = await lockRequest(sql, requestId);
      if (!asked) return refuse('not-found');
      const state = isApproved ? 'approved' : 'refused';
      // Tapped twice: it is decided, as they wished.
      if (asked.state === state && asked.decidedBy === by.staffId) return { ok: true };
      const fault = decideFault({ state: asked.state, askedBy: asked.askedBy, decider: by });
      if (fault) return refuse(fault);
      if (isApproved) {
        const kind = kinds.find((each) => each.kind === asked.kind);
        if (!kind) throw new Error(`nobody applies requests of the kind ${asked.kind}`);
        const applied = await kind.apply(tx, asked, by);
        if (!applied.ok) throw new NotApplied(applied.code);
      }
      const now = deps.clock.now();
      const note = request.note.trim().slice(0, 500) || null;
      await saveDecision(sql, now, { requestId, state, decidedBy: by.staffId, note });
      await audit(sql, now, {
        actor: { kind: 'staff', id: by.staffId },
        action: `staff.request-${state}`,
        ...(asked.contractorId ? { contractorId: asked.contractorId } : {}),
        ...(asked.subscriptionId ? { subscriptionId: asked.subscriptionId } : {}),
        detail: { requestId, kind: asked.kind, note },
      });
      return { ok: true };
    });
  } catch (error) {
    if (error instanceof NotApplied) return { ...refuse('not-applied'), because: error.because };
    throw error;
  }
}
