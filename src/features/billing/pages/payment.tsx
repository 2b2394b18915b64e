import { Hono } from 'hono';
import type { Words } from '../../../base/language.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { Card, LinkButton, Notice, Page, renderPage, SummaryList } from '../../../infra/ui/components.tsx';
import { formatMonth } from '../../../infra/ui/format.ts';
import { billsText } from './bills-text.ts';
import { type BillingPageDeps, contractorOf } from './deps.ts';

const t = {
  title: { ja: () => 'お支払い方法', en: () => 'Payment method' } satisfies Words,
  card: { ja: () => 'クレジットカード', en: () => 'Credit card' } satisfies Words,
  brand: { ja: () => 'カード会社', en: () => 'Brand' } satisfies Words,
  number: { ja: () => 'カード番号', en: () => 'Number' } satisfies Words,
  expires: { ja: () => '有効期限', en: () => 'Good until' } satisfies Words,
  none: {
    ja: (phone) => `お支払い方法が登録されていません。${phone}へお電話ください。`,
    en: (phone) => `No payment method is registered. Please call ${phone}.`,
  } satisfies Words<[string]>,
  change: {
    ja: (phone) => `カードの変更は、${phone}へお電話ください。カード番号の全体は、当社では保存していません。`,
    en: (phone) => `To change the card, please call ${phone}. We do not keep whole card numbers.`,
  } satisfies Words<[string]>,
};

/** GET /payment: how the contractor pays, as far as it may be shown. */
export function paymentPages({ operator, cards }: BillingPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get('/payment', async (c) => {
    const { language } = c.var;
    const method = await cards.methodOf(contractorOf(c));
    const { phone } = operator.support;
    return renderPage(
      c,
      <Page
        c={c}
        operator={operator}
        title={t.title[language]()}
        nav="bills"
        back={{ href: '/bills', label: billsText.title[language]() }}
      >
        {method === null ? (
          <Notice kind="warning">
            <p>{t.none[language](phone)}</p>
          </Notice>
        ) : (
          <Card title={t.card[language]()}>
            <SummaryList
              rows={[
                { term: t.brand[language](), value: method.brand },
                { term: t.number[language](), value: <span class="figure">•••• •••• •••• {method.lastFour}</span> },
                { term: t.expires[language](), value: formatMonth(method.expiresIn, language) },
              ]}
            />
            <p class="muted">{t.change[language](phone)}</p>
          </Card>
        )}
        <LinkButton kind="quiet" href="/bills">
          {billsText.title[language]()}
        </LinkButton>
      </Page>,
    );
  });
  return app;
}
