import { formatBytes, type MegabyteSize } from '../../../base/bytes.ts';
import type { Language } from '../../../base/language.ts';
import { formatMonth, formatShortDay } from '../format.ts';
import { uiText } from '../text.ts';
import { DataTable } from './card.tsx';

const HEIGHT = 100;
const STEP = 10;
const GAP = 2;

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
  const first = bars[0];
  const last = bars.at(-1);
  if (!first || !last) return null;
  const most = Math.max(...bars.map((bar) => bar.usedBytes));
  const total = bars.reduce((sum, bar) => sum + bar.usedBytes, 0);
  return (
    <figure class="chart">
      <figcaption>
        <span>{title}</span>
        <span class="muted figure">{t.mostInADay(formatBytes(most, megabyte))}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${bars.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={props.says(formatBytes(total, megabyte))}
      >
        {bars.map((bar, index) => {
          const height = barHeight(bar.usedBytes, most);
          return <rect class="bar" x={index * STEP + GAP / 2} y={HEIGHT - height} width={STEP - GAP} height={height} />;
        })}
      </svg>
      <div class="chart-days muted figure" aria-hidden="true">
        <span>{first.name}</span>
        <span>{last.name}</span>
      </div>
      <details>
        <summary>{t.usageTable}</summary>
        <DataTable
          caption={title}
          head={[props.unit, t.used]}
          rows={bars.toReversed().map((bar) => [bar.name, formatBytes(bar.usedBytes, megabyte)])}
          numeric={[1]}
        />
      </details>
    </figure>
  );
}

/** In hundredths of the largest; a bar with any use shows at least a sliver, one without none. */
function barHeight(usedBytes: number, most: number): number {
  if (usedBytes === 0 || most === 0) return 0;
  return Math.max(2, Math.round((usedBytes / most) * HEIGHT));
}
