import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBook } from '../../../ledger/working-book.ts';
import { type DayRow, newFacts } from './facts.ts';
import { countDay, noteMonth, planNoted } from './use-notes.ts';

const added = fc.record({
  subscriptionId: fc.constantFrom('a', 'b'),
  usedOn: fc.constantFrom('2026-03-31', '2026-04-01', '2026-04-02'),
  usedBytes: fc.integer({ min: -5, max: 9 }),
  zeroRatedBytes: fc.nat(9),
  overBytes: fc.integer({ min: -5, max: 9 }),
});

test('a day is noted or written down, whatever the order of uses and batches, and the sums are those of all that was added', () => {
  fc.assert(
    fc.property(fc.array(fc.array(added, { maxLength: 8 }), { maxLength: 6 }), (batches) => {
      const notes = new Map<string, Record<string, object>>();
      const written = new Map<string, DayRow>();
      for (const batch of batches) {
        const facts = newFacts({ subscriptions: [] });
        const book = createBook(
          [],
          () => 'new',
          (ownerId) => notes.get(ownerId),
        );
        for (const day of batch) countDay({ book, facts }, day);
        for (const { ownerId, notes: kept } of book.changedOwners()) notes.set(ownerId, { ...kept });
        const days = [...facts.changes.days.values()].flat();
        expect(new Set(days.map(({ subscriptionId, usedOn }) => `${subscriptionId} ${usedOn}`)).size).toBe(days.length);
        for (const day of days) addTo(written, day);
      }
      const noted = [...notes].map(([subscriptionId, { day }]) => rowOf(subscriptionId, Object.values(day ?? {})));
      for (const { subscriptionId, usedOn } of noted) {
        const others = [...written.values()].filter((day) => day.subscriptionId === subscriptionId);
        expect(others.every((day) => day.usedOn < usedOn)).toBe(true);
      }
      const all = new Map<string, DayRow>();
      for (const day of batches.flat()) addTo(all, day);
      expect(new Map([...written.values(), ...noted].map((day) => [keyOf(day), day]))).toEqual(all);
    }),
  );
});

const keyOf = ({ subscriptionId, usedOn }: DayRow) => `${subscriptionId} ${usedOn}`;

function rowOf(subscriptionId: string, noted: readonly unknown[]): DayRow {
  const [usedBytes = 0, zeroRatedBytes = 0, overBytes = 0] = noted.slice(1).map(Number);
  return { subscriptionId, usedOn: String(noted[0]), usedBytes, zeroRatedBytes, overBytes };
}

function addTo(days: Map<string, DayRow>, day: DayRow): void {
  const before = days.get(keyOf(day)) ?? { ...day, usedBytes: 0, zeroRatedBytes: 0, overBytes: 0 };
  days.set(keyOf(day), {
    ...before,
    usedBytes: before.usedBytes + day.usedBytes,
    zeroRatedBytes: before.zeroRatedBytes + day.zeroRatedBytes,
    overBytes: before.overBytes + day.overBytes,
  });
}

test('the plan is noted of the month that a subscription was last turned into, beside the day, and of no other month', () => {
  const book = createBook([], () => 'new');
  const facts = newFacts({ subscriptions: [] });
  const turned = { subscriptionId: 'a', planCode: 'light', planChanges: [] };
  noteMonth(book, { ...turned, lastTurned: null });
  expect(planNoted(book, 'a', '2026-04')).toBeUndefined();
  noteMonth(book, { ...turned, lastTurned: '2026-04' });
  countDay(
    { book, facts },
    { subscriptionId: 'a', usedOn: '2026-04-02', usedBytes: 1, zeroRatedBytes: 0, overBytes: 0 },
  );
  expect(['2026-03', '2026-04', '2026-05'].map((month) => planNoted(book, 'a', month))).toEqual([
    undefined,
    'light',
    undefined,
  ]);
});
