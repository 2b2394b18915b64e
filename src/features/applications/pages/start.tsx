import { Hono } from 'hono';
import { isId, newId } from '../../../base/ids.ts';
import { span } from '../../../base/language.ts';
import { isOnSale } from '../../../base/operator.ts';
import { runnerOf } from '../../../infra/db/runner.ts';
import { requireLineAccount, type WebEnv } from '../../../infra/http/web.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  DataTable,
  Form,
  LinkButton,
  Notice,
  Page,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { uiText } from '../../../infra/ui/text.ts';
import { NoRoom } from '../../orders/index.ts';
import { addressOf } from '../addresses.ts';
import type { OpenDraft } from '../drafts.ts';
import { firstOpen, progressOf } from '../rules/steps.ts';
import { readDigits } from '../rules/typed.ts';
import { begin, type NotBegun } from './begin.ts';
import { Carried, CarriedWords, carriedBy, carriedQuery } from './carried.tsx';
import type { ApplicationPageDeps } from './deps.ts';
import { stepPath } from './frame.tsx';
import { pageText } from './text.ts';

/**
 * GET and POST /apply: what is needed, and beginning or going on; POST /apply/:draft/carried goes on with what a link has
 * brought. /apply/line comes here as a LINE account. /apply/:draft leads to where the applicant was; /apply/postal-code
 * tells an address.
 */
export function startPages(deps: ApplicationPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, drafts, browsers } = deps;
  const sql = runnerOf(deps.db);

  app.use('/apply/line', requireLineAccount(deps.sessions));

  app.get('/apply', async (c) => {
    const begun = await drafts.all(browsers.applicant(c));
    return showStart(c, begun, null);
  });

  app.post('/apply', async (c) => {
    if (!deps.isOffered) return c.redirect('/apply', 303);
    if (c.var.session?.contractorId) return c.redirect('/apply/add', 303);
    const begun = await begin(deps, c);
    return begun instanceof Response ? begun : showStart(c, await drafts.all(browsers.applicant(c)), begun);
  });

  // An application begun earlier takes along what a link has brought, and goes on.
  app.post('/apply/:draft/carried', async (c) => {
    const applicant = browsers.applicant(c);
    const open = await drafts.open(applicant, c.req.param('draft'));
    if (!open) return c.notFound();
    const { carried, refused } = await carriedBy(deps, c, open);
    await drafts.change(applicant, open.draftId, (draft) => ({ ...draft, ...carried }));
    if (refused === null) return c.redirect(`/apply/${open.draftId}`, 303);
    return showStart(c, await drafts.all(applicant), { because: refused, status: 422 });
  });

  app.get('/apply/line', (c) => {
    const draft = c.req.query('draft') ?? '';
    return c.redirect(isId(draft) ? `/apply/${draft}` : `/apply${carriedQuery(c)}`, 303);
  });

  app.get('/apply/postal-code', (c) => {
    const address = addressOf(readDigits(c.req.query('code')));
    return address === null ? c.json({ address: null }, 404) : c.json({ address });
  });

  app.get('/apply/:draft', async (c) => {
    const open = await drafts.open(browsers.applicant(c), c.req.param('draft'));
    return open ? c.redirect(stepPath(open.draftId, firstOpen(open)), 303) : c.notFound();
  });

  async function showStart(c: WebContext, begun: readonly OpenDraft[], notBegun: NotBegun | null) {
    const t = pageText(c.var.language).start;
    const contractorId = c.var.session?.contractorId ?? null;
    const isContractor = contractorId !== null;
    const room = contractorId === null ? null : await deps.orders.roomOf(sql, contractorId);
    const { phone, hours } = operator.support;
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.title} back={{ href: '/', label: uiText(c.var.language).nav.home }}>
        {c.req.query('done') === 'discarded' ? (
          <Notice kind="success">
            <p>{pageText(c.var.language).discard.done}</p>
          </Notice>
        ) : null}
        {notBegun === null ? null : (
          <Notice kind={notBegun.status === 429 ? 'danger' : 'warning'}>
            <p role="alert">{notBegun.because}</p>
          </Notice>
        )}
        {deps.isOffered ? (
          <>
            <CarriedWords c={c} />
            {begun.map((open) => (
              <Begun c={c} open={open} />
            ))}
            {begun.length > 0 || room?.isFull ? null : <p class="lead">{t.lead}</p>}
            {room?.isFull ? (
              <NoRoom c={c} room={room} />
            ) : (
              <Begin c={c} isContractor={isContractor} isFirst={begun.length === 0} />
            )}
          </>
        ) : (
          <Notice kind="info">
            <p>{t.closed(phone, span(hours, c.var.language))}</p>
          </Notice>
        )}
        <Card title={t.needsTitle}>
          <ul class="plain">
            {t.needs.map((need) => (
              <li>{need}</li>
            ))}
          </ul>
        </Card>
        <Plans c={c} />
        {isContractor ? null : (
          <Card title={t.signIn}>
            <p>{t.signInLead}</p>
            <LinkButton kind="secondary" href="/login?next=%2Fapply%2Fadd">
              {t.toSignIn}
            </LinkButton>
          </Card>
        )}
      </Page>,
      notBegun?.status ?? 200,
    );
  }

  function Begun({ c, open }: { c: WebContext; open: OpenDraft }) {
    const t = pageText(c.var.language);
    const step = firstOpen(open);
    const { at, of } = progressOf(open, step);
    const isCarrying = carriedQuery(c) !== '';
    const ways = (
      <Actions>
        {isCarrying ? (
          <Button>{t.start.goOn}</Button>
        ) : (
          <LinkButton href={stepPath(open.draftId, step)}>{t.start.goOn}</LinkButton>
        )}
        <LinkButton kind="quiet" href={`/apply/${open.draftId}/discard`}>
          {t.discard.link}
        </LinkButton>
      </Actions>
    );
    return (
      <Card title={t.start.goOnTitle}>
        <p>{t.start.goOnWhere(t.titles[step], at, of)}</p>
        <p class="muted">{t.keptUntil(formatMoment(open.expiresAt, operator.timeZone, c.var.language))}</p>
        {isCarrying ? (
          <Form action={`/apply/${open.draftId}/carried`}>
            <Carried c={c} />
            {ways}
          </Form>
        ) : (
          ways
        )}
      </Card>
    );
  }

  function Begin({ c, isContractor, isFirst }: { c: WebContext; isContractor: boolean; isFirst: boolean }) {
    const t = pageText(c.var.language).start;
    const kind = isFirst ? 'primary' : 'secondary';
    if (isContractor) {
      return (
        <LinkButton kind={kind} href={`/apply/add${carriedQuery(c)}`}>
          {t.add}
        </LinkButton>
      );
    }
    return (
      <Form action="/apply" requestId={newId()}>
        <Carried c={c} />
        <Actions>
          <Button kind={kind}>{isFirst ? t.begin : t.beginAnew}</Button>
        </Actions>
      </Form>
    );
  }

  function Plans({ c }: { c: WebContext }) {
    const { language } = c.var;
    const t = pageText(language);
    return (
      <Card title={t.start.plansTitle}>
        <DataTable
          caption={t.start.plansTitle}
          isUnderHeading
          head={[t.plan.legend, t.monthly]}
          rows={operator.plans.filter(isOnSale).map((plan) => [
            <>
              {plan.name[language]}
              {plan.hasVoice ? null : <span class="muted"> {t.start.dataOnly}</span>}
            </>,
            t.yen(plan.monthlyFeeYen),
          ])}
          numeric={[1]}
        />
      </Card>
    );
  }

  return app;
}
