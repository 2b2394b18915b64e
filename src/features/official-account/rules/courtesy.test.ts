import { expect, test } from 'vitest';
import { fold } from '../../../base/language.ts';
import { courtesyIn } from './courtesy.ts';

test.each([
  ['ありがとう', 'thanked'],
  ['ありがとうございました。', 'thanked'],
  ['どうもありがとうね！', 'thanked'],
  ['はい、わかりました。ありがとうございます🙏', 'thanked'],
  ['サンキュー', 'thanked'],
  ['Thank you so much for your help!', 'thanked'],
  ['thx', 'thanked'],
  ['おはようございます', 'greeted'],
  ['こんにちは〜', 'greeted'],
  ['はじめまして。よろしくお願いします。', 'greeted'],
  ['いつもお世話になっております', 'greeted'],
  ['Good morning', 'greeted'],
  ['hi', 'greeted'],
  ['ありがとう、でも残量がおかしいです', null],
  ['こんにちは。解約したいです', null],
  ['お願いします', null],
  ['はい', null],
  ['help', null],
  ['your', null],
  ['', null],
])('「%s」: %s', (text, courtesy) => expect(courtesyIn(fold(text))).toBe(courtesy));
