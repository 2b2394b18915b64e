import { expect, test } from 'vitest';
import { fillCanned, unknownFields } from './canned-answer.ts';

const fields = {
  name: 'はなこ',
  balance: 'のこり3GB',
  today: '11月18日',
  agent: '安藤',
  operator: 'さくらモバイル',
  phone: '0120-000-000',
  hours: '10:00〜19:00',
};

test('fields are filled in, as often as they stand there, and nothing they bring is read again', () => {
  expect(fillCanned('{name}さん、{today}の{name}さんの残りは{balance}です。', fields)).toBe(
    'はなこさん、11月18日のはなこさんの残りはのこり3GBです。',
  );
  expect(fillCanned('{name}', { ...fields, name: '{balance}' })).toBe('{balance}');
});

test('what is no field stays as it is, and is told of at start', () => {
  expect(fillCanned('{nom} {', fields)).toBe('{nom} {');
  expect(unknownFields('{name} {nom} {constructor}')).toEqual(['nom', 'constructor']);
});
