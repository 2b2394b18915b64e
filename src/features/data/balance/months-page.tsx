import { Hono } from 'hono';
import type { Clock } from '../../../base/clock.ts';
import { formatMsisdn } from '../../../base/msisdn.ts';
import type { Operator } from '../../../base/operator.ts';
import { addMonths } from '../../../base/operator-month.ts';
import { type Db, runnerOf } from '../../../infra/db/runner.ts';
import { withNext } from '../../../infra/http/next-path.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { Card, MonthChart, Page, renderPage } from '../../../infra/ui/components.tsx';
import type { Calendar } from '../rules/calendar.ts';
import { dataText } from '../text.ts';
import { loadMonths } from './history-store.ts';
import { visibleSubscriptions } from './visible-store.ts';

interface MonthsDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly calendar: Calendar;
}

/** How many months the history shows, this one included. */
const MONTHS_SHOWN = 12;

/** GET /data/months: what was used in each of the last months, of a subscription the signed-in person may see. */
export function monthsPage({ db, clock, operator, calendar }: MonthsDeps): Hono<WebEnv> {
  return new Hono<WebEnv>().get('/data/months', async (c) => {
    const { session, language } = c.var;
    const t = dataText(language);
    if (!session) return c.redirect(withNext('/login', c.req.path + new URL(c.req.url).search), 303);
    const mine = await visibleSubscriptions(runnerOf(db), session);
    const shown = mine.find((each) => each.subscriptionId === c.req.query('subscription'));
    if (!shown) return c.notFound();
    const thisMonth = calendar.monthOf(clock.now());
    const all = Array.from({ length: MONTHS_SHOWN }, (_, back) => addMonths(thisMonth, back + 1 - MONTHS_SHOWN));
    const used = await loadMonths(runnerOf(db), shown.subscriptionId, all[0] ?? thisMonth);
    const firstUsed = all.findIndex((month) => used.has(month));
    const months = firstUsed < 0 ? all.slice(-1) : all.slice(firstUsed);
    return renderPage(
      c,
      <Page
        c={c}
        operator={operator}
        title={t.monthsTitle}
        nav="data"
        back={{ href: `/data?subscription=${shown.subscriptionId}`, label: t.title }}
      >
        <p class="lead">
          {shown.userName} <span class="muted figure">{formatMsisdn(shown.msisdn)}</span>
        </p>
        <Card>
          <MonthChart
            months={months.map((month) => ({ month, usedBytes: used.get(month) ?? 0 }))}
            megabyte={operator.megabyte}
            language={language}
          />
        </Card>
      </Page>,
    );
  });
}
