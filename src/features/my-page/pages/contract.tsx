import { Hono } from 'hono';
import { byName } from '../../../base/language.ts';
import { formatMsisdn } from '../../../base/msisdn.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
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
  type SummaryRow,
} from '../../../infra/ui/components.tsx';
import { formatAddress, formatDay, withRemark } from '../../../infra/ui/format.ts';
import { type Subscription, serviceState } from '../../contractors/index.ts';
import { NoRoom } from '../../orders/index.ts';
import type { MyPageDeps } from '../needs.ts';
import { standingWords } from '../standing.ts';
import { myPageText } from '../text.ts';
import { contractorOf } from './contact-parts.tsx';

/** GET /contract: who the contractor is, and a card for each subscription. */
export function contractPages(deps: MyPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator } = deps;

  app.get('/contract', async (c) => {
    const { language } = c.var;
    const contractorId = contractorOf(c);
    const sql = runnerOf(deps.db);
    const t = myPageText(language);
    const [contractor, home, waiting, subscriptions, room] = await Promise.all([
      deps.contractors.contractor(sql, contractorId),
      deps.contractors.homeOf(sql, contractorId),
      deps.contractors.waitingEmail(sql, contractorId),
      deps.contractors.subscriptionsOf(sql, contractorId),
      deps.orders.roomOf(sql, contractorId),
    ]);
    if (!contractor) return c.notFound();
    const done = byName({
      reissued: t.contract.reissued,
      user: t.user.done,
      email: t.email.done,
      proven: t.contract.proven,
    })(c.req.query('done') ?? '');
    const cards = await Promise.all(subscriptions.map((subscription) => subscriptionCard(c, subscription)));
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.contract.title} nav="contract">
        {done ? <Notice kind="success">{done}</Notice> : null}
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
        {room.isFull ? (
          <NoRoom c={c} room={room} />
        ) : (
          <LinkButton kind="secondary" href="/apply/add">
            {t.contract.add}
          </LinkButton>
        )}
        <p>
          <a href="/orders">{t.contract.orders}</a>
        </p>
      </Page>,
    );
  });

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

  return app;
}
