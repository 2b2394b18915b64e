import { Hono } from 'hono';
import { isId, newId } from '../../../base/ids.ts';
import type { OrderTopic } from '../../../base/order-topic.ts';
import { orderTopics } from '../../../base/order-topic.ts';
import { audit, runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { LivePart, LiveStream } from '../../../infra/live/parts.tsx';
import { ErrorSummary, LinkButton, Notice, renderPage } from '../../../infra/ui/components.tsx';
import { ConsolePage, type Staff } from '../../staff/index.ts';
import { loadLatestActivation } from '../activation-store.ts';
import type { OrdersDeps } from '../deps.ts';
import { type Order, openChange, openOrder } from '../order.ts';
import { type DeskRefusal, type DeskRequest, deskStep, type Review, reviewOf } from '../review.ts';
import { loadException } from '../review-store.ts';
import { isOver, withdrawalLastDay } from '../rules/deadlines.ts';
import { underWay } from '../rules/states.ts';
import { endAnew } from '../sim-end.ts';
import { loadChanges, loadOrder } from '../store.ts';
import { shownNumber } from '../tell.ts';
import { Applied, Person } from './applied.tsx';
import { DeskForms } from './forms.tsx';
import { Findings, History, Known, Network, Standing } from './parts.tsx';
import { QUEUE } from './queue.tsx';
import { deskText } from './text.ts';

const PATH = `${QUEUE}/:id`;
const EVENTS: readonly DeskRequest['event'][] = ['take', 'ask', 'approve', 'reject', 'cancel', 'withdraw'];

interface Refused {
  readonly code: DeskRefusal;
  readonly event: DeskRequest['event'];
  readonly reason: string;
  readonly about: readonly OrderTopic[];
  readonly requestId: string;
}

/**
 * GET /console/orders/:id shows one order, POST does something to it. An order on its way is shown to whoever works on it,
 * on record; what has ended and made somebody a customer is asked a reason for, like the customer.
 */
export function orderPage(deps: OrdersDeps, staff: Staff): Hono<WebEnv> {
  const { db, clock, operator, secrets } = deps;
  const sql = runnerOf(db);

  const pages = new Hono<WebEnv>()
    .get(PATH, staff.requireStaff(), async (c) => {
      const order = await find(c);
      if (!order) return c.notFound();
      return (await lookFirst(c, order)) ?? show(c, order);
    })
    .post(PATH, staff.requireStaff('agent', 'supervisor', 'admin'), async (c) => {
      const form = await readForm(c);
      const event = EVENTS.find((each) => each === form('event'));
      const order = await find(c);
      if (!order || !event) return c.notFound();
      const requestId = isId(form('requestId')) ? form('requestId') : newId();
      const asked = {
        orderId: order.orderId,
        version: Number(form('version')),
        event,
        reason: form('reason'),
        about: orderTopics.filter((topic) => form(`about-${topic}`) !== ''),
        requestId,
      };
      const answer = await deskStep(deps, staff, staff.signedIn(c), asked);
      if (answer.ok) {
        const to = answer.value.kind === 'asked' ? `/console/requests/${answer.value.requestId}` : c.req.path;
        return c.redirect(answer.value.kind === 'asked' ? to : `${to}?done=${event}`, 303);
      }
      const now = await find(c);
      return now
        ? show(c, now, { code: answer.code, event, reason: asked.reason, about: asked.about, requestId })
        : c.notFound();
    });

  pages.get(`${PATH}/standing`, staff.requireStaff(), async (c) => {
    const order = await find(c);
    return order ? c.html(<StandingPart order={order} c={c} />) : c.notFound();
  });
  pages.post(`${PATH}/sim-end`, staff.requireStaff('agent', 'supervisor', 'admin'), async (c) => {
    const orderId = c.req.param('id');
    const { staffId } = staff.signedIn(c);
    const asked = isId(orderId) ? await endAnew(deps, { orderId, staffId }) : null;
    return asked?.ok ? c.redirect(`${QUEUE}/${orderId}?done=sim-end`, 303) : c.notFound();
  });
  return pages;

  async function find(c: WebContext): Promise<Order | null> {
    const orderId = c.req.param('id') ?? '';
    const row = isId(orderId) ? await loadOrder(sql, orderId) : null;
    return row && openOrder(secrets.show, row);
  }

  async function lookFirst(c: WebContext, order: Order): Promise<Response | null> {
    const { orderId, contractorId, state } = order;
    if (!underWay.includes(state) && contractorId) return staff.lookFirst(c, { contractorId, page: 'order' });
    const actor = { kind: 'staff', id: staff.signedIn(c).staffId } as const;
    const about = contractorId ? { contractorId } : {};
    await audit(sql, clock.now(), { actor, action: 'orders.shown', ...about, detail: { orderId, state } });
    return null;
  }

  /** Where it stands and who looks at it: read anew when a colleague or the applicant does something. */
  async function StandingPart({ order, c }: { order: Order; c: WebContext }) {
    const { orderId, reviewerId } = order;
    const names = await staff.namesOf(reviewerId ? [reviewerId] : []);
    const shown = { order, before: null, language: c.var.language, operator, now: clock.now() };
    return (
      <LivePart id="standing" src={`${QUEUE}/${orderId}/standing`} when={`product_order:${orderId}`}>
        <Standing {...shown} names={names} me={staff.signedIn(c).staffId} />
      </LivePart>
    );
  }

  function canWithdraw(order: Order): boolean {
    const { timeZone: zone, orders } = operator;
    const lastDay = withdrawalLastDay(order.changedAt, { days: orders.withdrawalDays, zone });
    return !isOver(lastDay, clock.now(), zone);
  }

  async function show(c: WebContext, order: Order, refused?: Refused) {
    const { language } = c.var;
    const t = deskText(language);
    const me = staff.signedIn(c);
    const changes = (await loadChanges(sql, order.orderId)).map((row) => openChange(secrets.show, row));
    const review: Review = underWay.includes(order.state)
      ? await reviewOf(deps, sql, order)
      : { findings: [], shared: [], known: [] };
    const staffIds = [
      ...changes.flatMap(({ staffId }) => staffId ?? []),
      ...(order.reviewerId ? [order.reviewerId] : []),
    ];
    const names = await staff.namesOf(staffIds);
    const activation = await loadLatestActivation(sql, order.orderId);
    const waiting = await loadException(sql, order.orderId);
    const before = changes.find((change) => change.before)?.before ?? null;
    const shown = { order, before, language, operator, now: clock.now() };
    const text = refused ? t.refusals[refused.code] : '';
    const done = c.req.query('done');
    const [, what] = Object.entries(t.events).find(([event]) => event === done) ?? [];
    const isField = refused?.code === 'reason-missing';
    return renderPage(
      c,
      <ConsolePage
        c={c}
        staff={staff}
        title={t.orderTitle(shownNumber(order))}
        at="orders"
        back={{ href: QUEUE, label: t.title }}
        hasErrors={refused !== undefined}
      >
        {isField ? <ErrorSummary language={language} errors={[{ field: `${refused.event}-reason`, text }]} /> : null}
        {refused && !isField ? <Notice kind="danger">{text}</Notice> : null}
        {done && !refused ? <Notice kind="success">{t.done(what)}</Notice> : null}
        {waiting ? (
          <Notice kind="info">
            <p>{t.asked}</p>
            <LinkButton kind="secondary" href={`/console/requests/${waiting}`}>
              {t.seeAsked}
            </LinkButton>
          </Notice>
        ) : null}
        {order.state === 'inProgress' && !deps.provisioning ? <Notice kind="warning">{t.network.none}</Notice> : null}
        <LiveStream
          src={`${QUEUE}/stream`}
          words={t.live}
          door={`/console/sign-in?next=${encodeURIComponent(`${QUEUE}/${order.orderId}`)}`}
        />
        <StandingPart order={order} c={c} />
        {underWay.includes(order.state) ? <Findings {...review} language={language} /> : null}
        <div class="cards">
          <Person {...shown} />
          <Applied {...shown} />
        </div>
        <Network activation={activation} language={language} canAskAnew={me.role !== 'auditor'} />
        <Known known={review.known} language={language} />
        <History changes={changes} names={names} {...shown} />
        {me.role === 'auditor' ? null : (
          <DeskForms
            order={order}
            me={me.staffId}
            names={names}
            findings={review.findings}
            hasAsked={waiting !== null}
            canWithdraw={canWithdraw(order)}
            language={language}
            {...(isField ? { refused: { ...refused, error: text } } : {})}
          />
        )}
      </ConsolePage>,
      refused === undefined ? 200 : isField ? 422 : 409,
    );
  }
}
