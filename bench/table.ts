import type { Measured } from './load.ts';

/** One line of the table: a path against its baseline, both measured in this run. */
export interface Comparison {
  readonly path: string;
  readonly measured: Measured;
  readonly baseline?: { readonly name: string; readonly measured: Measured };
}

/** Markdown; figures differ from machine to machine, ratios hold. */
export function table(comparisons: readonly Comparison[]): string {
  const rows = comparisons.map(({ path, measured, baseline }) => [
    path,
    figure(measured.perSecond),
    baseline ? `${figure(baseline.measured.perSecond)} ${baseline.name}` : '–',
    baseline ? `**${(measured.perSecond / baseline.measured.perSecond).toFixed(1)}×**` : '–',
    `${measured.p50Ms.toFixed(1)} ms`,
    `${measured.p99Ms.toFixed(1)} ms`,
  ]);
  const lines = [['path', 'a second', 'baseline', 'ratio', 'p50', 'p99'], Array(6).fill('---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function figure(perSecond: number): string {
  const step = perSecond >= 1_000 ? 100 : 10;
  return (Math.round(perSecond / step) * step).toLocaleString('en');
}
