import { expect, test } from 'vitest';
import { uuidArray } from './uuid-array.ts';

const id = '01a215fb-bac8-7b74-9cb4-51c3f86002cc';
const hex = '01a215fbbac87b749cb451c3f86002cc';

test('ids are written as the database takes them in binary, with hyphens or without', () => {
  const head = '00000001' + '00000000' + '00000b86' + '00000002' + '00000001';
  expect(uuidArray([id, hex]).toString('hex')).toBe(`${head}00000010${hex}00000010${hex}`);
});

test('a null is none, and no ids are an array of no dimension', () => {
  const head = '00000001' + '00000001' + '00000b86' + '00000002' + '00000001';
  expect(uuidArray([null, id]).toString('hex')).toBe(`${head}ffffffff00000010${hex}`);
  expect(uuidArray([]).toString('hex')).toBe('000000000000000000000b86');
});

test.each(['', '01a2', `${id}00`, `${hex}f`])('what is too short or too long to be an id is not sent: %s', (text) => {
  expect(() => uuidArray([text])).toThrow(TypeError);
});
