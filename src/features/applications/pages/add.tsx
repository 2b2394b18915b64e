import { Hono } from 'hono';
import { newId } from '../../../base/ids.ts';
import { runnerOf } from '../../../infra/db/runner.ts';
import { requireContractor, type WebEnv } from '../../../infra/http/web.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { Actions, Button, Form, Notice, Page, renderPage } from '../../../infra/ui/components.tsx';
import { uiText } from '../../../infra/ui/text.ts';
import { NoRoom } from '../../orders/index.ts';
import { begin, type NotBegun } from './begin.ts';
import { Carried, CarriedWords } from './carried.tsx';
import type { ApplicationPageDeps } from './deps.ts';
import { pageText } from './text.ts';

/** GET and POST /apply/add: a contractor adds a subscription, behind a second proof and up to the operator's limit. */
export function addPages(deps: ApplicationPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator } = deps;
  const sql = runnerOf(deps.db);

  app.use('/apply/add', requireContractor(deps.sessions));
  app.use('/apply/add', deps.credentials.requireSecondProof());
  app.use('/apply/add', async (c, next) => (deps.isOffered ? next() : c.redirect('/apply', 303)));

  app.get('/apply/add', async (c) => show(c, null));

  app.post('/apply/add', async (c) => {
    if ((await room(c)).isFull) return show(c, null);
    const begun = await begin(deps, c);
    return begun instanceof Response ? begun : show(c, begun);
  });

  const room = (c: WebContext) => deps.orders.roomOf(sql, c.var.session?.contractorId ?? '');

  async function show(c: WebContext, notBegun: NotBegun | null) {
    const t = pageText(c.var.language).start;
    const begun = await deps.drafts.all(deps.browsers.applicant(c));
    const taken = await room(c);
    const contractor = await deps.contractors.contractor(sql, c.var.session?.contractorId ?? '');
    return renderPage(
      c,
      <Page
        c={c}
        operator={operator}
        title={t.addTitle}
        back={{ href: '/contract', label: uiText(c.var.language).nav.contract }}
      >
        {notBegun === null ? null : (
          <Notice kind={notBegun.status === 429 ? 'danger' : 'warning'}>
            <p role="alert">{notBegun.because}</p>
          </Notice>
        )}
        {begun.length === 0 ? null : (
          <Notice kind="info" title={t.goOnTitle}>
            <p>
              <a class="tap" href="/apply">
                {t.goOn}
              </a>
            </p>
          </Notice>
        )}
        {taken.isFull ? (
          <NoRoom c={c} room={taken} />
        ) : (
          <>
            <p class="lead">{t.addLead(contractor?.name ?? '')}</p>
            <Form action="/apply/add" requestId={newId()}>
              <Carried c={c} />
              <CarriedWords c={c} />
              <Actions>
                <Button>{t.addBegin}</Button>
              </Actions>
            </Form>
          </>
        )}
      </Page>,
      notBegun?.status ?? 200,
    );
  }

  return app;
}
