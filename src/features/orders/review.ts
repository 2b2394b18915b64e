import { isId } from '../../base/ids.ts';
import { dayOf } from '../../base/operator-month.ts';
import type { OrderTopic } from '../../base/order-topic.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { type Db, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { type Contractor, serviceState } from '../contractors/index.ts';
import type { Staff, StaffMember } from '../staff/index.ts';
import { type Actor, changeOrder, type StepRefusal } from './change.ts';
import type { OrdersDeps } from './deps.ts';
import { type Order, openOrder } from './order.ts';
import { loadShared, type Shared, saveException } from './review-store.ts';
import { wholeName } from './rules/application.ts';
import { topicsOf } from './rules/correction.ts';
import {
  type ApproveFault,
  approveFault,
  type DeskFault,
  deskFault,
  type Finding,
  findingsOf,
} from './rules/review.ts';
import type { OrderEvent } from './rules/states.ts';
import { countUnderWay, loadChanges, lockOrder } from './store.ts';
import { type WithdrawRefusal, withdrawOrder } from './withdraw.ts';

/** What somebody who decides an order sees of it. */
export interface Review {
  readonly findings: readonly Finding[];
  readonly shared: readonly Shared[];
  /** Contractors who most likely are the same person. */
  readonly known: readonly Contractor[];
}

/** Holds an order against the card, against other orders and against the contractors there are. */
export async function reviewOf(deps: OrdersDeps, sql: SqlRunner, order: Order): Promise<Review> {
  const { operator, clock, contractors } = deps;
  const { application } = order;
  const { contractor, planCode } = application;
  const shared = await loadShared(sql, order.orderId);
  const known =
    contractor.kind === 'new'
      ? await contractors.peopleLike(sql, { name: wholeName(contractor.name), birthDate: contractor.birthDate })
      : [];
  const findings = findingsOf({
    application,
    today: dayOf(clock.now(), operator.timeZone),
    needsIdentity: operator.plans.find(({ code }) => code === planCode)?.hasVoice ?? true,
    shared: new Set(shared.map(({ kind }) => kind)),
    isKnownPerson: known.length > 0,
    subscriptions: await subscriptionsWith(deps, sql, order, { shared, known }),
    subscriptionsPerContractor: operator.orders.subscriptionsPerContractor,
  });
  return { findings, shared, known };
}

/** Of the person who most likely applies, this order counted. */
async function subscriptionsWith(
  { contractors, clock }: OrdersDeps,
  sql: SqlRunner,
  order: Order,
  { shared, known }: Pick<Review, 'shared' | 'known'>,
): Promise<number> {
  const { contractor } = order.application;
  const ids =
    contractor.kind === 'existing' ? [contractor.contractorId] : known.map(({ contractorId }) => contractorId);
  const now = clock.now();
  const held = (await contractors.subscriptionsOfAll(sql, ids)).filter((each) => serviceState(each, now) !== 'ended');
  const isUnderWay = ({ state }: Shared) => ['acknowledged', 'pending', 'held', 'inProgress'].includes(state);
  const ordered =
    contractor.kind === 'existing'
      ? await countUnderWay(sql, { contractorId: contractor.contractorId })
      : shared.filter((each) => each.kind === 'person' && isUnderWay(each)).length + 1;
  return held.length + ordered;
}

export interface DeskRequest {
  readonly orderId: string;
  /** Of the order as the page showed it. */
  readonly version: number;
  readonly event: Extract<OrderEvent, 'take' | 'ask' | 'approve' | 'reject' | 'cancel' | 'withdraw'>;
  /** As typed. */
  readonly reason: string;
  /** What a question is about. */
  readonly about?: readonly OrderTopic[];
  /** From the form: names what is put before a second person. */
  readonly requestId: string;
}

export type DeskRefusal = 'not-found' | DeskFault | ApproveFault | WithdrawRefusal;

/** What came of it: done, or put before a second person. */
export type DeskAnswer =
  | { readonly kind: 'done'; readonly order: Order }
  | { readonly kind: 'asked'; readonly requestId: string };

const NEEDS_REASON: readonly OrderEvent[] = ['ask', 'reject', 'cancel', 'withdraw'];
const REVIEWERS: readonly OrderEvent[] = ['ask', 'approve', 'reject'];
export const EXCEPTION = 'orders.exception';

/** A member of staff does something to an order. The same form sent twice is done once. */
export function deskStep(
  deps: OrdersDeps,
  staff: Pick<Staff, 'ask' | 'reasonOf'>,
  by: StaffMember,
  asked: DeskRequest,
): Promise<Decision<DeskAnswer, DeskRefusal>> {
  const { event } = asked;
  return inTransaction(deps.db, async (tx): Promise<Decision<DeskAnswer, DeskRefusal>> => {
    const order = await lock(deps, tx, asked.orderId);
    if (!order) return refuse('not-found');
    if (await isRepeat(tx, order, by, asked)) return accept({ kind: 'done', order });
    const reason = staff.reasonOf(asked.reason);
    const fault = deskFault({
      seenVersion: asked.version,
      version: order.version,
      reviewerId: order.reviewerId,
      staffId: by.staffId,
      isReviewers: REVIEWERS.includes(event),
      reason,
      needsReason: NEEDS_REASON.includes(event),
    });
    if (fault) return refuse(fault);
    const actor = staffActor(by);
    if (event === 'approve') return approve(deps, tx, order, { actor, by, asked, staff });
    if (event === 'withdraw') return done(await withdrawOrder(deps, tx, order, { actor, note: reason ?? '' }));
    const patch = event === 'take' ? { reviewerId: by.staffId } : {};
    const note = event === 'take' ? {} : { note: reason ?? '' };
    const possible = topicsOf(order.application);
    const about = event === 'ask' ? (asked.about ?? []).filter((topic) => possible.includes(topic)) : [];
    return done(await changeOrder(deps, tx, order, { event, actor, patch, about, ...note }));
  });
}

async function lock(deps: OrdersDeps, tx: Db, orderId: string): Promise<Order | null> {
  const row = isId(orderId) ? await lockOrder(runnerOf(tx), orderId) : null;
  return row && openOrder(deps.secrets.show, row);
}

/** The form that was just done, sent once more: nobody else has changed anything since. */
async function isRepeat(tx: Db, order: Order, by: StaffMember, asked: DeskRequest): Promise<boolean> {
  if (order.version !== asked.version + 1) return false;
  const last = (await loadChanges(runnerOf(tx), order.orderId)).at(-1);
  return last?.event === asked.event && last.staffId === by.staffId;
}

const done = <Code extends string>(changed: Decision<Order, Code>): Decision<DeskAnswer, Code> =>
  changed.ok ? accept({ kind: 'done', order: changed.value }) : changed;

async function approve(
  deps: OrdersDeps,
  tx: Db,
  order: Order,
  { actor, by, asked, staff }: { actor: Actor; by: StaffMember; asked: DeskRequest; staff: Pick<Staff, 'ask'> },
): Promise<Decision<DeskAnswer, DeskRefusal>> {
  const sql = runnerOf(tx);
  const { findings } = await reviewOf(deps, sql, order);
  const fault = approveFault({ findings, isSecondPerson: false });
  if (fault === undefined) return done(await approveOrder(deps, tx, order, actor));
  if (fault === 'stopped' || order.state !== 'pending')
    return refuse(fault === 'stopped' ? fault : 'not-in-this-state');
  const exceptions = findings.filter(({ weight }) => weight === 'exception').map(({ code }) => code);
  const { requestId, reason } = asked;
  const payload = { orderId: order.orderId, orderNumber: order.orderNumber, version: order.version, exceptions };
  const request = { requestId, kind: EXCEPTION, payload, reason, by };
  const put = await staff.ask(order.contractorId ? { ...request, contractorId: order.contractorId } : request, tx);
  if (!put.ok) return put;
  await saveException(sql, order.orderId, requestId);
  return accept({ kind: 'asked', requestId });
}

/** Approves an order that was decided: the network begins in the same transaction. */
function approveOrder(deps: OrdersDeps, tx: Db, order: Order, actor: Actor): Promise<Decision<Order, StepRefusal>> {
  return changeOrder(deps, tx, order, { event: 'approve', actor });
}

/** A second person has said yes to the exceptions of an order as it was then. */
export async function approveException(
  deps: OrdersDeps,
  tx: Db,
  { orderId, version, decider }: { orderId: string; version: number; decider: StaffMember },
): Promise<Decision<Order, 'not-found' | 'changed-meanwhile' | ApproveFault | StepRefusal>> {
  const order = await lock(deps, tx, orderId);
  if (!order) return refuse('not-found');
  if (order.version !== version) return refuse('changed-meanwhile');
  const { findings } = await reviewOf(deps, runnerOf(tx), order);
  const fault = approveFault({ findings, isSecondPerson: true });
  return fault ? refuse(fault) : approveOrder(deps, tx, order, staffActor(decider));
}

/** An admin does what a supervisor may; an auditor never comes here. */
function staffActor({ staffId, role }: StaffMember): Actor {
  return { kind: 'staff', staffId, role: role === 'agent' ? 'agent' : 'supervisor' };
}
