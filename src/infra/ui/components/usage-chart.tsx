import { formatBytes, type MegabyteSize } from '../../../base/bytes.ts';
import type { Language } from '../../../base/language.ts';
import { formatMonth, formatShortDay } from '../format.ts';
import { uiText } from '../text.ts';
import { BarChart } from './bar-chart.tsx';

interface Common {
  megabyte: MegabyteSize;
  language: Language;
}

/** Use per day, oldest first, as bars; the same figures stand in a table behind a fold. */
export function UsageChart(
  props: Common & {
    /** `on` is `YYYY-MM-DD`. */
    days: readonly { on: string; usedBytes: number }[];
  },
) {
  const { days, language, megabyte } = props;
  const t = uiText(language);
  return (
    <Bars
      bars={days.map((day) => ({ name: formatShortDay(day.on, language), usedBytes: day.usedBytes }))}
      title={t.usagePerDay}
      unit={t.day}
      says={(total) => t.usageSummary(days.length, total)}
      megabyte={megabyte}
      language={language}
    />
  );
}

/** The same by month, oldest first. */
export function MonthChart(
  props: Common & {
    /** `month` is `YYYY-MM`. */
    months: readonly { month: string; usedBytes: number }[];
  },
) {
  const { months, language, megabyte } = props;
  const t = uiText(language);
  return (
    <Bars
      bars={months.map(({ month, usedBytes }) => ({ name: formatMonth(month, language), usedBytes }))}
      title={t.usagePerMonth}
      unit={t.month}
      says={(total) => t.usageOfMonths(months.length, total)}
      megabyte={megabyte}
      language={language}
    />
  );
}

function Bars(
  props: Common & {
    bars: readonly { name: string; usedBytes: number }[];
    title: string;
    unit: string;
    /** What a screen reader says of the picture. */
    says: (total: string) => string;
  },
) {
  const { bars, megabyte, language, title } = props;
  const t = uiText(language);
  if (bars.length === 0) return null;
  const most = Math.max(...bars.map((bar) => bar.usedBytes));
  const total = bars.reduce((sum, bar) => sum + bar.usedBytes, 0);
  return (
    <BarChart
      title={title}
      remark={t.mostInADay(formatBytes(most, megabyte))}
      says={props.says(formatBytes(total, megabyte))}
      bars={bars.map(({ name, usedBytes }) => ({ name, value: usedBytes }))}
      table={{
        head: [props.unit, t.used],
        rows: bars.toReversed().map((bar) => [bar.name, formatBytes(bar.usedBytes, megabyte)]),
        numeric: [1],
      }}
      language={language}
    />
  );
}
