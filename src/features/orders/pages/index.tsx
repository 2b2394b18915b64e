import { Hono } from 'hono';
import { runnerOf } from '../../../infra/db/index.ts';
import { withNext } from '../../../infra/http/next-path.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { digest } from '../../../infra/secrets.ts';
import { LinkButton, LinkList, Notice, Page, renderPage } from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { uiText } from '../../../infra/ui/text.ts';
import { findLink, loadOwnOrders } from '../access-store.ts';
import type { OrdersDeps } from '../deps.ts';
import { openOrder } from '../order.ts';
import { orderPath, shownNumber } from '../tell.ts';
import { ordersText } from '../text.ts';
import { contractPages } from './contract.ts';
import { endPages } from './end.tsx';
import { statusPages } from './status.tsx';
import type { Visits } from './visit.ts';
import { welcomePages } from './welcome.tsx';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/**
 * GET /orders lists the visitor's own; GET /orders/link/:token takes a mailed link out of the address; the rest is about
 * one order. Who is nobody is sent to sign in; somebody else's order is not there.
 */
export function orderPages(deps: OrdersDeps, own: Visits): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const sql = runnerOf(deps.db);

  app.get('/orders/link/:token', async (c) => {
    const token = c.req.param('token');
    const orderId = TOKEN.test(token) ? await findLink(sql, deps.clock.now(), digest(token)) : null;
    if (!orderId) return showOver(c);
    own.keep(c, orderId);
    return c.redirect(orderPath(orderId), 303);
  });
  for (const path of ['/orders', '/orders/:id', '/orders/:id/*']) {
    app.use(path, (c, next) =>
      own.isSomebody(c) ? next() : Promise.resolve(c.redirect(withNext('/login', c.req.path), 303)),
    );
  }
  app.get('/orders', async (c) => {
    const { language } = c.var;
    const t = ordersText(language);
    const orders = (await loadOwnOrders(sql, own.visitor(c))).map((row) => openOrder(deps.secrets.show, row));
    return renderPage(
      c,
      <Page c={c} operator={deps.operator} title={t.page.listTitle} nav="contract" {...backOf(c)}>
        {orders.length === 0 ? (
          <>
            <p class="lead">{t.none}</p>
            <LinkButton kind="secondary" href="/apply">
              {t.page.apply}
            </LinkButton>
          </>
        ) : (
          <LinkList
            links={orders.map((order) => ({
              href: orderPath(order.orderId),
              label: `${t.states[order.state]} ${shownNumber(order)}`,
              hint: formatMoment(order.placedAt, deps.operator.timeZone, language),
            }))}
          />
        )}
      </Page>,
    );
  });
  app.route('/', statusPages(deps, own));
  app.route('/', endPages(deps, own));
  app.route('/', welcomePages(deps, own));
  app.route('/', contractPages(deps, own));

  /** A contractor came from the contract; a LINE account, and whoever has a mailed link, from their talk or mail. */
  function backOf(c: WebContext) {
    if (!c.var.session?.contractorId) return {};
    return { back: { href: '/contract', label: uiText(c.var.language).nav.contract } };
  }

  function showOver(c: WebContext) {
    const t = ordersText(c.var.language).page;
    return renderPage(
      c,
      <Page c={c} operator={deps.operator} title={t.linkOver}>
        <Notice kind="warning">{t.linkOverLead}</Notice>
        <LinkButton href={withNext('/login', '/orders')}>{t.toSignIn}</LinkButton>
      </Page>,
      410,
    );
  }

  return app;
}
