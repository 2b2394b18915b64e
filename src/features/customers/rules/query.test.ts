import { expect, test } from 'vitest';
import { newId } from '../../../base/ids.ts';
import { readQuery } from './query.ts';

const id = newId();
test.each([
  ['090-0000-0001', { by: 'number', msisdn: '819000000001' }],
  ['０９０ ００００ ０００１', { by: 'number', msisdn: '819000000001' }],
  ['(090) 0000−0001', { by: 'number', msisdn: '819000000001' }],
  ['+81 90 0000 0001', { by: 'number', msisdn: '819000000001' }],
  ['09000000001さん', { by: 'words', words: '09000000001さん' }],
  [` ${id.toUpperCase()} `, { by: 'id', id }],
  ['林', { by: 'words', words: '林' }],
  ['たなか', { by: 'words', words: 'たなか' }],
  ['ta', { by: 'words', words: 'ta' }],
  ['ｔ', null],
  ['  ', null],
  ['た'.repeat(100), { by: 'words', words: 'た'.repeat(100) }],
  ['た'.repeat(101), null],
])('%s', (typed, query) => expect(readQuery(typed)).toEqual(query));
