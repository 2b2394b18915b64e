import { Hono } from 'hono';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { ConfirmPage, LinkButton, Notice, Page, renderPage } from '../../../infra/ui/components.tsx';
import { cancelOwnOrder } from '../applicant.ts';
import type { OrdersDeps } from '../deps.ts';
import { nextState } from '../rules/states.ts';
import { orderPath, shownNumber } from '../tell.ts';
import { ordersText } from '../text.ts';
import type { Visits } from './visit.ts';

/** GET and POST /orders/:id/cancel: taking an order back before it is completed. */
export function endPages(deps: OrdersDeps, own: Visits): Hono<WebEnv> {
  const { operator } = deps;
  const app = new Hono<WebEnv>();

  app.get('/orders/:id/cancel', async (c) => {
    const order = await own.find(c);
    if (!order) return c.notFound();
    if (!nextState({ state: order.state, event: 'cancel', actor: 'applicant' }).ok) return tooLate(c, order.orderId);
    const t = ordersText(c.var.language);
    return renderPage(
      c,
      <ConfirmPage
        c={c}
        operator={operator}
        title={t.page.cancelTitle}
        action={`${orderPath(order.orderId)}/cancel`}
        confirmLabel={t.page.cancelSubmit}
        cancelHref={orderPath(order.orderId)}
        loses={t.page.cancelLoses}
        losesTitle={`${t.number} ${shownNumber(order)}`}
        isDangerous
      >
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

  function tooLate(c: WebContext, orderId: string) {
    const t = ordersText(c.var.language);
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.page.cancelTitle}>
        <Notice kind="warning">{t.page.tooLate}</Notice>
        <LinkButton href={orderPath(orderId)}>{t.see}</LinkButton>
      </Page>,
      409,
    );
  }

  return app;
}
