import { Hono } from 'hono';
import { formatMsisdn } from '../../../base/msisdn.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  CopyButton,
  Form,
  LinkButton,
  Notice,
  Page,
  QrCode,
  renderPage,
  SummaryList,
} from '../../../infra/ui/components.tsx';
import { loadLatestActivation, loadWelcome } from '../activation-store.ts';
import { takeFirstPassword } from '../applicant.ts';
import { documentOfOrder } from '../contract-document.ts';
import { contractText } from '../contract-text.ts';
import type { OrdersDeps } from '../deps.ts';
import { type Order, openText } from '../order.ts';
import { orderPath } from '../tell.ts';
import { ordersText } from '../text.ts';
import type { Visits } from './visit.ts';

/**
 * GET /orders/:id/welcome: what a completed order has brought: number, eSIM, login ID. POST /orders/:id/welcome/password shows the
 * first password, once, on the answer itself: it is in no address, talk, mail or log.
 */
export function welcomePages(deps: OrdersDeps, own: Visits): Hono<WebEnv> {
  const { operator, contractors, db } = deps;
  const app = new Hono<WebEnv>();

  app.get('/orders/:id/welcome', async (c) => {
    const order = await own.find(c);
    return order?.state === 'completed' ? show(c, order) : c.notFound();
  });
  app.post('/orders/:id/welcome/password', async (c) => {
    const taken = await takeFirstPassword(deps, own.visitor(c), c.req.param('id'));
    const order = taken.ok ? await own.find(c) : null;
    if (!taken.ok || order?.state !== 'completed') return c.notFound();
    return show(c, order, taken.value);
  });

  /** @param password when it has just been asked for; null when it was shown before */
  async function show(c: WebContext, order: Order, password?: string | null) {
    const { language } = c.var;
    const sql = runnerOf(db);
    const t = ordersText(language).welcome;
    const activation = await loadLatestActivation(sql, order.orderId);
    const esim = activation?.esimCipher ? openText(deps.secrets.show, order.orderId, activation.esimCipher) : null;
    const isNew = order.application.contractor.kind === 'new';
    const contractor = isNew && order.contractorId ? await contractors.contractor(sql, order.contractorId) : null;
    const welcome = await loadWelcome(sql, order.orderId);
    return renderPage(
      c,
      <Page
        c={c}
        operator={operator}
        title={t.title}
        back={{ href: orderPath(order.orderId), label: ordersText(language).see }}
      >
        {activation?.msisdn ? (
          <Card title={t.number}>
            <p class="figure">{formatMsisdn(activation.msisdn)}</p>
          </Card>
        ) : null}
        {esim ? <Esim code={esim} c={c} /> : null}
        {contractor ? (
          <Card title={t.myPage}>
            <p>{t.myPageLead}</p>
            <SummaryList rows={[{ term: t.loginId, value: <span class="figure">{contractor.loginId}</span> }]} />
            {password ? (
              <Notice kind="success" title={t.password}>
                <p class="password">{password}</p>
                <CopyButton text={password} language={language} />
                <p>{t.passwordOnce}</p>
              </Notice>
            ) : welcome?.passwordCipher ? (
              <Form action={`${orderPath(order.orderId)}/welcome/password`}>
                <p>{t.passwordLead}</p>
                <Actions>
                  <Button>{t.showPassword}</Button>
                </Actions>
              </Form>
            ) : (
              <p>{t.shown}</p>
            )}
            <LinkButton kind="secondary" href={password || welcome?.passwordCipher ? '/login' : '/login/forgotten'}>
              {password || welcome?.passwordCipher ? t.signIn : t.forgotten}
            </LinkButton>
          </Card>
        ) : null}
        {(await documentOfOrder(deps, sql, order.orderId)) ? (
          <LinkButton kind="secondary" href={`${orderPath(order.orderId)}/contract`}>
            {contractText(language).save}
          </LinkButton>
        ) : null}
      </Page>,
    );
  }

  function Esim({ code, c }: { code: string; c: WebContext }) {
    const t = ordersText(c.var.language).welcome;
    return (
      <Card title={t.esim}>
        <p>{t.esimLead}</p>
        <div class="code-line">
          <QrCode text={code} label={t.esimQr} />
          <p class="typed">{code}</p>
        </div>
        <CopyButton text={code} language={c.var.language} />
      </Card>
    );
  }

  return app;
}
