import { Hono } from 'hono';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { ConfirmPage, LinkButton, Notice, Page, renderPage } from '../../../infra/ui/components.tsx';
import { formatDay, formatYen } from '../../../infra/ui/format.ts';
import { cancelOwnOrder, withdrawOwnOrder } from '../applicant.ts';
import type { OrdersDeps } from '../deps.ts';
import type { Order } from '../order.ts';
import { isOver, withdrawalLastDay } from '../rules/deadlines.ts';
import { nextState } from '../rules/states.ts';
import { orderPath, shownNumber } from '../tell.ts';
import { ordersText } from '../text.ts';
import type { Visits } from './visit.ts';

/**
 * GET and POST /orders/:id/cancel: taking an order back before it is completed. GET and POST /orders/:id/withdraw: cancelling
 * the contract in its first days.
 */
export function endPages(deps: OrdersDeps, own: Visits): Hono<WebEnv> {
  const { operator, clock } = deps;
  const app = new Hono<WebEnv>();

  app.get('/orders/:id/cancel', async (c) => {
    const order = await own.find(c);
    if (!order) return c.notFound();
    if (!nextState({ state: order.state, event: 'cancel', actor: 'applicant' }).ok) return tooLate(c, order.orderId);
    const t = ordersText(c.var.language);
    return renderPage(
      c,
      <ConfirmPage {...confirm(c, order, 'cancel')} loses={t.page.cancelLoses}>
        <p class="lead">{t.page.cancelLead}</p>
      </ConfirmPage>,
    );
  });
  app.post('/orders/:id/cancel', async (c) => {
    const orderId = c.req.param('id');
    const done = await cancelOwnOrder(deps, own.visitor(c), orderId);
    if (done.ok) return c.redirect(orderPath(orderId), 303);
    return done.code === 'not-found' ? c.notFound() : tooLate(c, orderId);
  });

  app.get('/orders/:id/withdraw', async (c) => {
    const order = await own.find(c);
    if (!order) return c.notFound();
    const { language } = c.var;
    const zone = operator.timeZone;
    const lastDay = withdrawalLastDay(order.changedAt, { days: operator.orders.withdrawalDays, zone });
    if (order.state !== 'completed' || isOver(lastDay, clock.now(), zone)) return tooLate(c, order.orderId);
    const t = ordersText(language).page;
    const isWaived = await deps.isFeeWaived(runnerOf(deps.db), order);
    const fee = isWaived ? 0 : operator.orders.registrationFeeYen;
    return renderPage(
      c,
      <ConfirmPage {...confirm(c, order, 'withdraw')} loses={t.withdrawLoses}>
        <p class="lead">{t.withdrawLead(formatDay(lastDay, language))}</p>
        <p>{t.withdrawFees(formatYen(fee, language))}</p>
      </ConfirmPage>,
    );
  });
  app.post('/orders/:id/withdraw', async (c) => {
    const orderId = c.req.param('id');
    const done = await withdrawOwnOrder(deps, own.visitor(c), orderId);
    if (done.ok) return c.redirect(orderPath(orderId), 303);
    return done.code === 'not-found' ? c.notFound() : tooLate(c, orderId);
  });

  function confirm(c: WebContext, order: Order, what: 'cancel' | 'withdraw') {
    const t = ordersText(c.var.language);
    return {
      c,
      operator,
      title: t.page[`${what}Title`],
      action: `${orderPath(order.orderId)}/${what}`,
      confirmLabel: t.page[`${what}Submit`],
      cancelHref: orderPath(order.orderId),
      losesTitle: `${t.number} ${shownNumber(order)}`,
      isDangerous: true,
    };
  }

  function tooLate(c: WebContext, orderId: string) {
    const t = ordersText(c.var.language);
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.order}>
        <Notice kind="warning">{t.page.tooLate}</Notice>
        <LinkButton href={orderPath(orderId)}>{t.see}</LinkButton>
      </Page>,
      409,
    );
  }

  return app;
}
