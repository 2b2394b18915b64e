import { Hono } from 'hono';
import type { Temporal } from 'temporal-polyfill';
import { formatBytes } from '../../../base/bytes.ts';
import type { Clock } from '../../../base/clock.ts';
import type { Language } from '../../../base/language.ts';
import { formatMsisdn } from '../../../base/msisdn.ts';
import type { Operator } from '../../../base/operator.ts';
import { lastDayBefore } from '../../../base/operator-month.ts';
import { type Db, runnerOf } from '../../../infra/db/runner.ts';
import { withNext } from '../../../infra/http/next-path.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Amount,
  BucketMeter,
  Card,
  DataTable,
  LinkButton,
  LinkList,
  Notice,
  Page,
  renderPage,
  SummaryList,
  UsageChart,
} from '../../../infra/ui/components.tsx';
import { uiText } from '../../../infra/ui/text.ts';
import { serviceState } from '../../contractors/index.ts';
import type { Calendar } from '../rules/calendar.ts';
import { throttledUntil } from '../slowing/throttle-store.ts';
import { dataText } from '../text.ts';
import { dayWords, subscriptionName, throttleWords, untilDay } from '../words.ts';
import { type Balance, readBalances } from './balance.ts';
import { monthsPage } from './months-page.tsx';
import { type VisibleSubscription, visibleSubscriptions } from './visible-store.ts';

interface PageDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly calendar: Calendar;
}

/** GET /data: what is left and what was used, of a subscription the signed-in person may see; /data/months beside it. */
export function dataPages({ db, clock, operator, calendar }: PageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.route('/', monthsPage({ db, clock, operator, calendar }));

  app.get('/data', async (c) => {
    const { session } = c.var;
    const wanted = c.req.query('subscription');
    if (!session) {
      // With a subscription it comes from a talk, where LINE signs in by itself.
      const here = c.req.path + new URL(c.req.url).search;
      return c.redirect(withNext(wanted === undefined ? '/login' : '/login/line', here), 303);
    }
    const sql = runnerOf(db);
    const mine = await visibleSubscriptions(sql, session);
    const shown = wanted === undefined ? firstWorthShowing(mine) : mine.find((each) => each.subscriptionId === wanted);
    if (wanted !== undefined && shown === undefined) return c.notFound();
    if (shown === undefined) return nothingToShow(c);
    const [balance] = await readBalances(sql, [shown.subscriptionId], { now: clock.now(), calendar });
    const slowed = balance?.totalBytes === 0 ? await throttledUntil(sql, [shown.subscriptionId], clock.now()) : null;
    const slowedUntil = slowed?.get(shown.subscriptionId);
    return renderPage(c, <DataPage c={c} shown={shown} mine={mine} balance={balance} slowedUntil={slowedUntil} />);
  });

  function firstWorthShowing(mine: readonly VisibleSubscription[]): VisibleSubscription | undefined {
    const inService = mine.filter((each) => serviceState(each, clock.now()) === 'in-service');
    return inService.find((each) => each.isLinked) ?? inService[0] ?? mine[0];
  }

  function nothingToShow(c: WebContext) {
    const { language } = c.var;
    const t = dataText(language);
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.nobodyTitle} nav="data">
        <p>{t.notLinkedWhy}</p>
        <LinkButton href="/links">{uiText(language).nav.links}</LinkButton>
      </Page>,
    );
  }

  /** What is on loan to the network may still come back. */
  function nothingWords(
    { reservedBytes }: Balance,
    slowedUntil: Temporal.Instant | undefined,
    language: Language,
  ): readonly string[] {
    const t = dataText(language);
    if (slowedUntil !== undefined) return throttleWords(slowedUntil, calendar, language);
    if (reservedBytes === 0) return [t.nothingLeft];
    return [t.reservedWhy(formatBytes(reservedBytes, operator.megabyte))];
  }

  interface Shown {
    c: WebContext;
    shown: VisibleSubscription;
    mine: readonly VisibleSubscription[];
    balance: Balance | undefined;
    slowedUntil: Temporal.Instant | undefined;
  }

  function DataPage({ c, shown, mine, balance, slowedUntil }: Shown) {
    const { language } = c.var;
    const t = dataText(language);
    const state = serviceState(shown, clock.now());
    const others = inOrder(mine.filter((each) => each.subscriptionId !== shown.subscriptionId));
    return (
      <Page c={c} operator={operator} title={t.title} nav="data">
        <p class="lead">
          {shown.userName} <span class="muted figure">{formatMsisdn(shown.msisdn)}</span>
        </p>
        {state === 'not-open' ? (
          <Notice kind="info">
            <p>{t.notOpen(dayWords(calendar.dayOf(shown.opensAt), language))}</p>
          </Notice>
        ) : null}
        {state === 'ended' ? (
          <Notice kind="info">
            <p>{t.ended}</p>
          </Notice>
        ) : null}
        {state === 'in-service' && shown.endedAt !== null ? (
          <Notice kind="info">
            <p>{t.ends(dayWords(lastDayBefore(shown.endedAt, operator.timeZone), language))}</p>
          </Notice>
        ) : null}
        {balance && state === 'in-service' ? (
          <Left c={c} shown={shown} balance={balance} mine={mine} slowedUntil={slowedUntil} />
        ) : null}
        {balance && state !== 'not-open' ? <Use c={c} shown={shown} balance={balance} /> : null}
        {balance && state === 'in-service' ? <Kinds language={language} balance={balance} /> : null}
        {others.length > 0 ? (
          <Card title={t.whichOne}>
            <LinkList
              links={others.map((other) => ({
                href: `/data?subscription=${other.subscriptionId}`,
                label: subscriptionName(other, language),
                ...hintOf(other, language),
              }))}
            />
          </Card>
        ) : null}
      </Page>
    );
  }

  /** Those in service first. */
  function inOrder(mine: readonly VisibleSubscription[]): readonly VisibleSubscription[] {
    const states = ['in-service', 'not-open', 'ended'];
    const rank = (each: VisibleSubscription) => states.indexOf(serviceState(each, clock.now()));
    return mine.toSorted((a, b) => rank(a) - rank(b));
  }

  function hintOf(subscription: VisibleSubscription, language: Language): { hint?: string } {
    const state = serviceState(subscription, clock.now());
    return state === 'in-service' ? {} : { hint: dataText(language).states[state] };
  }

  /** What is left, and what to do with it. */
  function Left({ c, shown, balance, slowedUntil }: Shown & { balance: Balance }) {
    const { language } = c.var;
    const t = dataText(language);
    const { megabyte } = operator;
    const amount = (bytes: number) => formatBytes(bytes, megabyte);
    const left = balance.buckets.filter((bucket) => bucket.remainingBytes > 0);
    const plan = operator.plans.find((each) => each.code === shown.planCode);
    return (
      <Card>
        <Amount label={t.left} bytes={balance.totalBytes} megabyte={megabyte} />
        {balance.totalBytes === 0 ? (
          <Notice kind={slowedUntil === undefined && balance.reservedBytes > 0 ? 'info' : 'warning'}>
            {nothingWords(balance, slowedUntil, language).map((said) => (
              <p>{said}</p>
            ))}
          </Notice>
        ) : null}
        <BucketMeter
          buckets={left.map((bucket) => ({
            kind: bucket.kind,
            remainingBytes: bucket.remainingBytes,
            ...(bucket.expiresAt === null ? {} : { lastDay: lastDayBefore(bucket.expiresAt, operator.timeZone) }),
          }))}
          capacityBytes={plan?.monthlyBytes ?? 0}
          megabyte={megabyte}
          language={language}
        />
        <SummaryList
          rows={[
            ...(balance.reservedBytes > 0
              ? [
                  {
                    term: t.reserved,
                    value: <span class="figure">{amount(balance.reservedBytes)}</span>,
                  },
                ]
              : []),
            { term: t.today, value: <span class="figure">{amount(balance.todayBytes)}</span> },
            { term: t.month, value: <span class="figure">{amount(balance.monthBytes)}</span> },
          ]}
        />
        <Actions>
          {shown.isOwnContract ? (
            <LinkButton kind="secondary" href={`/top-up?subscription=${shown.subscriptionId}`}>
              {t.buy}
            </LinkButton>
          ) : null}
          {!shown.isOwnContract && balance.totalBytes === 0 ? <p>{t.askContractor}</p> : null}
          {shown.isLinked && balance.totalBytes > 0 ? (
            <LinkButton kind="secondary" href={`/gifts/new?subscription=${shown.subscriptionId}`}>
              {t.gift}
            </LinkButton>
          ) : null}
        </Actions>
      </Card>
    );
  }

  function Use({ c, shown, balance }: Pick<Shown, 'c' | 'shown'> & { balance: Balance }) {
    const { language } = c.var;
    return (
      <Card>
        <UsageChart days={balance.days} megabyte={operator.megabyte} language={language} />
        <a class="tap" href={`/data/months?subscription=${shown.subscriptionId}`}>
          {dataText(language).monthsLink}
        </a>
      </Card>
    );
  }

  /** What is left of each kind, in the order of use. */
  function Kinds({ language, balance }: { language: Language; balance: Balance }) {
    const t = dataText(language);
    const left = balance.buckets.filter((bucket) => bucket.remainingBytes > 0);
    if (left.length === 0) return null;
    return (
      <Card title={t.buckets}>
        <DataTable
          caption={t.order}
          head={[t.kind, t.left, t.until]}
          rows={left.flatMap((bucket) =>
            bucket.lots.map((lot) => [
              uiText(language).kinds[bucket.kind],
              formatBytes(lot.remainingBytes, operator.megabyte),
              untilDay(lot.expiresAt, calendar, language),
            ]),
          )}
          numeric={[1]}
        />
      </Card>
    );
  }

  return app;
}
