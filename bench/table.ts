import type { Measured } from './load.ts';

/** One line of the table: a path against its baseline, both measured in this run. */
export interface Comparison {
  readonly path: string;
  readonly measured: Measured;
  readonly baseline?: { readonly name: string; readonly perSecond: number };
  /** The most memory the app has held, in megabytes, where it was a process of its own. */
  readonly appPeakMb?: number;
  readonly goal?: Goal;
}

/** What the path is meant to reach. At least so many a second and so many times the baseline; at most so long and so much. */
export interface Goal {
  readonly perSecond?: number;
  readonly ratio?: number;
  readonly p99Ms?: number;
  readonly appPeakMb?: number;
}

/** Markdown; figures differ from machine to machine, ratios hold. */
export function table(lines: readonly Comparison[]): string {
  const rows = lines.map((line) => {
    const { path, measured, baseline, appPeakMb } = line;
    return [
      path,
      figure(measured.perSecond),
      baseline ? `${figure(baseline.perSecond)} ${baseline.name}` : '–',
      baseline ? `**${(measured.perSecond / baseline.perSecond).toFixed(1)}×**` : '–',
      `${measured.p50Ms.toFixed(1)} ms`,
      `${measured.p99Ms.toFixed(1)} ms`,
      appPeakMb === undefined ? '–' : `${appPeakMb} MB`,
      goals(line) || '–',
    ];
  });
  const head = ['path', 'a second', 'baseline', 'ratio', 'p50', 'p99', 'memory of the app', 'goal'];
  return markdown(head, rows);
}

/** Each goal of a line, and whether this run reached it. */
function goals({ measured, baseline, appPeakMb, goal = {} }: Comparison): string {
  const { perSecond, p99Ms } = measured;
  const atLeast = (is: number, wanted: number, words: string) => `${words} ${is >= wanted ? '✓' : '✗'}`;
  const atMost = (is: number, wanted: number, words: string) => `${words} ${is <= wanted ? '✓' : '✗'}`;
  const told: string[] = [];
  if (goal.perSecond) told.push(atLeast(perSecond, goal.perSecond, `≥ ${figure(goal.perSecond)}`));
  if (goal.ratio && baseline) told.push(atLeast(perSecond / baseline.perSecond, goal.ratio, `≥ ${goal.ratio}×`));
  if (goal.p99Ms) told.push(atMost(p99Ms, goal.p99Ms, `p99 ≤ ${goal.p99Ms} ms`));
  if (goal.appPeakMb && appPeakMb) told.push(atMost(appPeakMb, goal.appPeakMb, `≤ ${goal.appPeakMb} MB`));
  return told.join(', ');
}

export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** So many a second, rounded to what a run can tell. */
export function figure(perSecond: number): string {
  const step = perSecond >= 1_000 ? 100 : 10;
  return (Math.round(perSecond / step) * step).toLocaleString('en');
}
