import { expect, test } from 'vitest';
import { myPageText } from './text.ts';

/** Every sentence with where it stands; a function's words are not looked into. */
function sentences(value: unknown, at: string): [string, string][] {
  if (typeof value === 'string') return [[at, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => sentences(inner, `${at}.${key}`));
}

const japanese = /[\u3040-\u30ff\u4e00-\u9fff]/;

test('the English page has no Japanese left in it', () =>
  expect(sentences(myPageText('en'), 'en').filter(([, words]) => japanese.test(words))).toEqual([]));

test('the Japanese page is in Japanese, names and signs aside', () => {
  const names = /^(ID|iPhone|iPad|Android|Mac|Edge|Chrome|Firefox|Safari)$/;
  const foreign = sentences(myPageText('ja'), 'ja').filter(([, words]) => !japanese.test(words) && !names.test(words));
  expect(foreign).toEqual([]);
});

test('no sentence is empty', () => {
  for (const language of ['ja', 'en'] as const) {
    expect(sentences(myPageText(language), language).filter(([, words]) => words.trim() === '')).toEqual([]);
  }
});
