import type { Temporal } from 'temporal-polyfill';
import type { Operator } from '../../base/operator.ts';
import { addMonths, type Month, monthOf } from '../../base/operator-month.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { baseFee } from './decide.ts';
import { loadFees, loadLinks } from './load-store.ts';
import { grantMoment, lastDueMonth, linkMoment } from './rules/calendar.ts';
import { hadLinkAt, pointsForMonth } from './rules/month-grant.ts';
import { loadBalance } from './view-store.ts';

/** Points of a month that are not granted yet. */
export interface ComingGrant {
  readonly month: Month;
  /** As far as the month's subscriptions are known now. */
  readonly points: number;
  readonly at: Temporal.Instant;
  /** When a link must stand for it; null when one did, and the points will come. */
  readonly linkBy: Temporal.Instant | null;
}

export interface PointOverview {
  readonly balance: number;
  /** When what there is ends, exclusive; null when there is nothing. */
  readonly end: Temporal.Instant | null;
  /** What comes next, soonest first. */
  readonly coming: readonly ComingGrant[];
}

interface Asked {
  readonly contractorId: string;
  readonly now: Temporal.Instant;
  readonly operator: Operator;
}

/** What a contractor has and what comes. Whether somebody may see it is the caller's question. */
export async function loadOverview(sql: SqlRunner, asked: Asked): Promise<PointOverview> {
  const [balance, coming] = await Promise.all([
    loadBalance(sql, asked.contractorId, asked.now),
    loadComing(sql, asked),
  ]);
  return { balance: balance.points, end: balance.end, coming };
}

async function loadComing(sql: SqlRunner, { contractorId, now, operator }: Asked): Promise<ComingGrant[]> {
  const { timeZone: zone, points } = operator;
  const thisMonth = monthOf(now, zone);
  const months: Month[] = [];
  for (
    let month = addMonths(lastDueMonth(now, points.grantDay, zone), 1);
    month <= thisMonth;
    month = addMonths(month, 1)
  )
    months.push(month);
  const links = await loadLinks(sql, [contractorId]);
  const coming = await Promise.all(
    months.map(async (month): Promise<ComingGrant> => {
      const linkBy = month === thisMonth ? linkMoment(month, zone) : null;
      const isLost = linkBy === null && !hadLinkAt(links, linkMoment(month, zone));
      const fees = isLost ? [] : await loadFees(sql, [contractorId], { month, zone });
      return {
        month,
        points: pointsForMonth(
          fees.map((fee) => baseFee(fee, operator)),
          points.percent,
        ),
        at: grantMoment(month, points.grantDay, zone),
        linkBy,
      };
    }),
  );
  return coming.filter((each) => each.points > 0);
}

/** Points that are lost if this LINE account's link is undone now: none while another one is linked. */
export async function lostByUnlinking(
  sql: SqlRunner,
  asked: Asked & { lineUserId: string },
): Promise<ComingGrant | null> {
  const links = await loadLinks(sql, [asked.contractorId]);
  if (links.some((link) => link.unlinkedAt === null && link.lineUserId !== asked.lineUserId)) return null;
  const coming = await loadComing(sql, asked);
  return coming.find(({ linkBy }) => linkBy !== null) ?? null;
}
