import { Hono } from 'hono';
import type { Language } from '../../../base/language.ts';
import { dayOf } from '../../../base/operator-month.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Card, DataTable, LinkList, Notice, Page, renderPage, SummaryList } from '../../../infra/ui/components.tsx';
import { formatDay } from '../../../infra/ui/format.ts';
import { comingWords } from '../coming-words.ts';
import { historyWords, signed } from '../history-words.ts';
import { loadOverview, type PointOverview } from '../overview.ts';
import { pageText } from '../page-text.ts';
import type { BillSetting } from '../rules/bill-use.ts';
import { loadSetting } from '../setting-store.ts';
import { pointText } from '../text.ts';
import { type HistoryItem, loadHistory } from '../view-store.ts';
import { lastDayWords } from '../words.ts';
import type { PointPageDeps } from './deps.ts';

const PER_PAGE = 20;

/** GET /points: what there is, until when, what comes next, what it is used for, and what happened. */
export function overviewPages(deps: PointPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, db, clock } = deps;

  app.get('/points', async (c) => {
    const contractorId = c.var.session?.contractorId;
    if (!contractorId) return c.notFound();
    const sql = runnerOf(db);
    const before = c.req.query('before') ?? '';
    const [overview, setting, found] = await Promise.all([
      loadOverview(sql, { contractorId, now: clock.now(), operator }),
      loadSetting(sql, contractorId),
      // One more than is shown tells whether there are earlier ones.
      loadHistory(sql, { contractorId, before, size: PER_PAGE + 1 }),
    ]);
    return show(c, { overview, setting, history: found.slice(0, PER_PAGE), hasMore: found.length > PER_PAGE, before });
  });

  interface Shown {
    overview: PointOverview;
    setting: BillSetting;
    history: readonly HistoryItem[];
    hasMore: boolean;
    before: string;
  }

  function show(c: WebContext, { overview, setting, history, hasMore, before }: Shown) {
    const { language } = c.var;
    const t = pageText(language);
    return renderPage(
      c,
      <Page c={c} operator={operator} title={pointText(language).title} nav="points">
        {c.req.query('done') === 'saved' ? <Notice kind="success">{t.saved}</Notice> : null}
        <Balance overview={overview} language={language} />
        <Card title={t.use}>
          <LinkList
            links={[
              { href: '/points/bill', label: t.billTitle, hint: settingWords(setting, language) },
              ...(operator.stickers.length > 0 ? [{ href: '/points/stickers', label: t.stickersTitle }] : []),
            ]}
          />
        </Card>
        <Card title={t.history}>
          {history.length === 0 ? <p>{t.noHistory}</p> : <History {...{ history, language }} />}
          {hasMore ? (
            <a class="tap" href={`/points?before=${history.at(-1)?.eventId}`}>
              {t.older}
            </a>
          ) : null}
          {before === '' ? null : (
            <a class="tap" href="/points">
              {t.newest}
            </a>
          )}
        </Card>
        <Rules language={language} />
      </Page>,
    );
  }

  function Balance({ overview, language }: { overview: PointOverview; language: Language }) {
    const t = pointText(language);
    const { balance, end, coming } = overview;
    const next = coming.map((grant) => comingWords(grant, operator, language));
    return (
      <Card>
        <p class="amount">
          <span class="amount-label">{t.balance}</span>
          <span class="amount-figure">{balance.toLocaleString('en')}</span>
          <span class="amount-unit">{pageText(language).unit}</span>
        </p>
        {end === null ? <p class="muted">{t.none}</p> : null}
        <SummaryList
          rows={[
            ...(end === null ? [] : [{ term: t.ends, value: lastDayWords(end, operator.timeZone, language) }]),
            ...next.map(({ name, value, when }) => ({
              term: name,
              value: (
                <>
                  <span class="figure">{value}</span>
                  <br />
                  <span class="muted">{when}</span>
                </>
              ),
            })),
            ...(next.length === 0 ? [{ term: t.next, value: t.nextNothing }] : []),
          ]}
        />
      </Card>
    );
  }

  function History({ history, language }: { history: readonly HistoryItem[]; language: Language }) {
    const t = pageText(language);
    return (
      <DataTable
        caption={t.newestFirst}
        head={[t.date, t.what, t.points]}
        numeric={[2]}
        rows={history.map((item) => [
          <span class="figure">{formatDay(dayOf(item.at, operator.timeZone), language)}</span>,
          historyWords(item, operator, language),
          signed(item.points),
        ])}
      />
    );
  }

  function Rules({ language }: { language: Language }) {
    const t = pageText(language);
    const { percent, grantDay, daysToLive } = operator.points;
    return (
      <Card title={t.rules}>
        <ul class="plain">
          <li>{t.ruleEarn(String(percent), String(grantDay))}</li>
          <li>{t.ruleLink}</li>
          <li>{t.ruleLife(String(daysToLive))}</li>
        </ul>
      </Card>
    );
  }

  return app;
}

function settingWords(setting: BillSetting, language: Language): string {
  const t = pageText(language);
  if (setting.use !== 'fixed') return t.billNow[setting.use];
  return t.billNowFixed(pointText(language).amount(setting.points));
}
