/** What a run of callers measured. */
export interface Measured {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * So many callers, each asking again as soon as it is answered, for so long. The first tenth only warms up.
 *
 * @param weight how many things one answer counts for, when they are asked in batches.
 */
export async function callersFor(
  seconds: number,
  callers: number,
  ask: () => Promise<unknown>,
  weight = 1,
): Promise<Measured> {
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
  return { ...spread(latencies), perSecond: (latencies.length * weight * 1_000) / (performance.now() - warm) };
}

export function spread(latencies: readonly number[]): Pick<Measured, 'p50Ms' | 'p99Ms'> {
  const inOrder = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => inOrder[Math.min(inOrder.length - 1, Math.floor(inOrder.length * share))] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** The middle one by speed. */
export function median(runs: readonly Measured[]): Measured {
  const inOrder = runs.toSorted((a, b) => a.perSecond - b.perSecond);
  const middle = inOrder[Math.floor(inOrder.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}

/** Turn and turn about, so that whatever else the machine does meets both alike. */
export async function inTurns<Key extends string>(
  rounds: number,
  asked: Readonly<Record<Key, () => Promise<Measured>>>,
): Promise<Record<Key, Measured>> {
  const names = Object.keys(asked) as Key[];
  const runs = new Map<Key, Measured[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) runs.get(name)?.push(await asked[name]());
  }
  return Object.fromEntries(names.map((name) => [name, median(runs.get(name) ?? [])])) as Record<Key, Measured>;
}
