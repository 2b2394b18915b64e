import { Hono } from 'hono';
import { newId } from '../../../base/ids.ts';
import { formatMsisdn } from '../../../base/msisdn.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { Session } from '../../../infra/http/session.ts';
import { isMoreThanPassword } from '../../../infra/http/session-rules.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  Checkbox,
  Code,
  ConfirmPage,
  CopyButton,
  Form,
  LinkButton,
  Notice,
  Page,
  QrCode,
  renderPage,
  SummaryList,
  type SummaryRow,
} from '../../../infra/ui/components.tsx';
import { formatAddress, formatDay, withRemark } from '../../../infra/ui/format.ts';
import { shareUrl } from '../../../infra/ui/share.ts';
import { type Subscription, serviceState } from '../../contractors/index.ts';
import type { MyPageDeps } from '../needs.ts';
import { standingWords } from '../standing.ts';
import { myPageText } from '../text.ts';

const PROVE_FIRST = '/proof?next=/contract%3Fdone%3Dproven';

/** GET /contract; POST /contract/:id/code shows a link code; GET and POST /contract/:id/reissue makes a new one. */
export function contractPages(deps: MyPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator } = deps;

  app.get('/contract', async (c) => {
    const { language, session } = c.var;
    const contractorId = contractorOf(session);
    const sql = runnerOf(deps.db);
    const t = myPageText(language);
    const [contractor, home, waiting, subscriptions] = await Promise.all([
      deps.contractors.contractor(sql, contractorId),
      deps.contractors.homeOf(sql, contractorId),
      deps.contractors.waitingEmail(sql, contractorId),
      deps.contractors.subscriptionsOf(sql, contractorId),
    ]);
    if (!contractor) return c.notFound();
    const done = (what: string | undefined) =>
      what === 'reissued'
        ? t.contract.reissued
        : what === 'user'
          ? t.user.done
          : what === 'email'
            ? t.email.done
            : what === 'proven'
              ? t.contract.proven
              : null;
    const cards = await Promise.all(subscriptions.map((subscription) => subscriptionCard(c, subscription)));
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.contract.title} nav="contract">
        {done(c.req.query('done')) ? <Notice kind="success">{done(c.req.query('done'))}</Notice> : null}
        {waiting ? (
          <Notice kind="info">
            <p>{t.email.waiting(waiting.email)}</p>
            <p>
              <a class="tap" href="/contract/email/code">
                {t.email.enterCode}
              </a>
            </p>
          </Notice>
        ) : null}
        <Card title={t.contract.contractor}>
          <SummaryList
            rows={[
              { term: t.contract.loginName, value: contractor.name },
              ...(home
                ? [
                    { term: t.contract.address, value: formatAddress(home) },
                    { term: t.contract.phone, value: <span class="figure">{home.phone}</span> },
                  ]
                : []),
              {
                term: t.contract.email,
                value: contractor.email,
                action: (
                  <LinkButton kind="secondary" href="/contract/email">
                    {t.email.change}
                  </LinkButton>
                ),
              },
            ]}
          />
        </Card>
        <p class="muted">
          {t.contract.codeHint}
          <br />
          <a class="tap" href="/code-help">
            {t.contract.help}
          </a>
        </p>
        <div class="cards">{cards}</div>
        <LinkButton kind="secondary" href="/apply/add">
          {t.contract.add}
        </LinkButton>
        <p>
          <a href="/orders">{t.contract.orders}</a>
        </p>
      </Page>,
    );
  });

  app.post('/contract/:id/code', async (c) => {
    const own = await ownSubscription(c);
    if (!own) return c.notFound();
    const { subscriptionId } = own.subscription;
    const decision = await deps.linking.linkCodes.reveal({
      contractorId: own.contractorId,
      subscriptionId,
      session: own.session,
    });
    if (!decision.ok && decision.code === 'second-proof-missing') return c.redirect(PROVE_FIRST, 303);
    if (!decision.ok) return showCode(c, own.subscription, null);
    return showCode(c, own.subscription, decision.value.code);
  });

  app.get('/contract/:id/reissue', async (c) => {
    const own = await ownSubscription(c);
    if (!own) return c.notFound();
    const t = myPageText(c.var.language);
    return renderPage(
      c,
      <ConfirmPage
        c={c}
        operator={operator}
        title={t.reissue.title}
        nav="contract"
        back={{ href: '/contract', label: t.contract.title }}
        action={`/contract/${own.subscription.subscriptionId}/reissue`}
        confirmLabel={t.reissue.confirm}
        cancelHref="/contract"
        isDangerous
        loses={t.reissue.loses}
        losesTitle={t.reissue.losesTitle}
        requestId={newId()}
        fields={<Checkbox name="undoLink" label={t.reissue.undo} hint={t.reissue.undoHint} />}
      >
        <p class="lead">
          {t.code.forWhom(own.subscription.userName)}{' '}
          <span class="muted figure">{formatMsisdn(own.subscription.msisdn)}</span>
        </p>
        <p>{t.reissue.lead}</p>
      </ConfirmPage>,
    );
  });

  app.post('/contract/:id/reissue', async (c) => {
    const own = await ownSubscription(c);
    if (!own) return c.notFound();
    const form = await readForm(c);
    const undoLink = form('undoLink') === 'yes';
    // A new code is a nuisance to whom it happens; a link undone cuts them off. See /links.
    if (undoLink && !isMoreThanPassword(own.session, deps.clock.now(), 'link-code')) {
      return c.redirect(`/proof?next=${encodeURIComponent(c.req.path)}`, 303);
    }
    const decision = await deps.linking.linkCodes.reissueOnce({
      requestId: form('requestId'),
      contractorId: own.contractorId,
      subscriptionId: own.subscription.subscriptionId,
      undoLink,
      reason: null,
    });
    if (decision.ok) return c.redirect('/contract?done=reissued', 303);
    if (decision.code === 'not-found') return c.notFound();
    const t = myPageText(c.var.language);
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.reissue.title} nav="contract">
        <Notice kind="danger">{t.reissue.refused[decision.code]}</Notice>
        <LinkButton href="/contract">{t.back}</LinkButton>
      </Page>,
      decision.code === 'ended' ? 409 : 429,
    );
  });

  /** The subscription in the address, when it is the signed-in contractor's own; else nothing is there. */
  async function ownSubscription(c: WebContext) {
    const { session } = c.var;
    const contractorId = contractorOf(session);
    const owned = await deps.contractors.subscriptionsOf(runnerOf(deps.db), contractorId);
    const subscription = owned.find((each) => each.subscriptionId === c.req.param('id'));
    return subscription && session ? { subscription, contractorId, session } : undefined;
  }

  async function subscriptionCard(c: WebContext, subscription: Subscription) {
    const { language } = c.var;
    const t = myPageText(language).contract;
    const state = serviceState(subscription, deps.clock.now());
    const shown = state === 'ended' ? null : await deps.linking.linkCodes.shownMasked(subscription.subscriptionId);
    const plan = operator.plans.find((each) => each.code === subscription.planCode);
    const path = `/contract/${subscription.subscriptionId}`;
    const rows: SummaryRow[] = [
      { term: t.number, value: <span class="figure">{formatMsisdn(subscription.msisdn)}</span> },
      {
        term: t.user,
        value: userWords(c, subscription),
        ...(state === 'ended'
          ? {}
          : {
              action: (
                <LinkButton kind="secondary" href={`${path}/user`}>
                  {myPageText(language).user.change}
                </LinkButton>
              ),
            }),
      },
      { term: t.plan, value: plan?.name[language] ?? subscription.planCode },
      { term: t.status, value: stateWords(c, subscription) },
      {
        term: t.code,
        value: shown ? <span class="figure">•••• •••• •••• {shown.lastFour}</span> : t.none,
        ...(shown
          ? {
              action: (
                <Form action={`${path}/code`}>
                  <Actions>
                    <Button kind="secondary">{t.show}</Button>
                    <LinkButton kind="quiet" href={`${path}/reissue`}>
                      {t.reissue}
                    </LinkButton>
                  </Actions>
                </Form>
              ),
            }
          : {}),
      },
    ];
    return (
      <Card title={`${subscription.userName}`}>
        <SummaryList rows={rows} />
      </Card>
    );
  }

  /** Their birth date decides about their age, so it is shown where it can be changed. */
  function userWords(c: WebContext, { userName, userBirthDate, hasRegisteredUser }: Subscription) {
    const { language } = c.var;
    const t = myPageText(language).user;
    const born = userBirthDate === null ? t.birthDateUnknown : t.born(formatDay(userBirthDate, language));
    return (
      <>
        {hasRegisteredUser ? userName : t.self} <span class="muted figure">{born}</span>
      </>
    );
  }

  function stateWords(c: WebContext, subscription: Subscription): string {
    const t = myPageText(c.var.language);
    const state = serviceState(subscription, deps.clock.now());
    const { language } = c.var;
    const standing = standingWords(subscription, state, { zone: operator.timeZone, language });
    return standing === null ? t.state[state] : withRemark(t.state[state], standing, language);
  }

  function showCode(c: WebContext, subscription: Subscription, code: string | null) {
    const { language } = c.var;
    const t = myPageText(language);
    const grouped = code?.match(/.{4}/g)?.join(' ') ?? '';
    return renderPage(
      c,
      <Page
        c={c}
        operator={operator}
        title={t.code.title}
        nav="contract"
        back={{ href: '/contract', label: t.contract.title }}
      >
        <p class="lead">{t.code.forWhom(subscription.userName)}</p>
        {code === null ? (
          <Notice kind="info">{t.code.missing}</Notice>
        ) : (
          <>
            <Card>
              <p>
                <Code code={code} />
              </p>
              <QrCode text={code} label={t.code.qrLabel} />
              <p>{t.code.lead}</p>
              <Actions>
                <LinkButton href={shareUrl(t.code.shareText(operator.name[language], subscription.userName, grouped))}>
                  {t.code.send}
                </LinkButton>
                <CopyButton text={grouped} language={language} />
              </Actions>
            </Card>
            <Notice kind="warning">{t.code.secret}</Notice>
          </>
        )}
      </Page>,
    );
  }

  return app;
}

/** Behind `requireContractor` there always is one. */
function contractorOf(session: Session | null): string {
  if (!session?.contractorId) throw new Error('a contractor page without a contractor');
  return session.contractorId;
}
