import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Hono } from 'hono';
import type { Temporal } from 'temporal-polyfill';
import { isId } from '../../base/ids.ts';
import type { Decision } from '../../base/refusal.ts';
import { type Db, inTransaction, type SqlRunner } from '../../infra/db/index.ts';
import type { WebContext, WebEnv } from '../../infra/http/web-env.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { TalkHandler } from '../../infra/line/talk.ts';
import type { Live } from '../../infra/live/live.ts';
import type { Staff, StaffMember } from '../staff/index.ts';
import { cancelOrder, type OrderRefusal } from './actions.ts';
import { tellListeners } from './api/hub.ts';
import { productOrderingApi } from './api/index.ts';
import type { Actor } from './change.ts';
import { ordersTalk } from './chat.ts';
import { ordersConsole } from './console/index.tsx';
import { type Correction, type CorrectRefusal, correctOrder, type Question, questionOf } from './correct.ts';
import type { OrdersDeps } from './deps.ts';
import { activate } from './fulfilment.ts';
import { expireHeld, forgetOrders } from './jobs.ts';
import { type Order, type OrderChange, openChange, openOrder } from './order.ts';
import { orderPages } from './pages/index.tsx';
import { visits } from './pages/visit.ts';
import { type PlaceRefusal, placeOrder } from './place.ts';
import { type DeskAnswer, type DeskRefusal, type DeskRequest, deskStep } from './review.ts';
import { type Room, roomOf } from './room.ts';
import type { Application } from './rules/application.ts';
import { endSims } from './sim-end.ts';
import { loadChanges, loadOrder, loadOrders, type OrderSearch } from './store.ts';

export { ordersEntry } from './console/index.tsx';
export type { CorrectRefusal, Question } from './correct.ts';
export type { OrdersDeps } from './deps.ts';
export { ordersDiscloser } from './disclose-store.ts';
export type { Order, OrderChange } from './order.ts';
export { NoRoom } from './pages/no-room.tsx';
export type { PlaceRefusal } from './place.ts';
export type { Room } from './room.ts';
export { type Application, wholeName } from './rules/application.ts';
export { shownNumber } from './tell.ts';

/** Everything after an application was sent. */
export interface Orders {
  readonly talk: TalkHandler;
  readonly jobs: readonly Job[];
  /** Its pages for staff, and what two of them decide. */
  console(console: { staff: Staff; live: Live }): ReturnType<typeof ordersConsole>;
  /** The applicant's pages. */
  pages(): Hono<WebEnv>;
  /** TM Forum product ordering, for the operator's own systems. */
  api(apiKey: string): OpenAPIHono<WebEnv>;
  /**
   * Makes an order of an application; in the caller's transaction when one is given. The same again answers with the same
   * order.
   */
  place(application: Application, tx?: Db): Promise<Decision<Order, PlaceRefusal>>;
  /** Whether a contractor may add a subscription. */
  roomOf(sql: SqlRunner, contractorId: string): Promise<Room>;
  /** Takes an order back before it is completed. Whoever asks has proved who they are; a repeat changes nothing. */
  cancel(asked: { orderId: string; actor: Actor; reason?: string }, tx?: Db): Promise<Decision<Order, OrderRefusal>>;
  /** A member of staff does something to an order, as the console's page does. */
  desk(
    staff: Pick<Staff, 'ask' | 'reasonOf'>,
    by: StaffMember,
    asked: DeskRequest,
  ): Promise<Decision<DeskAnswer, DeskRefusal>>;
  /** The order in a page's address (`:id`) when it is the visitor's own, with the question it waits for. */
  ownOrder(c: WebContext): Promise<{ order: Order; question: Question | null } | null>;
  /** Lets the browser that sent an order see it for an hour, until it is completed: what it brought is for who proves more. */
  letIn(c: WebContext, orderId: string, until: Temporal.Instant): void;
  /** Answers the question of an order of the visitor's own with corrected values. @param also in the same transaction */
  correct(
    c: WebContext,
    correction: Correction,
    also?: (tx: Db) => Promise<void>,
  ): Promise<Decision<Order, CorrectRefusal>>;
  /** By id, with no look at who asks: for callers that have proved who they are. */
  order(sql: SqlRunner, orderId: string): Promise<Order | null>;
  /** Newest first, and how many there are in all. */
  search(sql: SqlRunner, search: OrderSearch): Promise<{ orders: readonly Order[]; total: number }>;
  /** An order's history, first to last. */
  changesOf(sql: SqlRunner, orderId: string): Promise<readonly OrderChange[]>;
}

/** Orders: from the application that was sent to the subscription that works. */
export function createOrders(given: OrdersDeps): Orders {
  const deps = { ...given, onChanged: [...given.onChanged, tellListeners(given)] };
  const { show } = deps.secrets;
  const own = visits(deps);
  const orders: Orders = {
    talk: ordersTalk(deps),
    jobs: [expireHeld(deps), activate(deps), endSims(deps), forgetOrders(deps)],
    pages: () => orderPages(deps, own),
    api: (apiKey) => productOrderingApi(deps, orders, apiKey),
    console: (console) => ordersConsole(deps, console),
    place: (application, tx) =>
      tx ? placeOrder(deps, tx, application) : inTransaction(deps.db, (own) => placeOrder(deps, own, application)),
    roomOf: (sql, contractorId) => roomOf(deps, sql, contractorId),
    cancel: (asked, tx) =>
      tx ? cancelOrder(deps, tx, asked) : inTransaction(deps.db, (own) => cancelOrder(deps, own, asked)),
    desk: (staff, by, asked) => deskStep(deps, staff, by, asked),
    async ownOrder(c) {
      const order = await own.find(c);
      return order && { order, question: await questionOf(deps, deps.db, order) };
    },
    letIn: own.keepSent,
    correct: (c, correction, also) => correctOrder(deps, own.visitor(c), correction, also),
    async order(sql, orderId) {
      const row = isId(orderId) ? await loadOrder(sql, orderId) : null;
      return row && openOrder(show, row);
    },
    async search(sql, search) {
      const { rows, total } = await loadOrders(sql, search);
      return { orders: rows.map((row) => openOrder(show, row)), total };
    },
    async changesOf(sql, orderId) {
      if (!isId(orderId)) return [];
      return (await loadChanges(sql, orderId)).map((row) => openChange(show, row));
    },
  };
  return orders;
}
