import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { isId, newId } from '../../../base/ids.ts';
import { readForm } from '../../../infra/http/form.ts';
import { hasSecondProof } from '../../../infra/http/session-rules.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { cardFailureText } from '../../../infra/payments/failure-text.ts';
import type { CardFailure } from '../../../infra/payments/payments.ts';
import { Actions, Button, Form, LinkButton, Notice, Page, renderPage } from '../../../infra/ui/components.tsx';
import { cardText } from './card-text.ts';
import { type BillingPageDeps, contractorOf } from './deps.ts';

type Trouble = 'no-answer' | 'too-many-visits';

/**
 * GET /payment/card says what comes, POST opens the gateway's page, /payment/card/:id is where people come back to. To
 * begin asks for a second proof; to come back does not: what counts is what the gateway says of a visit begun with one.
 */
export function cardPages({ operator, actions, gatewayOrigin, clock }: BillingPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();

  app.use('/payment/card', async (c, next) => {
    const { session } = c.var;
    if (session && hasSecondProof(session, clock.now(), 'payment')) return next();
    return c.redirect('/proof?next=/payment/card', 303);
  });

  app.get('/payment/card', (c) => (gatewayOrigin ? begin(c) : c.notFound()));

  app.post('/payment/card', async (c) => {
    const form = await readForm(c);
    const requestId = form('requestId');
    const opened = await actions.openCardVisit({
      visitId: isId(requestId) ? requestId : newId(),
      contractorId: contractorOf(c),
      language: c.var.language,
    });
    if (opened.ok) return c.redirect(opened.value.url, 303);
    if (opened.code === 'not-offered' || opened.code === 'not-found') return c.notFound();
    return begin(c, opened.code);
  });

  app.get('/payment/card/:id', async (c) => {
    const visitId = c.req.param('id');
    const looked = await actions.lookAtCardVisit({ visitId, contractorId: contractorOf(c) });
    if (!looked.ok) return looked.code === 'not-found' ? c.notFound() : wait(c, null);
    const now = looked.value;
    if (now.state === 'registered') return c.redirect('/payment?done=card', 303);
    return now.state === 'waiting' ? wait(c, now.url) : failed(c, now.state);
  });

  function begin(c: WebContext, trouble?: Trouble) {
    const { language } = c.var;
    const t = cardText(language);
    return page(
      c,
      <>
        {trouble === 'no-answer' ? (
          <Notice kind="warning" title={t.silentTitle}>
            <p>{t.silent}</p>
          </Notice>
        ) : null}
        {trouble === 'too-many-visits' ? (
          <Notice kind="danger">
            <p>{t.tooMany}</p>
          </Notice>
        ) : null}
        <p class="lead">{t.lead}</p>
        <p>{t.secure}</p>
        <p>{t.untilThen}</p>
        {goForm(c, t.go)}
      </>,
      trouble === undefined ? 200 : trouble === 'no-answer' ? 422 : 429,
    );
  }

  function failed(c: WebContext, failure: CardFailure) {
    const { language } = c.var;
    const t = cardText(language);
    const words = cardFailureText(language)[failure];
    return page(
      c,
      <>
        <Notice kind="warning" title={words.title}>
          <p>{words.next}</p>
          <p>{t.untilThen}</p>
        </Notice>
        {goForm(c, t.again)}
      </>,
    );
  }

  /** @param url where the person goes on; null when the gateway does not answer at all. */
  function wait(c: WebContext, url: string | null) {
    const { language } = c.var;
    const t = cardText(language);
    return page(
      c,
      <>
        <Notice kind="info" title={url === null ? t.silentTitle : t.waitingTitle}>
          <p>{url === null ? t.silent : t.waiting}</p>
        </Notice>
        <Actions>
          <LinkButton href={c.req.path}>{t.look}</LinkButton>
          {url === null ? null : (
            <LinkButton kind="secondary" href={url}>
              {t.goOn}
            </LinkButton>
          )}
          <LinkButton kind="quiet" href="/payment">
            {t.notNow}
          </LinkButton>
        </Actions>
      </>,
    );
  }

  function goForm(c: WebContext, label: string) {
    return (
      <Form action="/payment/card" requestId={newId()}>
        <Actions>
          <Button>{label}</Button>
          <LinkButton kind="quiet" href="/payment">
            {cardText(c.var.language).notNow}
          </LinkButton>
        </Actions>
      </Form>
    );
  }

  /** Its form leads on to the gateway, and browsers hold the page's own policy against that. */
  function page(c: WebContext, children: Child, status: 200 | 422 | 429 = 200) {
    const { language } = c.var;
    const t = cardText(language);
    if (gatewayOrigin) c.set('formTarget', gatewayOrigin);
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.change} nav="bills" back={{ href: '/payment', label: t.title }}>
        {children}
      </Page>,
      status,
    );
  }

  return app;
}
