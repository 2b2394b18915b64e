/**
 * The share of the month's volume, in percent, that a use has brought the subscription down to: the lowest of
 * `percents` that was passed; undefined when none was. Nothing left is not a share: it slows, and is told as that.
 */
export function passedShare(facts: {
  percents: readonly number[];
  /** The plan's monthly volume; 0 for a plan that is no longer known. */
  volumeBytes: number;
  beforeBytes: number;
  afterBytes: number;
}): number | undefined {
  const { percents, volumeBytes, beforeBytes, afterBytes } = facts;
  if (volumeBytes === 0 || afterBytes === 0) return undefined;
  let lowest: number | undefined;
  for (const percent of percents) {
    const mark = (volumeBytes / 100) * percent;
    const isPassed = beforeBytes > mark && afterBytes <= mark;
    if (isPassed && (lowest === undefined || percent < lowest)) lowest = percent;
  }
  return lowest;
}
