import { Hono } from 'hono';
import { readForm } from '../../../infra/http/form.ts';
import type { SessionRow } from '../../../infra/http/session.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Actions, Button, Card, Form, Notice, Page, renderPage, SummaryList } from '../../../infra/ui/components.tsx';
import { formatMoment, withRemark } from '../../../infra/ui/format.ts';
import type { MyPageDeps } from '../needs.ts';
import { describeDevice } from '../rules/device.ts';
import { myPageText } from '../text.ts';

/** GET /security lists the signed-in browsers; POST /security/sign-out and /security/sign-out-others end them. */
export function securityPages(deps: MyPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();

  app.get('/security', async (c) => {
    const { session, language } = c.var;
    if (!session?.contractorId) return c.notFound();
    const t = myPageText(language).security;
    const rows = await deps.sessions.list(session.contractorId);
    return renderPage(
      c,
      <Page c={c} operator={deps.operator} title={t.title} nav="security">
        {c.req.query('done') === 'signed-out' ? <Notice kind="success">{t.done}</Notice> : null}
        <p>{t.lead}</p>
        {rows.map((row) => device(c, row, row.sessionId === session.sessionId))}
        {rows.length > 1 ? (
          <Form action="/security/sign-out-others">
            <Actions>
              <Button kind="secondary">{t.signOutOthers}</Button>
            </Actions>
          </Form>
        ) : null}
        <p class="muted">{t.advice}</p>
      </Page>,
    );
  });

  app.post('/security/sign-out', async (c) => {
    const { session } = c.var;
    if (!session?.contractorId) return c.notFound();
    const isEnded = await deps.sessions.revoke(session.contractorId, (await readForm(c))('sessionId'));
    return isEnded ? c.redirect('/security?done=signed-out', 303) : c.notFound();
  });

  app.post('/security/sign-out-others', async (c) => {
    const { session } = c.var;
    if (!session?.contractorId) return c.notFound();
    await deps.sessions.endAll({ contractorId: session.contractorId, exceptSessionId: session.sessionId });
    return c.redirect('/security?done=signed-out', 303);
  });

  function device(c: WebContext, row: SessionRow, isThis: boolean) {
    const { language } = c.var;
    const t = myPageText(language).security;
    const { device, browser } = describeDevice(row.userAgent);
    const name = `${t.device[device]}・${t.browser[browser]}`;
    const moment = (at: SessionRow['seenAt']) => formatMoment(at, deps.operator.timeZone, language);
    return (
      <Card title={isThis ? withRemark(name, t.thisDevice, language) : name}>
        <SummaryList
          rows={[
            { term: t.lastSeen, value: moment(row.seenAt) },
            { term: t.signedIn, value: moment(row.createdAt) },
            { term: t.how, value: t.methods[row.method] },
          ]}
        />
        {isThis ? null : (
          <Form action="/security/sign-out">
            <Actions>
              <Button kind="secondary" name="sessionId" value={row.sessionId}>
                {t.signOut}
              </Button>
            </Actions>
          </Form>
        )}
      </Card>
    );
  }

  return app;
}
