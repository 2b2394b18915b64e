import { Temporal } from 'temporal-polyfill';
import { isId } from '../../base/ids.ts';
import { accept, type Decision, firstBroken, refuse } from '../../base/refusal.ts';
import { audit, type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import { enqueueMessages } from '../../infra/line/outbox/outbox.ts';
import { type Contractors, type Subscription, serviceState } from '../contractors/index.ts';
import type { Linking } from '../linking/index.ts';
import { type LeaveNews, leaveMessage } from './leave-messages.ts';
import {
  findLeaveByNumber,
  findLeaveByRequest,
  insertLeave,
  type LeaveRequest,
  loadWaitingLeaves,
  noteMoved,
  settleLeave,
} from './leave-store.ts';
import type { NumberPortability, Reservation } from './number-portability.ts';
import { peopleOfContractors, usersOfSubscriptions } from './people-store.ts';
import type { PlanChangeDeps } from './plan-change.ts';
import { type LeaveKind, type LeaveRefusal, leaveRefusals } from './rules/leave.ts';

export interface LeaveDeps extends PlanChangeDeps {
  readonly contractors: Pick<Contractors, 'terms' | 'subscriptions'>;
  readonly linking: Pick<Linking, 'lineAccountsLinkedTo' | 'unlinkUser'>;
  readonly portability: NumberPortability;
}

type Own = { readonly contractorId: string; readonly subscriptionId: string };

export interface LeaveActions {
  /** Ends a subscription with its month, or gets a number with which it can be taken to another operator. */
  askLeave(asked: Own & { requestId: string; kind: LeaveKind }): Promise<Decision<LeaveRequest, LeaveRefusal>>;
  /** Takes back what waits, as long as it waits; the same again changes nothing. */
  takeBackLeave(asked: Own): Promise<Decision<null, 'not-found'>>;
  /** The number has gone to another operator. A repeat changes nothing. */
  completePorting(asked: {
    reservationNumber: string;
    movedAt: Temporal.Instant;
  }): Promise<Decision<null, 'not-found' | 'no-longer-valid' | 'from-the-future'>>;
}

/** What asking for a number has come to: made before, refused, or a number. */
interface Reserved {
  readonly made?: LeaveRequest;
  readonly code?: LeaveRefusal;
  readonly reservation?: Reservation;
}

/** Nobody can switch off being told that a subscription ends. */
const ALWAYS = 'leave';

export function createLeaveActions(deps: LeaveDeps): LeaveActions {
  const { db, clock, calendar, operator, portability } = deps;
  const { terms } = deps.contractors;

  async function refusalOf(
    tx: Db,
    kind: LeaveKind,
    subscription: Subscription | null,
  ): Promise<LeaveRefusal | undefined> {
    const now = clock.now();
    const waiting = subscription && (await loadWaitingLeaves(runnerOf(tx), [subscription.subscriptionId]));
    const plan = operator.plans.find((each) => each.code === subscription?.planCode);
    return firstBroken(leaveRefusals, {
      kind,
      isOwn: subscription !== null,
      state: subscription ? serviceState(subscription, now) : 'ended',
      isEnding: subscription !== null && subscription.endedAt !== null,
      hasReservation: (waiting?.size ?? 0) > 0,
      hasVoice: plan?.hasVoice ?? false,
    });
  }

  /** Asked before anything is written, since the clearing house is far away; the rules are asked again afterwards. */
  async function reservationFor(asked: Own & { requestId: string }): Promise<Reserved> {
    const found = await inTransaction(db, async (tx): Promise<Reserved & { subscription?: Subscription | null }> => {
      const subscription = await terms.lock(tx, asked);
      const made = subscription && (await findLeaveByRequest(runnerOf(tx), asked));
      if (made) return { made };
      const code = await refusalOf(tx, 'mnp-out', subscription);
      return { subscription, ...(code ? { code } : {}) };
    });
    if (found.made) return found;
    if (found.code !== undefined || !found.subscription) return { code: found.code ?? 'not-found' };
    const { msisdn } = found.subscription;
    const requestId = `${asked.subscriptionId}:${asked.requestId}`;
    return { reservation: await portability.reserve({ requestId, msisdn, now: clock.now() }) };
  }

  return {
    async askLeave({ kind, ...asked }) {
      if (!isId(asked.subscriptionId)) return refuse('not-found');
      const reserved: Reserved = kind === 'mnp-out' ? await reservationFor(asked) : {};
      if (reserved.made) return accept(reserved.made);
      if (reserved.code) return refuse(reserved.code);
      return inTransaction(db, async (tx) => {
        const sql = runnerOf(tx);
        const now = clock.now();
        const subscription = await terms.lock(tx, asked);
        const made = subscription && (await findLeaveByRequest(sql, asked));
        if (made) return accept(made);
        const code = await refusalOf(tx, kind, subscription);
        if (code !== undefined || !subscription) return refuse(code ?? 'not-found');
        const endsAt = reserved.reservation?.endsAt ?? calendar.endOf(calendar.monthOf(now));
        const reservationNumber = reserved.reservation?.number ?? null;
        const { subscriptionId, requestId } = asked;
        const leave = await insertLeave(sql, now, { subscriptionId, kind, endsAt, reservationNumber, requestId });
        if (kind === 'cancel') await terms.setEnd(tx, subscriptionId, endsAt);
        await note(tx, 'billing.leave-asked', leave, subscription);
        await tell(tx, { about: kind === 'cancel' ? 'ends' : 'number', leave, subscription });
        return accept(leave);
      });
    },

    takeBackLeave: (own) =>
      inTransaction(db, async (tx) => {
        const sql = runnerOf(tx);
        if (!isId(own.subscriptionId)) return refuse('not-found');
        const subscription = await terms.lock(tx, own);
        if (!subscription) return refuse('not-found');
        const now = clock.now();
        const leave = (await loadWaitingLeaves(sql, [own.subscriptionId])).get(own.subscriptionId);
        // What is due has happened, whether or not the job has been there.
        if (!leave || Temporal.Instant.compare(leave.endsAt, now) <= 0) return accept(null);
        // From its end on the number may be promised to somebody else.
        if (leave.kind === 'cancel' && !(await terms.setEnd(tx, own.subscriptionId, null))) return refuse('not-found');
        await settleLeave(sql, now, { leaveId: leave.leaveId, state: 'taken-back' });
        await note(tx, 'billing.leave-taken-back', leave, subscription);
        await tell(tx, { about: 'stays', leave, subscription });
        return accept(null);
      }),

    completePorting: ({ reservationNumber, movedAt }) =>
      inTransaction(db, async (tx) => {
        const sql = runnerOf(tx);
        const now = clock.now();
        if (Temporal.Instant.compare(movedAt, now) > 0) return refuse('from-the-future');
        const leave = await findLeaveByNumber(sql, reservationNumber);
        if (!leave) return refuse('not-found');
        const subscription = (await deps.contractors.subscriptions(sql, [leave.subscriptionId])).get(
          leave.subscriptionId,
        );
        if (!subscription) return refuse('not-found');
        if (subscription.endedAt !== null && Temporal.Instant.compare(subscription.endedAt, movedAt) <= 0)
          return accept(null);
        const isStale = leave.state !== 'waiting' || Temporal.Instant.compare(leave.endsAt, movedAt) <= 0;
        if (isStale) return refuse('no-longer-valid');
        await terms.setEnd(tx, subscription.subscriptionId, movedAt);
        await noteMoved(sql, leave.leaveId, movedAt);
        await note(tx, 'billing.number-moved', leave, subscription);
        return accept(null);
      }),
  };

  async function note(tx: Db, action: string, leave: LeaveRequest, { contractorId, subscriptionId }: Subscription) {
    const isOutside = action === 'billing.number-moved';
    await audit(runnerOf(tx), clock.now(), {
      actor: isOutside ? { kind: 'provisioning' } : { kind: 'contractor', id: contractorId },
      action,
      contractorId,
      subscriptionId,
      detail: { kind: leave.kind, endsAt: leave.endsAt.toString() },
    });
  }

  async function tell(tx: Db, news: LeaveNews): Promise<void> {
    await tellLeave(tx, deps, news, clock.now());
  }
}

/**
 * To the contractor; and to who carries the phone when its end is set or taken back. At the end itself they are told that
 * their link is undone, and a reservation number is the contractor's alone.
 */
export async function tellLeave(
  tx: Db,
  deps: Pick<LeaveDeps, 'calendar' | 'publicUrl'>,
  news: LeaveNews,
  now: Temporal.Instant,
): Promise<void> {
  const sql = runnerOf(tx);
  const { contractorId, subscriptionId } = news.subscription;
  const contractors = (await peopleOfContractors(sql, [contractorId], ALWAYS)).get(contractorId) ?? [];
  const isForUsers = news.about === 'ends' || (news.about === 'stays' && news.leave.kind === 'cancel');
  const users = isForUsers
    ? ((await usersOfSubscriptions(sql, [subscriptionId], ALWAYS)).get(subscriptionId) ?? [])
    : [];
  const others = users.filter((user) => !contractors.some((each) => each.lineUserId === user.lineUserId));
  await enqueueMessages(sql, now, [
    ...contractors.map((person) => leaveMessage(news, person, { ...deps, isContractor: true })),
    ...others.map((person) => leaveMessage(news, person, { ...deps, isContractor: false })),
  ]);
}
