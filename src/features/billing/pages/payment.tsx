import { Hono } from 'hono';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { Actions, Card, LinkButton, Notice, Page, renderPage, SummaryList } from '../../../infra/ui/components.tsx';
import { formatMonth } from '../../../infra/ui/format.ts';
import { billsText } from '../bills-text.ts';
import { cardText } from './card-text.ts';
import { type BillingPageDeps, contractorOf } from './deps.ts';

/** GET /payment: how the contractor pays, as far as it may be shown, and the way to another card. */
export function paymentPages({ operator, actions, gatewayOrigin }: BillingPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get('/payment', async (c) => {
    const { language } = c.var;
    const t = cardText(language);
    const card = await actions.cardOf(contractorOf(c));
    return renderPage(
      c,
      <Page
        c={c}
        operator={operator}
        title={t.title}
        nav="bills"
        back={{ href: '/bills', label: billsText(language).title }}
      >
        {c.req.query('done') === 'card' && card ? (
          <Notice kind="success">
            <p>{t.changed}</p>
          </Notice>
        ) : null}
        {card === null ? (
          <Notice kind="warning">
            <p>{t.none}</p>
          </Notice>
        ) : (
          <Card title={t.card}>
            <SummaryList
              rows={[
                { term: t.brand, value: card.brand },
                { term: t.number, value: <span class="figure">•••• •••• •••• {card.lastFour}</span> },
                { term: t.expires, value: formatMonth(card.expiresIn, language) },
              ]}
            />
          </Card>
        )}
        {gatewayOrigin === null ? <p class="muted">{t.byPhone(operator.support.phone)}</p> : null}
        <Actions>
          {gatewayOrigin === null ? null : <LinkButton href="/payment/card">{card ? t.change : t.register}</LinkButton>}
        </Actions>
      </Page>,
    );
  });
  return app;
}
