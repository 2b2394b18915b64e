/** What a run of callers measured. */
export interface Measured {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** So many callers, each asking again as soon as it is answered, for so long. The first tenth only warms up. */
export async function callersFor(seconds: number, callers: number, ask: () => Promise<unknown>): Promise<Measured> {
  const latencies: number[] = [];
  const start = performance.now();
  const warm = start + seconds * 100;
  const end = start + seconds * 1_000;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let asked = performance.now(); asked < end; ) {
        await ask();
        const answered = performance.now();
        if (asked >= warm) latencies.push(answered - asked);
        asked = answered;
      }
    }),
  );
  const lasted = (performance.now() - warm) / 1_000;
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { perSecond: latencies.length / lasted, p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** The middle one by speed. */
export function median(runs: readonly Measured[]): Measured {
  const inOrder = runs.toSorted((a, b) => a.perSecond - b.perSecond);
  const middle = inOrder[Math.floor(inOrder.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}
