import { Hono } from 'hono';
import type { Clock } from '../../../base/clock.ts';
import type { Operator } from '../../../base/operator.ts';
import { dayOf } from '../../../base/operator-month.ts';
import { type Db, runnerOf } from '../../../infra/db/index.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  BarChart,
  Button,
  Card,
  Field,
  LinkButton,
  renderPage,
  Select,
  SummaryList,
} from '../../../infra/ui/components.tsx';
import { formatDay, formatShortDay, withRemark } from '../../../infra/ui/format.ts';
import { type ConsoleEntry, ConsolePage, type Staff } from '../../staff/index.ts';
import { type Cut, cuts, MOST_DAYS, type Period, periodOf } from '../rules/measures.ts';
import { loadMeasures, type Measures, type MeasuresOfPeriod, type QuestionsInTalk } from './measures.ts';
import { measuresCsv } from './measures-csv.ts';
import { measuresText } from './measures-text.ts';

const PATH = '/console/measures';

/** In the console's navigation. */
export const measuresEntry: ConsoleEntry = {
  key: 'measures',
  href: PATH,
  label: (language) => measuresText(language).title,
  hint: (language) => measuresText(language).hint,
  roles: ['agent', 'supervisor', 'auditor', 'admin'],
};

interface MeasuresDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly staff: Staff;
  readonly questionsInTalk: QuestionsInTalk;
}

type Column = keyof ReturnType<typeof measuresText>['columns'];

/** What is drawn, and which columns stand behind its fold. */
const CHARTS = [
  { key: 'waiting', of: 'waitedMedian', columns: ['wishes', 'taken', 'leftBefore', 'waitedMedian', 'waitedMost'] },
  { key: 'answer', of: 'answeredMedian', columns: ['taken', 'answeredMedian', 'messageAnsweredMedian'] },
  { key: 'bot', of: 'botSolved', columns: ['questions', 'unanswered', 'wishes', 'botSolved'] },
  { key: 'satisfaction', of: 'satisfied', columns: ['closed', 'good', 'fair', 'poor', 'satisfied'] },
] as const satisfies readonly { key: string; of: Column; columns: readonly Column[] }[];

/** GET /console/measures (`?from=&to=&by=day|hour`) and the same as /console/measures.csv. Figures alone, no people. */
export function measuresConsole(deps: MeasuresDeps): Hono<WebEnv> {
  const { db, clock, operator, staff } = deps;
  const zone = operator.timeZone;

  async function measuresOf(c: WebContext) {
    const asked = { from: c.req.query('from') ?? '', to: c.req.query('to') ?? '' };
    const period = periodOf(asked, dayOf(clock.now(), zone));
    const cut = cuts.find((each) => each === c.req.query('by')) ?? 'day';
    return { period, cut, measures: await loadMeasures(runnerOf(db), deps.questionsInTalk, { period, cut, zone }) };
  }

  const app = new Hono<WebEnv>();

  app.get(PATH, staff.requireStaff(), async (c) => {
    const { period, cut, measures } = await measuresOf(c);
    const t = measuresText(c.var.language);
    return renderPage(
      c,
      <ConsolePage c={c} staff={staff} title={t.title} at="measures">
        <p class="muted">{t.lead}</p>
        <form method="get" action={PATH} class="filters">
          <Field name="from" label={t.from} type="date" value={period.firstDay} />
          <Field name="to" label={t.to} type="date" value={period.lastDay} />
          <Select
            name="by"
            label={t.cut}
            value={cut}
            options={cuts.map((each) => ({ value: each, label: t.cuts[each] }))}
          />
          <Button kind="secondary">{t.show}</Button>
        </form>
        <p class="muted">{t.most(MOST_DAYS)}</p>
        <Whole c={c} period={period} whole={measures.whole} />
        <div class="cards charts">
          {CHARTS.map((chart) => (
            <Chart c={c} cut={cut} measures={measures} chart={chart} />
          ))}
        </div>
        <LinkButton
          kind="secondary"
          href={`${PATH}.csv?${new URLSearchParams({ from: period.firstDay, to: period.lastDay, by: cut })}`}
        >
          {t.csv}
        </LinkButton>
      </ConsolePage>,
    );
  });

  app.get(`${PATH}.csv`, staff.requireStaff(), async (c) => {
    const { period, cut, measures } = await measuresOf(c);
    const { language } = c.var;
    const name = `${measuresText(language).csvName}-${period.firstDay}-${period.lastDay}.csv`;
    c.header('content-type', 'text/csv; charset=utf-8');
    c.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
    return c.body(measuresCsv(measures, cut, language));
  });

  return app;
}

/** The period's own figures, in one look. */
function Whole({ c, period, whole }: { c: WebContext; period: Period; whole: Measures }) {
  const { language } = c.var;
  const t = measuresText(language);
  const figure = (column: Column) => figureOf(c, column, whole);
  /** With what stands behind it, where there is anything. */
  const withMore = (column: Column, more: Column) =>
    whole[column] === null
      ? figure(column)
      : withRemark(figure(column), `${t.columns[more]} ${figure(more)}`, language);
  return (
    <Card title={t.period(formatDay(period.firstDay, language), formatDay(period.lastDay, language))}>
      <SummaryList
        rows={[
          {
            term: t.waiting,
            value: withMore('waitedMedian', 'waitedMost'),
          },
          { term: t.answer, value: figure('answeredMedian') },
          { term: t.columns.messageAnsweredMedian, value: figure('messageAnsweredMedian') },
          {
            term: t.bot,
            value: withMore('botSolved', 'questions'),
          },
          {
            term: t.satisfaction,
            value: withMore('satisfied', 'rated'),
          },
        ]}
      />
    </Card>
  );
}

function Chart(props: { c: WebContext; cut: Cut; measures: MeasuresOfPeriod; chart: (typeof CHARTS)[number] }) {
  const { c, cut, chart } = props;
  const { whole, slots } = props.measures;
  const { language } = c.var;
  const t = measuresText(language);
  const isShare = chart.of === 'botSolved' || chart.of === 'satisfied';
  const highest = slots.reduce((most, slot) => ((slot[chart.of] ?? -1) > (most[chart.of] ?? -1) ? slot : most), whole);
  const nameOf = (name: string) => (cut === 'day' ? formatShortDay(name, language) : t.hour(name));
  return (
    <Card title={t[chart.key]}>
      <p class="muted">{t[`${chart.key}Lead`]}</p>
      <BarChart
        title={t.columns[chart.of]}
        remark={isShare ? figureOf(c, chart.of, whole) : t.highest(figureOf(c, chart.of, highest))}
        says={t.says(t.columns[chart.of], figureOf(c, chart.of, whole))}
        bars={slots.map((slot) => ({ name: nameOf(slot.name), value: slot[chart.of] }))}
        {...(isShare ? { most: 1 } : {})}
        table={{
          head: [cut === 'day' ? t.day : t.hourName, ...chart.columns.map((column) => t.columns[column])],
          rows: slots.map((slot) => [nameOf(slot.name), ...chart.columns.map((column) => figureOf(c, column, slot))]),
          numeric: chart.columns.map((_, index) => index + 1),
          isWide: true,
        }}
        language={language}
      />
    </Card>
  );
}

/** A measure in words; `–` where there is nothing to compute it from. */
function figureOf(c: WebContext, column: Column, measures: Measures): string {
  const t = measuresText(c.var.language);
  const value = measures[column];
  if (value === null) return t.unknown;
  switch (column) {
    case 'waitedMedian':
    case 'waitedMost':
    case 'answeredMedian':
    case 'messageAnsweredMedian':
      return t.duration(value);
    case 'botSolved':
    case 'satisfied':
      return t.percent(value);
    default:
      return String(value);
  }
}
