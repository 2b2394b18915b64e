import { expect, test } from 'vitest';
import { pageText } from './text.ts';

/** What is said of faults, with where it stands. */
function faults(value: unknown, at: string, isFault = false): [string, string][] {
  if (typeof value === 'string') return isFault ? [[at, value]] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => faults(inner, `${at}.${key}`, isFault || key === 'faults'));
}

test.each(['ja', 'en'] as const)('in %s every fault is a whole sentence', (language) => {
  const said = faults(pageText(language), language);
  expect(said.length).toBeGreaterThan(20);
  expect(said.filter(([, words]) => !/[。.]$/.test(words))).toEqual([]);
});
