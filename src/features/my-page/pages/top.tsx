import { Hono } from 'hono';
import { formatBytes } from '../../../base/bytes.ts';
import { formatMsisdn } from '../../../base/msisdn.ts';
import { lastDayBefore } from '../../../base/operator-month.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { Session } from '../../../infra/http/session.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Amount,
  BucketMeter,
  Button,
  Card,
  Form,
  LinkButton,
  LinkList,
  Notice,
  Page,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { navigationFor } from '../../../infra/ui/navigation.ts';
import { addFriendUrl } from '../../../infra/ui/share.ts';
import { uiText } from '../../../infra/ui/text.ts';
import { countsAsProof } from '../../linking/index.ts';
import type { MyPageDeps } from '../needs.ts';
import { loadOverview, type Overview, type SubscriptionView } from '../overview.ts';
import { myPageText } from '../text.ts';

/** GET /, and POST /switch for a LINE account that is linked to several contractors. */
export function topPages(deps: MyPageDeps, showLanding: (c: WebContext) => Response | Promise<Response>): Hono<WebEnv> {
  const app = new Hono<WebEnv>();

  app.get('/', async (c) => {
    const { session } = c.var;
    if (!session) return showLanding(c);
    const { contractorId } = session;
    if (contractorId) await deps.contractors.rememberLanguage(runnerOf(deps.db), contractorId, c.var.language);
    return showTop(c, session, await loadOverview(deps, session));
  });

  app.post('/switch', async (c) => {
    const wanted = (await readForm(c))('contractorId');
    const lineUserId = c.var.session?.lineUserId;
    const links = lineUserId ? await deps.linking.contractorLinksOf(runnerOf(deps.db), lineUserId) : [];
    const link = links.find((each) => each.contractorId === wanted);
    if (!link) return c.notFound();
    await deps.sessions.actFor(c, wanted, { isProven: countsAsProof(link, deps.clock.now()) });
    return c.redirect('/', 303);
  });

  function showTop(c: WebContext, session: Session, overview: Overview) {
    const { language } = c.var;
    const t = myPageText(language).top;
    const { operator } = deps;
    return renderPage(
      c,
      <Page
        c={c}
        operator={operator}
        title={overview.contractorName === null ? t.titleForUser : t.title(overview.contractorName)}
        nav="home"
      >
        <Notices c={c} session={session} overview={overview} />
        {overview.subscriptions.length > 0 ? (
          <div class="cards">
            {overview.subscriptions.map((view) => (
              <SubscriptionCard c={c} view={view} />
            ))}
          </div>
        ) : session.contractorId ? (
          <p>{t.noSubscriptions}</p>
        ) : null}
        <Card title={t.more}>
          <LinkList links={moreLinks(c, session)} />
          {session.contractorId ? null : <p class="muted">{t.contractorLinkHint}</p>}
        </Card>
        {overview.otherContractors.length > 0 ? (
          <Card title={t.signedInAs}>
            {overview.otherContractors.map((other) => (
              <Form action="/switch">
                <Button kind="secondary" name="contractorId" value={other.contractorId}>
                  {t.actFor(other.name)}
                </Button>
              </Form>
            ))}
          </Card>
        ) : null}
        <Form action="/logout">
          <Actions>
            <Button kind="quiet">{t.signOut}</Button>
          </Actions>
        </Form>
      </Page>,
    );
  }

  /** What does not stand in the bar at the bottom of a phone, and the way to sign in as the contractor. */
  function moreLinks(c: WebContext, session: Session) {
    const words = uiText(c.var.language).nav;
    const links = navigationFor(session)
      .filter((item) => !item.inBar)
      .map((item) => ({ href: item.href, label: words[item.key] }));
    const signIn = { href: '/login', label: myPageText(c.var.language).landing.withPassword };
    return session.contractorId ? links : [...links, signIn];
  }

  function Notices({ c, session, overview }: { c: WebContext; session: Session; overview: Overview }) {
    const t = myPageText(c.var.language).top;
    const talk = addFriendUrl(deps.operator.officialAccount.basicId);
    if (!session.contractorId) {
      if (overview.subscriptions.length > 0) return null;
      return (
        <Card title={t.noUserLinkTitle}>
          <p>{t.noUserLink}</p>
          <LinkButton href={talk}>{t.openTalk}</LinkButton>
        </Card>
      );
    }
    const isUserMissing = (view: SubscriptionView) => view.state === 'in-service' && !view.hasUserLink;
    const withoutUser = overview.subscriptions.filter(isUserMissing).length;
    return (
      <>
        {withoutUser > 0 ? (
          <Notice kind="info">
            <p>{t.userMissing(withoutUser)}</p>
            <a class="tap" href="/contract">
              {t.userMissingLink}
            </a>
          </Notice>
        ) : null}
        {overview.isLinkedToLine ? null : (
          <Notice kind="info" title={t.notLinkedTitle}>
            <p>{t.notLinked}</p>
            <a class="tap" href={talk}>
              {t.openTalk}
            </a>
          </Notice>
        )}
      </>
    );
  }

  function SubscriptionCard({ c, view }: { c: WebContext; view: SubscriptionView }) {
    const { language } = c.var;
    const { megabyte, timeZone } = deps.operator;
    const t = myPageText(language);
    const { subscription, balance } = view;
    const plan = deps.operator.plans.find((each) => each.code === subscription.planCode);
    const amount = (bytes: number) => formatBytes(bytes, megabyte);
    const title = (
      <>
        {subscription.userName} <span class="muted figure">{formatMsisdn(subscription.msisdn)}</span>
      </>
    );
    if (!balance) return <Card title={title}>{<Outside c={c} view={view} />}</Card>;
    return (
      <Card title={title}>
        <Amount label={t.top.left} bytes={balance.totalBytes} megabyte={megabyte} />
        <BucketMeter
          buckets={balance.buckets
            .filter((bucket) => bucket.remainingBytes > 0)
            .map((bucket) => ({
              kind: bucket.kind,
              remainingBytes: bucket.remainingBytes,
              ...(bucket.expiresAt ? { lastDay: lastDayBefore(bucket.expiresAt, timeZone) } : {}),
            }))}
          capacityBytes={plan?.monthlyBytes ?? 0}
          megabyte={megabyte}
          language={language}
        />
        <p class="muted figure">
          {t.top.today} {amount(balance.todayBytes)} ・ {t.top.month} {amount(balance.monthBytes)}
        </p>
        <Actions>
          <LinkButton kind="secondary" href={`/data?subscription=${subscription.subscriptionId}`}>
            {t.top.dataLink}
          </LinkButton>
          {view.isOwnLink ? (
            <LinkButton kind="secondary" href="/gifts/new">
              {t.top.giftLink}
            </LinkButton>
          ) : null}
        </Actions>
      </Card>
    );
  }

  function Outside({ c, view: { subscription, state } }: { c: WebContext; view: SubscriptionView }) {
    const t = myPageText(c.var.language);
    const moment = (at: Parameters<typeof formatMoment>[0]) => formatMoment(at, deps.operator.timeZone, c.var.language);
    return (
      <p>
        <span class="badge">{t.state[state]}</span>{' '}
        {state === 'not-open' ? t.opensAt(moment(subscription.opensAt)) : null}
        {state === 'ended' && subscription.endedAt ? t.endedAt(moment(subscription.endedAt)) : null}
      </p>
    );
  }

  return app;
}
