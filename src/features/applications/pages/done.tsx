import { Hono } from 'hono';
import { Temporal } from 'temporal-polyfill';
import { isId } from '../../../base/ids.ts';
import { runnerOf } from '../../../infra/db/runner.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { AddFriend, Card, LinkButton, Notice, Page, renderPage } from '../../../infra/ui/components.tsx';
import { shownNumber } from '../../orders/index.ts';
import { loadSentOrder } from '../store.ts';
import type { ApplicationPageDeps } from './deps.ts';
import { pageText } from './text.ts';

/** So long after sending, a browser that is nobody's sees the order itself; then the mailed link leads there. */
const FRESH_MINUTES = 60;

/** GET /apply/:draft/done: that it was sent, under which number, what comes next, and the official account. */
export function donePages(deps: ApplicationPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, browsers, orders, clock } = deps;
  const sql = runnerOf(deps.db);

  app.get('/apply/:draft/done', async (c) => {
    const draftId = c.req.param('draft');
    const sent = isId(draftId) ? await loadSentOrder(sql, browsers.applicant(c), draftId) : null;
    const order = sent && (await orders.order(sql, sent.orderId));
    if (!order) return c.notFound();
    // Who is nobody here has the browser's secret; a while later it may be another's turn at this machine.
    const until = sent.sentAt.add({ minutes: FRESH_MINUTES });
    const isFresh = Temporal.Instant.compare(clock.now(), until) < 0;
    if (!c.var.session && isFresh) orders.letIn(c, order.orderId, until);
    const { language } = c.var;
    const t = pageText(language).done;
    const isCard = order.application.simKind === 'sim';
    const isInLine = order.lineUserId !== null;
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.title}>
        <Notice kind="success">
          <p>
            {t.number} <strong class="figure">{shownNumber(order)}</strong>
          </p>
        </Notice>
        <Card title={t.nextTitle}>
          <ol class="numbered">
            {[t.checked, isCard ? t.sent : t.opened, isInLine ? t.toldInLine : t.toldByMail].map((sentence) => (
              <li>{sentence}</li>
            ))}
          </ol>
        </Card>
        {c.var.session || isFresh ? (
          <LinkButton kind="secondary" href={`/orders/${order.orderId}`}>
            {t.see}
          </LinkButton>
        ) : null}
        <AddFriend operator={operator} language={language} title={t.addTitle}>
          <p>{t.addLead}</p>
        </AddFriend>
      </Page>,
    );
  });

  return app;
}
