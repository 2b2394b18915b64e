import type { Child } from 'hono/jsx';
import type { Language } from '../../../base/language.ts';
import { uiText } from '../text.ts';
import { DataTable } from './card.tsx';

const HEIGHT = 100;
const STEP = 10;
const GAP = 2;

/**
 * Bars from left to right, drawn as inline SVG; the figures stand in a table behind a fold. A bar without a value leaves
 * a gap: nothing is known there, which is not nought. Where nothing at all is known, words say so.
 */
export function BarChart(props: {
  title: string;
  /** Beside the title: how much the highest bar is. */
  remark: string;
  /** What a screen reader says of the picture. */
  says: string;
  bars: readonly { readonly name: string; readonly value: number | null }[];
  /** What the full height stands for; else the highest bar. */
  most?: number;
  table: {
    readonly head: readonly string[];
    readonly rows: readonly (readonly Child[])[];
    readonly numeric: readonly number[];
    readonly isWide?: boolean;
  };
  language: Language;
}) {
  const { bars, title } = props;
  const [first, last] = [bars[0], bars.at(-1)];
  if (!first || !last) return null;
  const most = props.most ?? Math.max(...bars.map(({ value }) => value ?? 0));
  if (bars.every(({ value }) => value === null)) return <p class="muted">{uiText(props.language).noFigures}</p>;
  return (
    <figure class="chart">
      <figcaption>
        <span>{title}</span>
        <span class="muted figure">{props.remark}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${bars.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={props.says}
      >
        {bars.map(({ value }, index) => {
          if (value === null) return null;
          const height = barHeight(value, most);
          return <rect class="bar" x={index * STEP + GAP / 2} y={HEIGHT - height} width={STEP - GAP} height={height} />;
        })}
      </svg>
      <div class="chart-days muted figure" aria-hidden="true">
        <span>{first.name}</span>
        <span>{last.name}</span>
      </div>
      <details>
        <summary>{uiText(props.language).usageTable}</summary>
        <DataTable caption={title} {...props.table} />
      </details>
    </figure>
  );
}

/** In hundredths of the most; anything shows at least a sliver, nothing none. */
function barHeight(value: number, most: number): number {
  if (value === 0 || most === 0) return 0;
  return Math.max(2, Math.round((value / most) * HEIGHT));
}
