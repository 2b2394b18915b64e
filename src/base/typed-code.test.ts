import { expect, test } from 'vitest';
import { readSixDigits } from './typed-code.ts';

test.each([
  ['012345', '012345'],
  [' ０１２　３４５ ', '012345'],
  ['０１２ー３４５', '012345'],
  ['012-345', '012345'],
  ['012–345\n', '012345'],
  ['0\u200b12.34・5', '012345'],
  ['O1Z345', null],
  ['oO〇Il|', '000111'],
  ['12345', null],
  ['1234567', null],
  ['a12345', null],
  ['12345a', null],
  ['a123456', null],
  ['123456a', null],
  ['abcdef', null],
  ['', null],
])('%j is read as %j', (typed, code) => expect(readSixDigits(typed)).toBe(code));
