import { describe, expect, test } from 'vitest';
import { foldQuestion, isEvidence, questionTerms, readSynonyms, slipAllowed, termWeight } from './words.ts';

const none = readSynonyms([], 'ja');
const ja = (text: string) => questionTerms(text, 'ja', none);
const en = (text: string) => questionTerms(text, 'en', none);

test.each([
  ['ﾘﾖｳｺｰﾄﾞ', 'りようこーど'],
  ['利用コ－ド', '利用こーど'],
  ['コーーード', 'こーど'],
  ['ＳＩＭ', 'sim'],
  ['e-mail', 'e-mail'],
])('%s folds to %s', (text, folded) => expect(foldQuestion(text)).toBe(folded));

describe('terms', () => {
  test('are words and pairs of characters, without polite endings', () => {
    expect(ja('解約したいです')).toEqual(['解約', '_解約']);
    expect(ja('解約の方法を教えてください')).toContain('解約');
  });

  test('a text of nothing but filler is asked as it is', () => expect(ja('やり方')).not.toEqual([]));

  test.each([
    ['gifts', 'gift'],
    ['gifted', 'gift'],
    ['cancelling', 'cancell'],
    ['stopped', 'stop'],
    ["doesn't", 'doesn'],
  ])('English %s is %s', (word, stem) => expect(en(word)).toEqual([stem]));

  test('words that say little are left out', () => expect(en('what is my bill')).toEqual(['bill']));
});

describe('words of one meaning', () => {
  const same = readSynonyms(
    [
      ['データ', 'ギガ'],
      ['残り', '残量'],
    ],
    'ja',
  );
  test('become one term, beside themselves', () => {
    expect(questionTerms('ギガ', 'ja', same)).toContain('§0');
    expect(questionTerms('でーた', 'ja', same)).toContain('§0');
  });

  test('in English only as whole words', () => {
    const phone = readSynonyms([['phone', 'cell']], 'en');
    expect(questionTerms('my cell', 'en', phone)).toContain('§0');
    expect(questionTerms('cellar', 'en', phone)).not.toContain('§0');
  });

  test('the longest wins', () => {
    const two = readSynonyms([['SIM'], ['eSIM', 'イーシム']], 'ja');
    expect(questionTerms('esim', 'ja', two).filter((term) => term.startsWith('§'))).toEqual(['§1']);
  });

  test('may hold signs', () =>
    expect(questionTerms('e-mail', 'en', readSynonyms([['email', 'e-mail']], 'en'))).toContain('§0'));
});

test('a meaning says more than a word, a word more than a pair, grammar least', () => {
  const weights = ['§1', '解約', '_解約', '_した'].map(termWeight);
  expect(weights).toEqual([...weights].sort((a, b) => b - a));
  expect(new Set(weights).size).toBe(4);
});

test.each([
  ['password', true],
  ['gift', false],
  ['すたんぷ', true],
  ['解約金額', false],
])('a slip in %s is forgiven: %s', (term, isForgiven) => expect(slipAllowed(term) !== false).toBe(isForgiven));

test.each([
  [['§1', '_いい'], ['§1'], true],
  [['_いい', '_天気', '天気'], ['_いい'], false],
  [['天気', '明日', '仕事', '散歩', '電車'], ['電車'], false],
])('of %j, %j found is enough: %s', (asked, found, isEnough) =>
  expect(isEvidence(new Set(asked), found)).toBe(isEnough),
);
