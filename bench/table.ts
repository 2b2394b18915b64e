import type { Measured } from './load.ts';

/** One line of the table: a path against its baseline, both measured in this run. */
export interface Comparison {
  readonly path: string;
  readonly measured: Measured;
  readonly baseline?: { readonly name: string; readonly perSecond: number };
  /** The most memory the app has held, in megabytes, where it was a process of its own. */
  readonly appPeakMb?: number;
}

/** Markdown; figures differ from machine to machine, ratios hold. */
export function table(lines: readonly Comparison[]): string {
  const rows = lines.map(({ path, measured, baseline, appPeakMb }) => [
    path,
    figure(measured.perSecond),
    baseline ? `${figure(baseline.perSecond)} ${baseline.name}` : '–',
    baseline ? `**${(measured.perSecond / baseline.perSecond).toFixed(1)}×**` : '–',
    `${measured.p50Ms.toFixed(1)} ms`,
    `${measured.p99Ms.toFixed(1)} ms`,
    appPeakMb === undefined ? '–' : `${appPeakMb} MB`,
  ]);
  const head = ['path', 'a second', 'baseline', 'ratio', 'p50', 'p99', 'memory of the app'];
  return markdown(head, rows);
}

export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** So many a second, rounded to what a run can tell. */
export function figure(perSecond: number): string {
  const step = perSecond >= 1_000 ? 100 : 10;
  return (Math.round(perSecond / step) * step).toLocaleString('en');
}
