import { expect, test } from 'vitest';
import { isOpenTo } from './need.ts';

test.each([
  ['any', 'nobody', false],
  ['any', 'user', true],
  ['user', 'contractor', false],
  ['user', 'both', true],
  ['contractor', 'user', false],
  ['contractor', 'contractor', true],
] as const)('what needs %s, for %s: %s', (need, state, isOpen) => expect(isOpenTo(need, state)).toBe(isOpen));
