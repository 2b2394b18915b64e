import { Hono } from 'hono';
import { isId, newId } from '../../../base/ids.ts';
import { isOnSale } from '../../../base/operator.ts';
import { runnerOf } from '../../../infra/db/runner.ts';
import { type Form as PostedForm, readForm } from '../../../infra/http/form.ts';
import { requireContractor, requireLineAccount, type WebEnv } from '../../../infra/http/web.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  Form,
  LinkButton,
  Notice,
  Page,
  renderPage,
  SummaryList,
} from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { serviceState } from '../../contractors/index.ts';
import { addressOf } from '../addresses.ts';
import type { Applicant } from '../applicant.ts';
import type { OpenDraft } from '../drafts.ts';
import type { Draft } from '../rules/draft.ts';
import { applicationLimits } from '../rules/limits.ts';
import { firstOpen, progressOf } from '../rules/steps.ts';
import { readDigits } from '../rules/typed.ts';
import type { ApplicationPageDeps } from './deps.ts';
import { stepPath } from './frame.tsx';
import { pageText } from './text.ts';

/** What a link may bring along: `/apply?code=…`, `/apply?invitation=…`. */
const CARRIED = ['code', 'invitation'] as const;

/**
 * GET and POST /apply: what is needed, and beginning or going on. /apply/line comes here as a LINE account, /apply/add begins as a
 * contractor. /apply/:draft leads to where the applicant was; /apply/postal-code tells an address.
 */
export function startPages(deps: ApplicationPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, drafts, browsers, clock } = deps;
  const sql = runnerOf(deps.db);

  app.use('/apply/line', requireLineAccount(deps.sessions));
  app.use('/apply/add', requireContractor(deps.sessions));
  app.use('/apply/add', deps.credentials.requireSecondProof());

  app.get('/apply', async (c) => {
    const begun = await drafts.all(browsers.applicant(c));
    return showStart(c, begun, null);
  });

  app.post('/apply', async (c) => {
    if (!deps.isOffered) return c.redirect('/apply', 303);
    if (c.var.session?.contractorId) return c.redirect('/apply/add', 303);
    return begin(c);
  });

  app.get('/apply/line', (c) => {
    const draft = c.req.query('draft') ?? '';
    return c.redirect(isId(draft) ? `/apply/${draft}` : '/apply', 303);
  });

  app.get('/apply/add', async (c) => showAdd(c));

  app.post('/apply/add', async (c) => ((await hasRoom(c)) ? begin(c) : showAdd(c)));

  app.get('/apply/postal-code', (c) => {
    const address = addressOf(readDigits(c.req.query('code')));
    return address === null ? c.json({ address: null }, 404) : c.json({ address });
  });

  app.get('/apply/:draft', async (c) => {
    const open = await drafts.open(browsers.applicant(c), c.req.param('draft'));
    return open ? c.redirect(stepPath(open.draftId, firstOpen(open)), 303) : c.notFound();
  });

  async function begin(c: WebContext) {
    const taken = await deps.limits.take(deps.db, [{ limit: applicationLimits.begin.limit, subject: c.var.address }]);
    if (!taken.ok) return showStart(c, [], formatMoment(taken.until, operator.timeZone, c.var.language));
    const form = await readForm(c);
    const draftId = isId(form('requestId')) ? form('requestId') : newId();
    const applicant = browsers.applicant(c);
    const isKnown = applicant.contractorId !== null || applicant.lineUserId !== null;
    const browserHash = isKnown ? null : browsers.keep(c);
    await drafts.begin({ ...applicant, browserHash }, draftId, await carriedBy(form, applicant));
    return c.redirect(stepPath(draftId, 'plan'), 303);
  }

  /** What a link has carried here and can be used; anything else is left behind, and the last page takes codes too. */
  async function carriedBy(form: PostedForm, applicant: Applicant): Promise<Partial<Draft>> {
    const { contractorId, lineUserId } = applicant;
    const code = form('code') === '' ? null : await deps.invitations.checkEntryCode(sql, form('code'));
    const token = form('invitation');
    const asked = { token, applicant: { contractorId, lineUserId, person: null } };
    const invitation = token === '' ? null : await deps.invitations.checkInvitation(sql, asked);
    return { entryCode: code?.ok ? code.value : null, invitation: invitation?.ok ? token : null };
  }

  async function hasRoom(c: WebContext): Promise<boolean> {
    const now = clock.now();
    const owned = await deps.contractors.subscriptionsOf(sql, c.var.session?.contractorId ?? '');
    const present = owned.filter((each) => serviceState(each, now) !== 'ended');
    return present.length < operator.orders.subscriptionsPerContractor;
  }

  async function showAdd(c: WebContext) {
    const t = pageText(c.var.language).start;
    const contractor = await deps.contractors.contractor(sql, c.var.session?.contractorId ?? '');
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.addTitle} back={{ href: '/apply', label: t.title }}>
        {(await hasRoom(c)) ? (
          <>
            <p class="lead">{t.addLead(contractor?.name ?? '')}</p>
            <Form action="/apply/add" requestId={newId()}>
              <Carried c={c} />
              <Actions>
                <Button>{t.addBegin}</Button>
              </Actions>
            </Form>
          </>
        ) : (
          <Notice kind="info">
            <p>{t.full(operator.orders.subscriptionsPerContractor)}</p>
          </Notice>
        )}
      </Page>,
    );
  }

  function showStart(c: WebContext, begun: readonly OpenDraft[], tooManyUntil: string | null) {
    const t = pageText(c.var.language).start;
    const isContractor = Boolean(c.var.session?.contractorId);
    const { phone, hours } = operator.support;
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.title}>
        {c.req.query('done') === 'discarded' ? (
          <Notice kind="success">
            <p>{pageText(c.var.language).discard.done}</p>
          </Notice>
        ) : null}
        {tooManyUntil === null ? null : (
          <Notice kind="danger">
            <p>{t.tooMany(tooManyUntil)}</p>
          </Notice>
        )}
        {deps.isOffered ? (
          <>
            {begun.map((open) => (
              <Begun c={c} open={open} />
            ))}
            {begun.length > 0 ? null : <p class="lead">{t.lead}</p>}
            <Begin c={c} isContractor={isContractor} isFirst={begun.length === 0} />
          </>
        ) : (
          <Notice kind="info">
            <p>{t.closed(phone, `${hours.from}〜${hours.to}`)}</p>
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
      tooManyUntil === null ? 200 : 429,
    );
  }

  function Begun({ c, open }: { c: WebContext; open: OpenDraft }) {
    const t = pageText(c.var.language);
    const step = firstOpen(open);
    const { at, of } = progressOf(open, step);
    return (
      <Card title={t.start.goOnTitle}>
        <p>{t.start.goOnWhere(t.titles[step], at, of)}</p>
        <p class="muted">{t.keptUntil(formatMoment(open.expiresAt, operator.timeZone, c.var.language))}</p>
        <Actions>
          <LinkButton href={stepPath(open.draftId, step)}>{t.start.goOn}</LinkButton>
          <LinkButton kind="quiet" href={`/apply/${open.draftId}/discard`}>
            {t.discard.link}
          </LinkButton>
        </Actions>
      </Card>
    );
  }

  function Begin({ c, isContractor, isFirst }: { c: WebContext; isContractor: boolean; isFirst: boolean }) {
    const t = pageText(c.var.language).start;
    const kind = isFirst ? 'primary' : 'secondary';
    if (isContractor) {
      return (
        <LinkButton kind={kind} href={`/apply/add${new URL(c.req.url).search}`}>
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

  /** The code or invitation of the link somebody came by goes on with the form. */
  function Carried({ c }: { c: WebContext }) {
    const t = pageText(c.var.language).codes;
    return (
      <>
        {CARRIED.map((name) => {
          const value = c.req.query(name) ?? '';
          return value === '' ? null : <input type="hidden" name={name} value={value} />;
        })}
        {c.req.query('invitation') ? <p>{t.invited}</p> : null}
        {c.req.query('code') ? <p>{t.withCode}</p> : null}
      </>
    );
  }

  function Plans({ c }: { c: WebContext }) {
    const { language } = c.var;
    const t = pageText(language).start;
    return (
      <Card title={t.plansTitle}>
        <SummaryList
          rows={operator.plans.filter(isOnSale).map((plan) => ({
            term: plan.name[language],
            value: (
              <>
                <span class="figure">{t.month(plan.monthlyFeeYen)}</span>
                {plan.hasVoice ? null : <span class="muted"> {t.dataOnly}</span>}
              </>
            ),
          }))}
        />
      </Card>
    );
  }

  return app;
}
