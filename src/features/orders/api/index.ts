import type { OpenAPIHono } from '@hono/zod-openapi';
import { inTransaction, runnerOf } from '../../../infra/db/index.ts';
import { selectFields, tmfApi, tmfError, tmfList } from '../../../infra/http/tmf.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { answerHub } from '../../../infra/listeners/tmf-hub.ts';
import type { OrdersDeps } from '../deps.ts';
import type { Orders } from '../index.ts';
import { type Order, type OrderChange, openChange } from '../order.ts';
import { type CodesRefusal, type PlaceRefusal, placeOrder } from '../place.ts';
import { placeRules } from '../rules/place.ts';
import { type OrderState, orderStates } from '../rules/states.ts';
import { loadChangesOfAll, loadOrderOfRequest } from '../store.ts';
import { answerByPatch, type PatchRefusal } from './answer.ts';
import { cancelBody, externalRequest, ORDERING, orderBody } from './bodies.ts';
import { cancelByTask, readTask, readTasks } from './cancel.ts';
import { orderHub } from './hub.ts';
import { type InputFault, readAnswer, readOrder } from './read-order.ts';
import { routes } from './routes.ts';

/** What may change by itself is a conflict; what is wrong with the order itself is not. */
const CONFLICTS: readonly string[] = ['request-id-reused', 'number-taken', 'too-many-subscriptions'];
const isOfCodes = (code: string) => /^(code|invitation)-/.test(code);
const isConflict = (code: PlaceRefusal | CodesRefusal) => CONFLICTS.includes(code) || isOfCodes(code);

const ofState: readonly PatchRefusal[] = ['placed-elsewhere', 'not-in-this-state', 'not-by-this-actor'];
const statusOfPatch = (code: PatchRefusal) => (ofState.includes(code) || CONFLICTS.includes(code) ? 409 : 400);

const UNREAD: Record<InputFault, string> = {
  actionNotSupported: 'Every item adds one of something',
  productMissing: 'Exactly one item has a product, the plan',
  unknownOffering: 'The plan is not one of those sold',
  customerMissing: 'Either a related party is the customer, or the characteristic contractor describes one',
  characteristicInvalid: 'The characteristics do not fit their description',
};

/** TM Forum product ordering (TMF622 version 4) over the same orders, for the operator's own systems. */
export function productOrderingApi(deps: OrdersDeps, orders: Orders, apiKey: string): OpenAPIHono<WebEnv> {
  const app = tmfApi(ORDERING, { apiKey, routes: Object.values(routes) });
  const sql = runnerOf(deps.db);

  app.openapi(routes.createOrder, async (c) => {
    const read = readOrder(deps.operator, c.req.valid('json'), c.req.valid('header')['idempotency-key']);
    if (!read.ok) return tmfError(c, 400, read.code, UNREAD[read.code], read.message);
    const application = read.value;
    const placed = await inTransaction(deps.db, (tx) =>
      placeOrder(deps, tx, application, () => deps.checkCodes(tx, application)),
    );
    if (!placed.ok) return tmfError(c, isConflict(placed.code) ? 409 : 400, placed.code, reasonOf(placed.code));
    const [body] = await bodiesOf([placed.value]);
    if (!body) throw new Error('an order that was placed is gone');
    c.header('location', body.href);
    return c.json(body, 201);
  });

  app.openapi(routes.listOrders, async (c) => {
    const { fields, offset, limit, state, externalId, 'relatedParty.id': contractorId } = c.req.valid('query');
    const states = state === undefined ? undefined : statesOf(state);
    if (states?.length === 0) return tmfError(c, 400, 'invalidRequest', 'The filter names no state there is');
    const search = { ...(states ? { states } : {}), ...(contractorId ? { contractorId } : {}) };
    const found =
      externalId === undefined
        ? await orders.search(sql, { ...search, offset, limit })
        : await byExternalId(externalId, search);
    return tmfList(c, await bodiesOf(found.orders), { total: found.total, fields });
  });

  app.openapi(routes.readOrder, async (c) => {
    const order = await orders.order(sql, c.req.valid('param').id);
    if (!order) return notFound(c);
    const [body = {}] = await bodiesOf([order]);
    return c.json(selectFields(body, c.req.valid('query').fields), 200);
  });

  app.openapi(routes.answerQuestion, async (c) => {
    const { note, productOrderItem } = c.req.valid('json');
    const put = readAnswer(productOrderItem?.[0]?.product.productCharacteristic ?? []);
    if (!put.ok) return tmfError(c, 400, 'characteristicInvalid', UNREAD.characteristicInvalid, put.code);
    const orderId = c.req.valid('param').id;
    const answered = await answerByPatch(deps, { orderId, put: put.value, words: note?.[0]?.text ?? '' });
    if (!answered) return notFound(c);
    if (!answered.ok) return tmfError(c, statusOfPatch(answered.code), answered.code, whyNotAnswered(answered.code));
    const [body] = await bodiesOf([answered.value]);
    if (!body) throw new Error('an order that was answered for is gone');
    return c.json(body, 200);
  });

  app.openapi(routes.cancel, async (c) => {
    const { productOrder, cancellationReason, requestedCancellationDate } = c.req.valid('json');
    const later = requestedCancellationDate && Date.parse(requestedCancellationDate);
    if (later && later > deps.clock.now().epochMilliseconds) {
      return tmfError(c, 400, 'notAtOnce', 'An order is taken back at once, not on a later day');
    }
    const task = await cancelByTask(deps, { orderId: productOrder.id, reason: cancellationReason });
    if (!task) return notFound(c);
    const body = cancelBody(deps, task);
    c.header('location', body.href);
    return c.json(body, 201);
  });

  app.openapi(routes.listCancels, async (c) => {
    const { fields, ...span } = c.req.valid('query');
    const { rows, total } = await readTasks(deps, span);
    const bodies = rows.map((task) => cancelBody(deps, task));
    return tmfList(c, bodies, { total, fields });
  });

  app.openapi(routes.readCancel, async (c) => {
    const task = await readTask(deps, c.req.valid('param').id);
    if (!task) return notFound(c);
    return c.json(selectFields(cancelBody(deps, task), c.req.valid('query').fields), 200);
  });

  answerHub(app, deps, { hub: orderHub, base: ORDERING, routes });

  /** With the history of all of them in one look. */
  async function bodiesOf(found: readonly Order[]) {
    const rows = await loadChangesOfAll(
      sql,
      found.map(({ orderId }) => orderId),
    );
    const changes = rows.map((row) => openChange(deps.secrets.show, row));
    const of = (orderId: string): readonly OrderChange[] => changes.filter((change) => change.orderId === orderId);
    return found.map((order) => orderBody(deps, order, of(order.orderId)));
  }

  /** At most one order has it. */
  async function byExternalId(externalId: string, other: { states?: readonly OrderState[]; contractorId?: string }) {
    const row = await loadOrderOfRequest(sql, externalRequest(externalId));
    const order = row && (await orders.order(sql, row.orderId));
    const fits =
      order &&
      (other.states?.includes(order.state) ?? true) &&
      (other.contractorId === undefined || other.contractorId === order.contractorId);
    return fits ? { orders: [order], total: 1 } : { orders: [], total: 0 };
  }

  return app;
}

const statesOf = (text: string): readonly OrderState[] =>
  orderStates.filter((known) => text.split(',').some((each) => each.trim() === known));

const notFound = (c: WebContext) => tmfError(c, 404, 'notFound', 'There is no such thing');

function whyNotAnswered(code: PatchRefusal): string {
  switch (code) {
    case 'placed-elsewhere':
      return 'Who applied with the form answers there';
    case 'not-asked':
      return 'Something differs that the question is not about';
    case 'not-in-this-state':
    case 'not-by-this-actor':
      return 'Nothing is asked about this order';
    case 'answer-missing':
      return 'The answer says nothing and changes nothing';
    default:
      return reasonOf(code);
  }
}

/** The rule that is broken, in its own words. */
function reasonOf(code: PlaceRefusal | CodesRefusal): string {
  if (isOfCodes(code)) return 'The entry code or the invitation cannot be used for this order';
  return placeRules.find((rule) => rule.code === code)?.says ?? 'This was used for another order';
}
