import { Hono } from 'hono';
import { isId } from '../../../base/ids.ts';
import { runnerOf } from '../../../infra/db/runner.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { AddFriend, Card, LinkButton, Notice, Page, renderPage } from '../../../infra/ui/components.tsx';
import { shownNumber } from '../../orders/index.ts';
import { loadSentOrder } from '../store.ts';
import type { ApplicationPageDeps } from './deps.ts';
import { pageText } from './text.ts';

/** GET /apply/:draft/done: that it was sent, under which number, what comes next, and the official account. */
export function donePages(deps: ApplicationPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, browsers, orders } = deps;
  const sql = runnerOf(deps.db);

  app.get('/apply/:draft/done', async (c) => {
    const draftId = c.req.param('draft');
    const orderId = isId(draftId) ? await loadSentOrder(sql, browsers.applicant(c), draftId) : null;
    const order = orderId === null ? null : await orders.order(sql, orderId);
    if (!order) return c.notFound();
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
        {c.var.session ? (
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
