import { expect, test } from 'vitest';
import { readReturn } from './bill-return.ts';

const BILLS = [
  { month: '2026-10', points: 300 },
  { month: '2026-09', points: 1_200 },
] as const;

test.each([
  ['all that the bill took', { month: '2026-09', points: '1,200' }, { month: '2026-09', points: 1_200 }],
  ['some of it', { month: '2026-10', points: '１' }, { month: '2026-10', points: 1 }],
  ['not more than the bill took', { month: '2026-10', points: '301' }, undefined],
  ['nor what another bill took', { month: '2026-10', points: '1200' }, undefined],
  ['nothing of a bill that took none', { month: '2026-08', points: '1' }, undefined],
  ['nothing without a figure', { month: '2026-10', points: '' }, undefined],
])('comes back: %s', (_, asked, returned) => expect(readReturn(asked, BILLS)).toEqual(returned));
