import { Hono } from 'hono';
import { formatBytes } from '../../../base/bytes.ts';
import { isId, newId } from '../../../base/ids.ts';
import { formatMsisdn } from '../../../base/msisdn.ts';
import { runnerOf } from '../../../infra/db/runner.ts';
import { readForm } from '../../../infra/http/form.ts';
import { hasSecondProof } from '../../../infra/http/session-rules.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  Code,
  ConfirmPage,
  Form,
  LinkButton,
  Notice,
  Page,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { withRemark } from '../../../infra/ui/format.ts';
import type { Subscription } from '../../contractors/index.ts';
import { untilDay } from '../../data/index.ts';
import { type LeaveRequest, loadWaitingLeaves } from '../leave-store.ts';
import { RESERVATION_DAYS } from '../number-portability.ts';
import type { LeaveKind } from '../rules/leave.ts';
import { type BillingPageDeps, contractorOf, inServiceOf } from './deps.ts';
import { leaveText } from './leave-text.ts';

const PROVE_FIRST = '/proof?next=/leave';

/** GET /leave shows; GET and POST /leave/:id/cancel and /leave/:id/number ask and do; POST /leave/:id/take-back undoes. */
export function leavePages(deps: BillingPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, calendar, actions } = deps;
  const sql = runnerOf(deps.db);

  app.get('/leave', async (c) => {
    const { language } = c.var;
    const t = leaveText(language);
    const mine = await inServiceOf(deps, c);
    const waiting = await loadWaitingLeaves(
      sql,
      mine.map((each) => each.subscriptionId),
    );
    const done = Object.entries(t.done).find(([key]) => key === c.req.query('done'))?.[1];
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.title} nav="leave">
        {done ? <Notice kind="success">{done}</Notice> : null}
        <p class="lead">{mine.length === 0 ? t.nobody : t.lead}</p>
        <div class="cards">
          {mine.map((each) => (
            <SubscriptionCard c={c} subscription={each} leave={waiting.get(each.subscriptionId)} />
          ))}
        </div>
      </Page>,
    );
  });

  app.get('/leave/:id/cancel', (c) => ask(c, 'cancel'));
  app.post('/leave/:id/cancel', (c) => leave(c, 'cancel'));

  app.get('/leave/:id/number', (c) => ask(c, 'mnp-out'));
  app.post('/leave/:id/number', (c) => leave(c, 'mnp-out'));

  app.post('/leave/:id/take-back', async (c) => {
    const asked = { contractorId: contractorOf(c), subscriptionId: c.req.param('id') };
    const decision = await actions.takeBackLeave(asked);
    return decision.ok ? c.redirect('/leave?done=stays', 303) : c.notFound();
  });

  async function own(c: WebContext): Promise<Subscription | undefined> {
    return (await inServiceOf(deps, c)).find((each) => each.subscriptionId === c.req.param('id'));
  }

  /** Ending a contract and handing out its number ask who is there, as showing a secret does. */
  async function leave(c: WebContext, kind: LeaveKind) {
    const subscription = await own(c);
    if (!subscription) return c.notFound();
    if (!isProven(c)) return c.redirect(PROVE_FIRST, 303);
    const form = await readForm(c);
    const contractorId = contractorOf(c);
    const requestId = isId(form('requestId')) ? form('requestId') : newId();
    const { subscriptionId } = subscription;
    const asked = { requestId: `page:${contractorId}:${requestId}`, contractorId, subscriptionId, kind };
    const decision = await actions.askLeave(asked);
    if (decision.ok) return c.redirect(`/leave?done=${kind === 'cancel' ? 'cancel' : 'number'}`, 303);
    if (decision.code === 'not-found') return c.notFound();
    const { language } = c.var;
    const t = leaveText(language);
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.title} nav="leave" hasErrors>
        <Notice kind="danger">{t.refusals[decision.code]}</Notice>
        <LinkButton kind="secondary" href="/leave">
          {t.title}
        </LinkButton>
      </Page>,
      409,
    );
  }

  function isProven(c: WebContext): boolean {
    return c.var.session !== null && hasSecondProof(c.var.session, deps.clock.now(), 'leave');
  }

  async function ask(c: WebContext, kind: LeaveKind) {
    const subscription = await own(c);
    if (!subscription) return c.notFound();
    if (!isProven(c)) return c.redirect(`/proof?next=${encodeURIComponent(c.req.path)}`, 303);
    const { language } = c.var;
    const t = leaveText(language);
    const now = deps.clock.now();
    const { subscriptionId } = subscription;
    const [balance, mine, changes] = await Promise.all([
      deps.data.balance(sql, subscriptionId, now),
      inServiceOf(deps, c),
      deps.contractors.terms.changesOf(sql, [subscriptionId]),
    ]);
    const number = formatMsisdn(subscription.msisdn);
    const loses = [
      t.losesData(formatBytes(balance.totalBytes, operator.megabyte)),
      t.losesLinks,
      ...(kind === 'cancel' ? [t.losesNumber(number)] : []),
      ...(changes.some((change) => change.state === 'waiting') ? [t.losesPlanChange] : []),
      ...(mine.length === 1 ? [t.losesPoints] : []),
    ];
    const until = untilDay(calendar.endOf(calendar.monthOf(now)), calendar, language);
    const isCancel = kind === 'cancel';
    return renderPage(
      c,
      <ConfirmPage
        c={c}
        operator={operator}
        title={isCancel ? t.cancelTitle : t.numberTitle}
        nav="leave"
        back={{ href: '/leave', label: t.title }}
        action={`/leave/${subscriptionId}/${isCancel ? 'cancel' : 'number'}`}
        confirmLabel={isCancel ? t.confirmCancel : t.confirmNumber}
        cancelHref="/leave"
        isDangerous={isCancel}
        loses={loses}
        losesTitle={t.losesTitle}
        requestId={newId()}
      >
        <p class="lead">
          {subscription.userName} <span class="muted figure">{number}</span>
        </p>
        <p>{isCancel ? t.cancelLead(until) : t.numberLead(String(RESERVATION_DAYS))}</p>
        <p class="muted">{t.lastBill}</p>
      </ConfirmPage>,
    );
  }

  function SubscriptionCard(props: { c: WebContext; subscription: Subscription; leave: LeaveRequest | undefined }) {
    const { c, subscription, leave: waiting } = props;
    const { language } = c.var;
    const t = leaveText(language);
    const path = `/leave/${subscription.subscriptionId}`;
    return (
      <Card
        title={
          <>
            {subscription.userName} <span class="muted figure">{formatMsisdn(subscription.msisdn)}</span>
          </>
        }
      >
        {waiting ? (
          <>
            <Waiting c={c} leave={waiting} />
            <Form action={`${path}/take-back`}>
              <Actions>
                <Button kind="secondary">{t.takeBack}</Button>
              </Actions>
            </Form>
          </>
        ) : subscription.endedAt ? (
          <p>{t.ends(untilDay(subscription.endedAt, calendar, language))}</p>
        ) : (
          <Actions>
            {hasVoice(subscription) ? (
              <LinkButton kind="secondary" href={`${path}/number`}>
                {t.number}
              </LinkButton>
            ) : null}
            <LinkButton kind="quiet" href={`${path}/cancel`}>
              {t.cancel}
            </LinkButton>
          </Actions>
        )}
      </Card>
    );
  }

  const hasVoice = ({ planCode }: Subscription) => operator.plans.find((plan) => plan.code === planCode)?.hasVoice;

  function Waiting({ c, leave: waiting }: { c: WebContext; leave: LeaveRequest }) {
    const { language } = c.var;
    const t = leaveText(language);
    const until = untilDay(waiting.endsAt, calendar, language);
    if (waiting.reservationNumber === null) return <p>{t.ends(until)}</p>;
    return (
      <>
        <p>{withRemark(t.reserved, until, language)}</p>
        {isProven(c) ? (
          <>
            <p>
              <Code code={waiting.reservationNumber} />
            </p>
            <p class="muted">{t.reservedHint}</p>
          </>
        ) : (
          <>
            <p>{t.hidden}</p>
            <LinkButton kind="secondary" href={PROVE_FIRST}>
              {t.prove}
            </LinkButton>
          </>
        )}
      </>
    );
  }

  return app;
}
