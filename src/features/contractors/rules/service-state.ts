import { Temporal } from 'temporal-polyfill';

export type ServiceState = 'not-open' | 'in-service' | 'ended';

/** In service from `opensAt` (inclusive) to `endedAt` (exclusive). */
export function serviceState(
  subscription: { readonly opensAt: Temporal.Instant; readonly endedAt: Temporal.Instant | null },
  now: Temporal.Instant,
): ServiceState {
  const { opensAt, endedAt } = subscription;
  if (endedAt && Temporal.Instant.compare(now, endedAt) >= 0) return 'ended';
  return Temporal.Instant.compare(now, opensAt) < 0 ? 'not-open' : 'in-service';
}
