import type { Temporal } from 'temporal-polyfill';
import type { Operator } from '../../base/operator.ts';
import { dayOf, type Month } from '../../base/operator-month.ts';
import { termsIn } from '../contractors/index.ts';
import type {
  BillCommand,
  BillReturnCommand,
  GoodwillCommand,
  GrantCommand,
  InvitationCommand,
  PointAnswer,
  PointCommand,
} from './commands.ts';
import { orderSticker, settleSticker } from './decide-sticker.ts';
import { type Deciding, note, refused } from './deciding.ts';
import { type FeeRow, monthKey } from './facts.ts';
import { dropEnded, earn, giveBack, take } from './moves.ts';
import { pointsForBill } from './rules/bill-use.ts';
import { linkMoment } from './rules/calendar.ts';
import { balanceOf } from './rules/lots.ts';
import { type BaseFee, hadLinkAt, pointsForMonth } from './rules/month-grant.ts';

/** One command of the point ledger, on the working copy: asks the rules and moves what they say. */
export function decidePoints(command: PointCommand, on: Deciding): PointAnswer {
  // What ended can be neither spent nor prolonged, whoever comes first: this command, or the job that looks for it.
  const ended = dropEnded(command.contractorId, on);
  switch (command.kind) {
    case 'grant':
      return grant(command, on);
    case 'goodwill':
      return goodwill(command, on);
    case 'invitation':
      return invitation(command, on);
    case 'bill':
      return useOnBill(command, on);
    case 'bill-return':
      return returnFromBill(command, on);
    case 'order-sticker':
      return orderSticker(command, on);
    case 'settle-sticker':
      return settleSticker(command, on);
    case 'expire':
      return done(command.contractorId, ended, on);
  }
}

function done(contractorId: string, points: number, { book, now }: Deciding): PointAnswer {
  return { result: 'done', points, balance: balanceOf(book.lotsOf(contractorId), now) };
}

function isAmount(points: number): boolean {
  return Number.isSafeInteger(points) && points > 0 && points <= 1_000_000;
}

function grant({ contractorId, month }: GrantCommand, on: Deciding): PointAnswer {
  const { facts, operator } = on;
  const points = pointsOf({ contractorId, month, linkedAt: linkMoment(month, operator.timeZone) }, on);
  if (points === 0) return done(contractorId, 0, on);
  earn({ contractorId, points, kind: 'monthly', source: 'point-grant' }, on);
  facts.granted.add(monthKey({ contractorId, month }));
  note({ contractorId, kind: 'granted', points, about: month, detail: { month }, isTold: true }, on);
  return done(contractorId, points, on);
}

/**
 * What a month still brings a contractor; nothing where it is granted, or where no link stood.
 *
 * @param of `linkedAt` is the month's `linkMoment`.
 */
export function pointsOf(
  of: { contractorId: string; month: Month; linkedAt: Temporal.Instant },
  { facts, operator }: Pick<Deciding, 'facts' | 'operator'>,
): number {
  const key = monthKey(of);
  if (facts.granted.has(key) || !hadLinkAt(facts.links.get(of.contractorId) ?? [], of.linkedAt)) return 0;
  const fees = (facts.fees.get(key) ?? []).map((fee) => baseFee(fee, operator));
  return pointsForMonth(fees, operator.points.percent);
}

/** A subscription's base fee in its month, as the rules see it. A plan that is no longer known brings nothing. */
export function baseFee({ month, planCode, planChanges, opensAt }: FeeRow, operator: Operator): BaseFee {
  const codeThen = termsIn({ month, present: planCode, changes: planChanges });
  const plan = operator.plans.find(({ code }) => code === codeThen);
  return {
    feeYen: plan?.monthlyFeeYen ?? 0,
    // Asked only where a plan is closed to points, and a day costs more than all the rest.
    get openedOn() {
      return dayOf(opensAt, operator.timeZone);
    },
    closedFrom: plan?.points?.closedFrom ?? null,
  };
}

function goodwill({ requestId, contractorId, points, reason, staff }: GoodwillCommand, on: Deciding): PointAnswer {
  if (!on.facts.known.has(contractorId)) return refused('unknown-contractor');
  if (!isAmount(points)) return refused('not-an-amount');
  earn({ contractorId, points, kind: 'goodwill', source: 'goodwill' }, on);
  note({ contractorId, kind: 'goodwill', points, about: requestId, detail: { reason }, isTold: true }, on);
  on.facts.changes.goodwill.push({ contractorId, points, staff });
  return done(contractorId, points, on);
}

function invitation({ requestId, contractorId, points, part }: InvitationCommand, on: Deciding): PointAnswer {
  if (!on.facts.known.has(contractorId)) return refused('unknown-contractor');
  if (!isAmount(points)) return refused('not-an-amount');
  earn({ contractorId, points, kind: 'goodwill', source: 'goodwill' }, on);
  note({ contractorId, kind: 'invitation', points, about: requestId, detail: { part }, isTold: true }, on);
  return done(contractorId, points, on);
}

function useOnBill({ contractorId, month, spendableYen }: BillCommand, on: Deciding): PointAnswer {
  const { facts, book, now } = on;
  const key = monthKey({ contractorId, month });
  const before = facts.bills.get(key);
  if (before !== undefined) return done(contractorId, before.used, on);
  const points = pointsForBill({
    setting: facts.settings.get(contractorId) ?? { use: 'none' },
    balance: balanceOf(book.lotsOf(contractorId), now),
    spendableYen,
  });
  if (points === 0) return done(contractorId, 0, on);
  take({ contractorId, points, sink: 'bill' }, on);
  facts.bills.set(key, { contractorId, month, used: points, returned: 0 });
  facts.changes.bills.add(key);
  note({ contractorId, kind: 'bill', points: -points, about: month, detail: { month }, isTold: false }, on);
  return done(contractorId, points, on);
}

function returnFromBill({ requestId, contractorId, month, points }: BillReturnCommand, on: Deciding): PointAnswer {
  const { facts } = on;
  if (!isAmount(points)) return refused('not-an-amount');
  const key = monthKey({ contractorId, month });
  const bill = facts.bills.get(key);
  if (bill === undefined || bill.used - bill.returned < points) return refused('more-than-was-used');
  bill.returned += points;
  facts.changes.bills.add(key);
  giveBack({ contractorId, points }, on);
  note({ contractorId, kind: 'bill-returned', points, about: requestId, detail: { month }, isTold: true }, on);
  return done(contractorId, points, on);
}
