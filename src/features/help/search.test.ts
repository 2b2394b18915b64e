import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { demoFaq } from '../../../tests/support/help.ts';
import { createFaqSearch } from './search.ts';

/**
 * Questions as people type them, each with the entry that answers it. Lines 1, 3, 5 … may be looked at while the search is
 * tuned; lines 2, 4, 6 … are kept apart, so that they tell how it does with what nobody had in mind.
 */
const questionsOf = (language: 'ja' | 'en') =>
  readFileSync(`src/features/help/faq-questions.${language}.tsv`, 'utf8')
    .trim()
    .split('\n')
    .map((row, index) => {
      const [question = '', id = ''] = row.split('\t');
      return { question, id, isKept: index % 2 === 1 };
    });

describe.each(['ja', 'en'] as const)('questions in %s', (language) => {
  const search = createFaqSearch(demoFaq[language], language);
  const asked = questionsOf(language).map(({ question, id, isKept }) => ({
    isKept,
    place: search(question).findIndex((entry) => entry.id === id),
  }));
  const share = (of: typeof asked, isRight: (place: number) => boolean) =>
    of.filter(({ place }) => isRight(place)).length / of.length;

  test('there are enough, about every entry', () => {
    expect(asked.length).toBeGreaterThanOrEqual(120);
    const ids = new Set(questionsOf(language).map(({ id }) => id));
    expect(demoFaq[language].entries.filter((entry) => !ids.has(entry.id))).toEqual([]);
  });

  test.each([
    ['all', asked],
    ['kept apart', asked.filter(({ isKept }) => isKept)],
  ])('%s: the first answer is right in 75 %%, one of three in 92 %%', (_, of) => {
    expect(share(of, (place) => place === 0)).toBeGreaterThanOrEqual(0.75);
    expect(share(of, (place) => place >= 0)).toBeGreaterThanOrEqual(0.92);
  });
});

describe('an answer is found', () => {
  const first = (question: string) => createFaqSearch(demoFaq.ja, 'ja')(question)[0]?.id;
  test.each([
    ['whatever the width', 'ﾊﾟｽﾜｰﾄﾞ', 'password-forgotten'],
    ['whatever the kana', 'ぱすわーど', 'password-forgotten'],
    ['by a word of the same meaning', '携帯を紛失', 'phone-lost'],
    ['of one more subscription, not of data to buy', '回線を追加したい', 'apply-add'],
    ['through a slip', 'ぱすわど', 'password-forgotten'],
    ['inside a complaint', 'もう三日も圏外のままで仕事にならないんです。早くなんとかしてください。', 'no-signal'],
  ])('%s', (_, question, id) => expect(first(question)).toBe(id));

  test('not where nothing was asked', () => expect(first('きょうはいい天気ですね')).toBeUndefined());
});
