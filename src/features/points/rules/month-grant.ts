import { Temporal } from 'temporal-polyfill';

/** From when to when a LINE account was linked to a contractor: half-open, null while it is. */
export interface LinkSpan {
  readonly lineUserId: string;
  readonly linkedAt: Temporal.Instant;
  readonly unlinkedAt: Temporal.Instant | null;
}

/** Whether any of these links stood at this very moment: made by then, and not undone by then. */
export function hadLinkAt(links: readonly LinkSpan[], at: Temporal.Instant): boolean {
  return links.some(
    ({ linkedAt, unlinkedAt }) =>
      Temporal.Instant.compare(linkedAt, at) <= 0 &&
      (unlinkedAt === null || Temporal.Instant.compare(unlinkedAt, at) > 0),
  );
}

/** A subscription that was in service in the month, as points see it. */
export interface BaseFee {
  readonly feeYen: number;
  /** The day the subscription opened, `YYYY-MM-DD`. */
  readonly openedOn: string;
  /** Subscriptions opened on or after this day earn nothing; null for a plan that is open to points. */
  readonly closedFrom: string | null;
}

/** Whether a subscription of this plan earns points: days as texts sort like days. */
export function earnsPoints(fee: Pick<BaseFee, 'openedOn' | 'closedFrom'>): boolean {
  return fee.closedFrom === null || fee.openedOn < fee.closedFrom;
}

/** What a month brings: a share of all base fees together, floored once to a whole point. */
export function pointsForMonth(fees: readonly BaseFee[], percent: number): number {
  const yen = fees.filter(earnsPoints).reduce((sum, fee) => sum + fee.feeYen, 0);
  return Math.floor((yen * percent) / 100);
}
