import { expect, test } from 'vitest';
import { isFull } from './left-message.ts';

test.each([
  [{ messages: 29, characters: 9_999 }, false],
  [{ messages: 30, characters: 1 }, true],
  [{ messages: 2, characters: 10_000 }, true],
])('%o: %s', (written, full) => expect(isFull(written)).toBe(full));
