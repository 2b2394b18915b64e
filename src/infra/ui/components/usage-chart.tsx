import { formatBytes, type MegabyteSize } from '../../../base/bytes.ts';
import type { Language } from '../../../base/language.ts';
import { formatShortDay } from '../format.ts';
import { uiText } from '../text.ts';
import { DataTable } from './card.tsx';

const HEIGHT = 100;
const STEP = 10;
const GAP = 2;

/** Use per day, oldest first, as bars; the same figures stand in a table behind a fold. */
export function UsageChart(props: {
  /** `on` is `YYYY-MM-DD`. */
  days: readonly { on: string; usedBytes: number }[];
  megabyte: MegabyteSize;
  language: Language;
}) {
  const { days, megabyte, language } = props;
  const t = uiText(language);
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) return null;
  const most = Math.max(...days.map((day) => day.usedBytes));
  const total = days.reduce((sum, day) => sum + day.usedBytes, 0);
  return (
    <figure class="chart">
      <figcaption>
        <span>{t.usagePerDay}</span>
        <span class="muted figure">{t.mostInADay(formatBytes(most, megabyte))}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t.usageSummary(days.length, formatBytes(total, megabyte))}
      >
        {days.map((day, index) => {
          const height = barHeight(day.usedBytes, most);
          return <rect class="bar" x={index * STEP + GAP / 2} y={HEIGHT - height} width={STEP - GAP} height={height} />;
        })}
      </svg>
      <div class="chart-days muted figure" aria-hidden="true">
        <span>{formatShortDay(first.on, language)}</span>
        <span>{formatShortDay(last.on, language)}</span>
      </div>
      <details>
        <summary>{t.usageTable}</summary>
        <DataTable
          caption={t.usagePerDay}
          head={[t.day, t.used]}
          rows={days
            .toReversed()
            .map((day) => [formatShortDay(day.on, language), formatBytes(day.usedBytes, megabyte)])}
          numeric={[1]}
        />
      </details>
    </figure>
  );
}

/** In hundredths of the largest; a day with any use shows at least a sliver, a day without none. */
function barHeight(usedBytes: number, most: number): number {
  if (usedBytes === 0 || most === 0) return 0;
  return Math.max(2, Math.round((usedBytes / most) * HEIGHT));
}
