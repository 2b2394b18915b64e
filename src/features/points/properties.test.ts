import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { testOperator } from '../../../tests/support/operator.ts';
import type { Lot } from '../../ledger/book.ts';
import { createBook } from '../../ledger/working-book.ts';
import type { PointAnswer, PointCommand } from './commands.ts';
import { decidePoints } from './decide.ts';
import type { PointEvent, PointFacts, StickerOrderRow } from './facts.ts';
import type { BillSetting } from './rules/bill-use.ts';
import { endAfterDays } from './rules/calendar.ts';
import { balanceOf } from './rules/lots.ts';

const CONTRACTOR = 'contractor';
const START = Temporal.Instant.from('2026-11-01T00:00:00+09:00');
const MONTHS = ['2026-09', '2026-10', '2026-11'];
const operator = { ...testOperator, points: { ...testOperator.points, daysToLive: 20 } };

type Step =
  | { do: 'wait'; days: number }
  | { do: 'goodwill'; points: number }
  | { do: 'grant'; month: number }
  | { do: 'bill'; month: number; yen: number }
  | { do: 'return'; month: number; points: number }
  | { do: 'order' }
  | { do: 'settle'; isDelivered: boolean }
  | { do: 'expire' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 25 }) }),
  fc.record({ do: fc.constant('goodwill' as const), points: fc.integer({ min: 0, max: 120 }) }),
  fc.record({ do: fc.constant('grant' as const), month: fc.nat(2) }),
  fc.record({ do: fc.constant('bill' as const), month: fc.nat(2), yen: fc.nat(100) }),
  fc.record({ do: fc.constant('return' as const), month: fc.nat(2), points: fc.nat(60) }),
  fc.record({ do: fc.constant('order' as const) }),
  fc.record({ do: fc.constant('settle' as const), isDelivered: fc.boolean() }),
  fc.record({ do: fc.constant('expire' as const) }),
);
const setting: fc.Arbitrary<BillSetting> = fc.oneof(
  fc.constant({ use: 'none' } as const),
  fc.constant({ use: 'all' } as const),
  fc.record({ use: fc.constant('fixed' as const), points: fc.integer({ min: 1, max: 50 }) }),
);
const life = fc.record({ steps: fc.array(step, { maxLength: 40 }), setting });

/** What is kept between batches: what the tables would hold. */
interface Kept {
  lots: Lot[];
  orders: Map<string, StickerOrderRow>;
  bills: PointFacts['bills'];
  granted: Set<string>;
  events: PointEvent[];
}

/** Lives through the steps, so many commands to a batch; the clock moves only between batches. */
function live({ steps, setting }: { steps: readonly Step[]; setting: BillSetting }, batchSize: number) {
  const kept: Kept = { lots: [], orders: new Map(), bills: new Map(), granted: new Set(), events: [] };
  const answers: PointAnswer[] = [];
  let [made, now] = [0, START];
  let came = 0;
  let went = 0;

  function runBatch(commands: readonly PointCommand[]): void {
    const owners = [CONTRACTOR, ...commands.flatMap((each) => ('orderId' in each ? [each.orderId] : []))];
    const book = createBook(kept.lots, () => `lot-${String(++made).padStart(4, '0')}`);
    book.restrictTo(owners);
    const facts: PointFacts = {
      isPaused: false,
      known: new Set([CONTRACTOR]),
      granted: new Set(kept.granted),
      links: new Map([
        [
          CONTRACTOR,
          [{ contractorId: CONTRACTOR, lineUserId: 'U', linkedAt: START.subtract({ hours: 2_400 }), unlinkedAt: null }],
        ],
      ]),
      fees: new Map(
        MONTHS.map((month) => [
          `${CONTRACTOR} ${month}`,
          [{ contractorId: CONTRACTOR, month, planCode: 'p12', planChanges: [], opensAt: START }],
        ]),
      ),
      settings: new Map([[CONTRACTOR, setting]]),
      bills: new Map([...kept.bills].map(([key, bill]) => [key, { ...bill }])),
      orders: new Map([...kept.orders].map(([key, order]) => [key, { ...order }])),
      languages: new Map(),
      changes: { events: [], bills: new Set(), made: new Set(), settled: new Set(), goodwill: [] },
    };
    for (const command of commands)
      answers.push(
        decidePoints(command, { facts, book, now, operator, earnedUntil: endAfterDays(now, 20, 'Asia/Tokyo') }),
      );
    for (const movement of book.movements) {
      if (movement.from === null) came += movement.amount;
      if (movement.to === null) went += movement.amount;
    }
    const all = new Map(kept.lots.map((lot) => [lot.lotId, lot]));
    for (const { lots } of book.changedOwners()) for (const lot of lots) all.set(lot.lotId, lot);
    Object.assign(kept, { orders: facts.orders, bills: facts.bills, granted: facts.granted });
    kept.events.push(...facts.changes.events);
    // A batch loads what has something left or has not ended.
    kept.lots = [...all.values()].filter(
      (lot) => lot.remaining > 0 || Temporal.Instant.compare(lot.expiresAt, now) > 0,
    );
  }

  let waiting: PointCommand[] = [];
  const flush = () => {
    if (waiting.length > 0) runBatch(waiting);
    waiting = [];
  };
  for (const [index, each] of steps.entries()) {
    if (each.do === 'settle') flush();
    const order = [...kept.orders.values()].at(-1);
    const command = commandOf(each, index, order?.orderId);
    if (each.do === 'wait') {
      flush();
      now = now.add({ hours: 24 * each.days });
    } else if (command !== undefined) {
      waiting.push(command);
      if (waiting.length === batchSize) flush();
    }
  }
  flush();
  return { kept, answers, now, came, went };
}

/** @param lastOrder the one that is settled; one that was refused is not there. */
function commandOf(each: Step, index: number, lastOrder: string | undefined): PointCommand | undefined {
  const of = { requestId: `request-${index}`, contractorId: CONTRACTOR };
  const month = 'month' in each ? (MONTHS[each.month] ?? '') : '';
  switch (each.do) {
    case 'wait':
      return undefined;
    case 'goodwill':
      return { ...of, kind: 'goodwill', points: each.points, reason: 'sorry', staff: 's' };
    case 'grant':
      return { ...of, kind: 'grant', month };
    case 'bill':
      return { ...of, kind: 'bill', month, spendableYen: each.yen };
    case 'return':
      return { ...of, kind: 'bill-return', month, points: each.points };
    case 'order':
      return { ...of, kind: 'order-sticker', orderId: `order-${index}`, lineUserId: 'U', stickerCode: 'cat' };
    case 'expire':
      return { ...of, kind: 'expire' };
    case 'settle':
      if (lastOrder === undefined) return undefined;
      return {
        ...of,
        kind: 'settle-sticker',
        orderId: lastOrder,
        outcome: each.isDelivered ? 'delivered' : 'returned',
        why: null,
      };
  }
}

const left = (lots: readonly Lot[]) => lots.reduce((sum, lot) => sum + lot.remaining, 0);

test('nothing is created or lost, and nothing is ever below zero', () => {
  fc.assert(
    fc.property(life, (drawn) => {
      const { kept, came, went } = live(drawn, 3);
      expect(left(kept.lots)).toBe(came - went);
      expect(kept.lots.every((lot) => lot.remaining >= 0)).toBe(true);
    }),
  );
});

test('a batch gives the answers, and leaves the points, of its commands one by one', () => {
  fc.assert(
    fc.property(life, fc.integer({ min: 2, max: 40 }), (drawn, batchSize) => {
      const [alone, together] = [live(drawn, 1), live(drawn, batchSize)];
      const withoutIds = (lots: readonly Lot[]) =>
        lots.map(({ kind, remaining, expiresAt }) => `${kind} ${remaining} ${expiresAt}`).sort();
      expect(together.answers).toEqual(alone.answers);
      expect(withoutIds(together.kept.lots)).toEqual(withoutIds(alone.kept.lots));
      expect(together.kept.events).toEqual(alone.kept.events);
    }),
  );
});

test('all points of a contractor end together, and what people read is what is there', () => {
  fc.assert(
    fc.property(life, (drawn) => {
      const { kept, now } = live(drawn, 4);
      const own = kept.lots.filter((lot) => lot.ownerId === CONTRACTOR);
      const alive = own.filter((lot) => Temporal.Instant.compare(lot.expiresAt, now) > 0);
      expect(new Set(alive.map((lot) => lot.expiresAt.toString())).size).toBeLessThanOrEqual(1);
      expect(kept.events.reduce((sum, event) => sum + event.points, 0)).toBe(left(own));
    }),
  );
});

test('a slow model with pencil and paper has the same balance', () => {
  fc.assert(
    fc.property(life, (drawn) => {
      let [now, balance, end] = [START, 0, START];
      const used = new Map<string, number>();
      const granted = new Set<string>();
      let order: 'none' | 'waiting' | 'delivered' = 'none';
      const expire = () => {
        if (Temporal.Instant.compare(end, now) <= 0) balance = 0;
      };
      const earned = (points: number) => {
        expire();
        balance += points;
        end = endAfterDays(now, 20, 'Asia/Tokyo');
      };
      const comesBack = (points: number) => {
        if (Temporal.Instant.compare(end, now) <= 0) end = endAfterDays(now, 30, 'Asia/Tokyo');
        balance += points;
      };
      for (const each of drawn.steps) {
        if (each.do === 'wait') now = now.add({ hours: 24 * each.days });
        if (each.do === 'goodwill' && each.points > 0) earned(each.points);
        // 1 % of 2,700 yen, for the months whose turn the link stood at.
        if (each.do === 'grant' && !granted.has(MONTHS[each.month] ?? '')) {
          granted.add(MONTHS[each.month] ?? '');
          earned(27);
        }
        expire();
        if (each.do === 'bill' && !used.has(MONTHS[each.month] ?? '')) {
          const most = Math.min(balance, each.yen);
          const { setting } = drawn;
          const points = setting.use === 'none' ? 0 : setting.use === 'all' ? most : Math.min(most, setting.points);
          if (points > 0) used.set(MONTHS[each.month] ?? '', points);
          balance -= points;
        }
        if (each.do === 'return' && each.points > 0) {
          const taken = used.get(MONTHS[each.month] ?? '') ?? 0;
          if (taken >= each.points) {
            used.set(MONTHS[each.month] ?? '', taken - each.points);
            comesBack(each.points);
          }
        }
        if (each.do === 'order' && balance >= 50 && order === 'none') {
          order = 'waiting';
          balance -= 50;
        }
        if (each.do === 'settle' && order === 'waiting') {
          order = each.isDelivered ? 'delivered' : 'none';
          if (!each.isDelivered) comesBack(50);
        }
      }
      expire();
      const { kept, now: then } = live(drawn, 5);
      const own = kept.lots.filter((lot) => lot.ownerId === CONTRACTOR);
      expect(balanceOf(own, then)).toBe(balance);
    }),
  );
});
