/** How long a server, or what stands for one, is asked before it is measured: what runs for weeks has long been compiled. */
export const WARM_UP_SECONDS = 5;

/** What a run of callers measured. */
export interface Measured {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** So many callers, each asking again as soon as it is answered, for so long. */
export async function callersFor(
  seconds: number,
  callers: number,
  ask: () => Promise<unknown>,
  weight = 1,
): Promise<Measured> {
  const run = startRun(seconds);
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let asked = run.start; !run.isOver(asked); ) {
        await ask();
        asked = run.answered(asked);
      }
    }),
  );
  return run.measured(weight);
}

/** A run of so many seconds, of which the first tenth only warms up. */
export interface Run {
  readonly start: number;
  isOver(at: number): boolean;
  /** Counts an answer to what was asked then, and says when it came. */
  answered(asked: number): number;
  /** @param weight how many things one answer counts for, when they are asked in batches. */
  measured(weight?: number): Measured;
}

/**
 * Starts one now. What begins before the time that is measured, or ends after it, counts by its share within: with batches of
 * a third of a second, few to a run, to leave those out would take a fifth of the figure.
 */
export function startRun(seconds: number, now: () => number = () => performance.now()): Run {
  const start = now();
  const warm = start + seconds * 100;
  const end = start + seconds * 1_000;
  const latencies: number[] = [];
  let answers = 0;
  return {
    start,
    isOver: (at) => at >= end,
    answered(asked) {
      const at = now();
      const within = Math.min(end, at) - Math.max(warm, asked);
      if (within > 0) answers += within / (at - asked);
      if (asked >= warm) latencies.push(at - asked);
      return at;
    },
    measured: (weight = 1) => ({ ...spread(latencies), perSecond: (answers * weight * 1_000) / (end - warm) }),
  };
}

export function spread(latencies: readonly number[]): Pick<Measured, 'p50Ms' | 'p99Ms'> {
  const inOrder = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => inOrder[Math.min(inOrder.length - 1, Math.floor(inOrder.length * share))] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** The middle one by speed. */
export function median<Run extends Pick<Measured, 'perSecond'>>(runs: readonly Run[]): Run {
  const inOrder = runs.toSorted((a, b) => a.perSecond - b.perSecond);
  const middle = inOrder[Math.floor(inOrder.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}

/** Turn and turn about, so that whatever else the machine does meets all alike; of each the middle run. */
export async function inTurns<Runs extends Record<string, Pick<Measured, 'perSecond'>>>(
  rounds: number,
  asked: { readonly [Name in keyof Runs]: () => Promise<Runs[Name]> },
): Promise<Runs> {
  const names = Object.keys(asked) as (keyof Runs)[];
  const runs = new Map(names.map((name) => [name, [] as Runs[keyof Runs][]]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) runs.get(name)?.push(await asked[name]());
  }
  const middle: Partial<Runs> = {};
  for (const name of names) middle[name] = median(runs.get(name) ?? []);
  return middle as Runs;
}
