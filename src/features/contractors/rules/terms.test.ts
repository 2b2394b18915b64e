import { describe, expect, test } from 'vitest';
import { type DatedChange, termsIn } from './terms.ts';

const change = (takesEffectIn: string, from: string, to: string, state: 'waiting' | 'applied' = 'applied') =>
  ({ takesEffectIn, state, from, to }) satisfies DatedChange<string>;

describe('what counts in a month', () => {
  test.each([
    ['without changes what there is now', '2026-11', 'p3', [], 'p3'],
    ['before a change that waits', '2026-11', 'p3', [change('2026-12', 'p3', 'p6', 'waiting')], 'p3'],
    ['from its month on, written or not', '2026-12', 'p3', [change('2026-12', 'p3', 'p6', 'waiting')], 'p6'],
    ['once written', '2026-12', 'p6', [change('2026-12', 'p3', 'p6')], 'p6'],
    ['in the month before it, looked at later', '2026-11', 'p6', [change('2026-12', 'p3', 'p6')], 'p3'],
    [
      'between two changes, looked at much later',
      '2026-10',
      'p12',
      [change('2026-10', 'p3', 'p6'), change('2026-12', 'p6', 'p12')],
      'p6',
    ],
    [
      'of two in one month what the first began with counts for the month before',
      '2026-11',
      'p12',
      [change('2026-12', 'p3', 'p6'), change('2026-12', 'p6', 'p12')],
      'p3',
    ],
    [
      'a change that waits for later changes nothing in between',
      '2026-12',
      'p6',
      [change('2026-12', 'p3', 'p6'), change('2027-01', 'p6', 'p12', 'waiting')],
      'p6',
    ],
  ] as const)('%s', (_, month, present, changes, counts) => expect(termsIn({ month, present, changes })).toBe(counts));
});
