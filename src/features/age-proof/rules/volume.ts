/** How much data is left, told in ranges and shares as CAMARA's Device Data Volume has them. Whole bytes. */

const MIB = 2 ** 20;
const GIB = 2 ** 30;

export type VolumeCategory = '<200MiB' | '<1GiB' | '<5GiB' | '>=5GiB';

/** The range in which what is left lies, by the bounds that CAMARA names. */
export function volumeCategory(remainingBytes: number): VolumeCategory {
  if (remainingBytes < 200 * MIB) return '<200MiB';
  if (remainingBytes < GIB) return '<1GiB';
  return remainingBytes < 5 * GIB ? '<5GiB' : '>=5GiB';
}

export interface Volume {
  readonly value: number;
  readonly unit: 'MiB' | 'GiB';
}

/** Whether more is left than this; as much as this is not more. */
export function isAbove(remainingBytes: number, { value, unit }: Volume): boolean {
  return remainingBytes > value * (unit === 'GiB' ? GIB : MIB);
}

export const WATCHED_PERCENTS = [50, 75, 90, 100] as const;
export type WatchedPercent = (typeof WATCHED_PERCENTS)[number];

/** Whether this share of the plan's monthly volume has been used in the month. */
export function isReached(percent: WatchedPercent, facts: { usedBytes: number; planBytes: number }): boolean {
  return facts.usedBytes * 100 >= facts.planBytes * percent;
}

export type WatchEnd =
  | 'SUBSCRIPTION_EXPIRED'
  | 'SUBSCRIPTION_DELETED'
  | 'MAX_EVENTS_REACHED'
  | 'ACCESS_TOKEN_EXPIRED'
  | 'NETWORK_TERMINATED';
