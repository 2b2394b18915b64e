import { expect, test } from 'vitest';
import { languageOfQuestion } from './language.ts';

test.each([
  ['SIMが壊れた', 'en', 'ja'],
  ['how much data is left', 'ja', 'en'],
  ['APN', 'ja', 'ja'],
  ['APN', 'en', 'en'],
  ['', 'ja', 'ja'],
] as const)('「%s」 asked by a person of %s is %s', (question, own, language) =>
  expect(languageOfQuestion(question, own)).toBe(language),
);
