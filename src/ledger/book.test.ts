import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { Lot, Unit } from './book.ts';
import { createBook } from './working-book.ts';

const A = 'owner-a';
const B = 'owner-b';

function lot(ownerId: string, lotId: string, remaining: number, unit: Unit = 'byte'): Lot {
  const [grantedAt, expiresAt] = ['2026-11-01T00:00:00Z', '2027-01-01T00:00:00Z'].map((at) =>
    Temporal.Instant.from(at),
  );
  if (grantedAt === undefined || expiresAt === undefined) throw new Error('two instants');
  return { ownerId, lotId, unit, kind: 'base', remaining, grantedAt, expiresAt };
}

/** Ids in order: new-1, new-2, … */
function counter(): () => string {
  let made = 0;
  return () => `new-${++made}`;
}

const amounts = (book: ReturnType<typeof createBook>, ownerId: string) =>
  book.lotsOf(ownerId).map(({ lotId, remaining }) => `${lotId} ${remaining}`);

describe('a book', () => {
  test('lists the lots of an owner in id order, new ones among them', () => {
    const book = createBook([lot(A, 'z', 1), lot(A, 'a', 2), lot(B, 'b', 3)], counter());
    book.open(lot(A, '', 0));
    expect(amounts(book, A)).toEqual(['a 2', 'new-1 0', 'z 1']);
    expect(amounts(book, 'nobody')).toEqual([]);
    expect(book.lot(A, 'b')).toBeUndefined();
  });

  test('records a movement with the balance after it on both sides', () => {
    const book = createBook([lot(A, 'a', 5), lot(B, 'b', 1)], counter());
    book.move(lot(A, 'a', 0), lot(B, 'b', 0), 3, 'gift');
    book.bring('purchase', lot(A, 'a', 0), 10);
    book.take(lot(B, 'b', 0), 'usage', 4);
    expect(book.movements).toEqual([
      {
        reason: 'gift',
        unit: 'byte',
        amount: 3,
        from: { ownerId: A, lotId: 'a', after: 2 },
        to: { ownerId: B, lotId: 'b', after: 4 },
      },
      { reason: 'purchase', unit: 'byte', amount: 10, from: null, to: { ownerId: A, lotId: 'a', after: 12 } },
      { reason: 'usage', unit: 'byte', amount: 4, from: { ownerId: B, lotId: 'b', after: 0 }, to: null },
    ]);
  });

  test('tells whose lots have changed, as they stand at the end', () => {
    const book = createBook([lot(A, 'a', 5), lot(A, 'untouched', 5)], counter());
    const set = book.open(lot(B, '', 0));
    book.move(lot(A, 'a', 5), set, 2, 'set-aside');
    book.take(set, 'expiry', 1);
    expect([...book.changedOwners()]).toEqual([
      {
        ownerId: B,
        lots: [expect.objectContaining({ lotId: 'new-1', remaining: 1 })],
        isReshaped: true,
        notes: undefined,
      },
      {
        ownerId: A,
        lots: [expect.objectContaining({ remaining: 3 }), lot(A, 'untouched', 5)],
        isReshaped: false,
        notes: undefined,
      },
    ]);
  });

  test('of a lot that ends at another moment tells that more than amounts have changed', () => {
    const book = createBook([lot(A, 'a', 5)], counter());
    book.take(lot(A, 'a', 5), 'usage', 1);
    book.prolong(lot(A, 'a', 4), Temporal.Instant.from('2027-02-01T00:00:00Z'));
    book.take(lot(A, 'a', 4), 'usage', 1);
    expect([...book.changedOwners()]).toEqual([expect.objectContaining({ isReshaped: true })]);
  });

  test('keeps what is noted with an owner, by name, and tells only of whom that has changed', () => {
    const book = createBook([lot(A, 'a', 5)], counter(), (ownerId) =>
      ownerId === A ? { gifts: { bytes: 1 } } : undefined,
    );
    expect([book.note(A, 'gifts'), book.note(A, 'more'), book.note(B, 'gifts')]).toEqual([
      { bytes: 1 },
      undefined,
      undefined,
    ]);
    expect([...book.changedOwners()]).toEqual([]);
    book.keepNote(A, 'more', { days: 2 });
    expect(book.note(A, 'more')).toEqual({ days: 2 });
    expect([...book.changedOwners()]).toEqual([
      { ownerId: A, lots: [lot(A, 'a', 5)], isReshaped: false, notes: { gifts: { bytes: 1 }, more: { days: 2 } } },
    ]);
    book.restrictTo([A]);
    expect(() => book.note(B, 'gifts')).toThrow(B);
    expect(() => book.keepNote(B, 'gifts', {})).toThrow(B);
  });

  test('whoever walks over the lots of an owner is not disturbed by what is moved meanwhile', () => {
    const book = createBook([lot(A, 'a', 1), lot(A, 'b', 2)], counter());
    const seen = book.lotsOf(A).map((one) => {
      book.take(one, 'usage', one.remaining);
      return one.remaining;
    });
    expect(seen).toEqual([1, 2]);
    expect(amounts(book, A)).toEqual(['a 0', 'b 0']);
  });

  test.each<[string, (book: ReturnType<typeof createBook>) => void]>([
    ['more than there is', (book) => book.take(lot(A, 'a', 0), 'usage', 6)],
    ['nothing', (book) => book.take(lot(A, 'a', 0), 'usage', 0)],
    ['less than nothing', (book) => book.bring('purchase', lot(A, 'a', 0), -1)],
    ['half a byte', (book) => book.bring('purchase', lot(A, 'a', 0), 0.5)],
    ['beyond the safe numbers', (book) => book.bring('purchase', lot(A, 'a', 0), Number.MAX_SAFE_INTEGER)],
    ['beyond the safe numbers, by a move', (book) => book.move(lot(A, 'a', 0), lot(B, 'full', 0), 1, 'gift')],
    ['bytes into points', (book) => book.move(lot(A, 'a', 0), lot(B, 'points', 0), 1, 'gift')],
    ['a lot to itself', (book) => book.move(lot(A, 'a', 0), lot(A, 'a', 0), 1, 'gift')],
    ['without a reason', (book) => book.move(lot(A, 'a', 0), lot(B, 'b', 0), 1, '')],
    ['for a reason that is no name', (book) => book.move(lot(A, 'a', 0), lot(B, 'b', 0), 1, 'a "gift"')],
    ['out of a lot that is not there', (book) => book.take(lot(A, 'gone', 9), 'usage', 1)],
    ["another owner's lot", (book) => book.take(lot(B, 'a', 9), 'usage', 1)],
  ])('refuses to move %s, and stays as it was', (_, attempt) => {
    const lots = [
      lot(A, 'a', 5),
      lot(B, 'b', 0),
      lot(B, 'points', 0, 'point'),
      lot(B, 'full', Number.MAX_SAFE_INTEGER),
    ];
    const book = createBook(lots, counter());
    expect(() => attempt(book)).toThrow();
    expect(book.movements).toEqual([]);
    expect([...book.changedOwners()]).toEqual([]);
    expect([...book.lotsOf(A), ...book.lotsOf(B)]).toEqual(lots.toSorted((a, b) => (a.lotId < b.lotId ? -1 : 1)));
  });

  test('shows only the owners a command has named: others are not locked', () => {
    const book = createBook([lot(A, 'a', 5), lot(B, 'b', 5)], counter());
    book.restrictTo([A]);
    expect(book.lotsOf(A)).toHaveLength(1);
    expect(() => book.lotsOf(B)).toThrow(B);
    expect(() => book.lot(B, 'b')).toThrow(B);
    expect(() => book.open(lot(B, '', 0))).toThrow(B);
    expect(() => book.move(lot(A, 'a', 5), lot(B, 'b', 5), 1, 'gift')).toThrow(B);
    book.restrictTo([B]);
    book.take(lot(B, 'b', 5), 'usage', 5);
    expect([...book.changedOwners()]).toHaveLength(1);
  });
});

describe('whatever is moved', () => {
  const step = fc.record({
    from: fc.nat(4),
    to: fc.nat(4),
    amount: fc.oneof(fc.nat(20), fc.integer(), fc.double()),
    way: fc.constantFrom('move', 'bring', 'take', 'open'),
  });

  test('nothing is created or lost, nothing is below zero, and the last entry of a lot tells what it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(15), { minLength: 5, maxLength: 5 }), fc.array(step), (starts, steps) => {
        const lots = starts.map((amount, i) => lot(i % 2 === 0 ? A : B, `lot-${i}`, amount));
        const book = createBook(lots, counter());
        let brought = 0;
        let taken = 0;
        for (const { from, to, amount, way } of steps) {
          const [giving, taking] = [lots[from], lots[to]];
          if (giving === undefined || taking === undefined) throw new Error('five lots');
          try {
            if (way === 'move') book.move(giving, taking, amount, 'test');
            if (way === 'open') lots.push(book.open(giving));
            if (way === 'bring') {
              book.bring('adjustment', taking, amount);
              brought += amount;
            }
            if (way === 'take') {
              book.take(giving, 'adjustment', amount);
              taken += amount;
            }
          } catch (error) {
            // A refused movement must leave no trace; the sums below would tell.
            if (!(error instanceof Error)) throw error;
          }
        }
        const all = [...book.lotsOf(A), ...book.lotsOf(B)];
        const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
        expect(sum(all.map((one) => one.remaining))).toBe(sum(starts) + brought - taken);
        expect(all.every((one) => Number.isSafeInteger(one.remaining) && one.remaining >= 0)).toBe(true);

        const lastEntries = new Map(
          book.movements.flatMap(({ from, to }) =>
            [from, to].flatMap((side) => (side ? [[side.lotId, side.after]] : [])),
          ),
        );
        const now = new Map(all.map((one) => [one.lotId, one.remaining]));
        for (const [lotId, after] of lastEntries) expect(now.get(String(lotId))).toBe(after);
      }),
    );
  });
});
