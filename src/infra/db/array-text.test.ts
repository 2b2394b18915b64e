import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainArray, textArray } from './array-text.ts';

/** Reads an array of texts as the database does: behind a backslash every character is itself. */
function read(array: string): (string | null)[] {
  const elements = array.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|NULL/gs);
  return [...elements].map(([, text]) => text?.replace(/\\(.)/gs, '$1') ?? null);
}

test('any texts are read as they were written', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('"', '\\', ',', '{', 'NULL', '\n', '\u2028', '\ud83d', '山') }),
  );
  fc.assert(
    fc.property(fc.array(fc.option(text), { maxLength: 5 }), (texts) => {
      expect(read(textArray(texts))).toEqual(texts);
    }),
  );
});

test('what needs no quotes has none, and nothing is NULL', () => {
  expect(plainArray([1, 'a', null])).toBe('{1,a,NULL}');
  expect(plainArray([])).toBe('{}');
});
