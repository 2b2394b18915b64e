import { describe, expect, test } from 'vitest';
import { action, bubble, quickReply, row } from './flex.ts';

describe('what is too long is cut as LINE counts it', () => {
  test.each([
    ['twenty letters stay', 'あ'.repeat(20), 'あ'.repeat(20)],
    ['of more the last is …', 'あ'.repeat(21), `${'あ'.repeat(19)}…`],
    ['a family is one letter', '👨‍👩‍👧'.repeat(20), '👨‍👩‍👧'.repeat(20)],
    ['and is not taken apart', '👨‍👩‍👧'.repeat(21), `${'👨‍👩‍👧'.repeat(19)}…`],
  ])('a label: %s', (_, words, label) => expect(quickReply(words, 'data.open').action?.label).toBe(label));
  test('in a card it has forty', () => expect(action('あ'.repeat(41), 'data.open').label).toBe(`${'あ'.repeat(39)}…`));

  test.each([
    ['all of it stays', 'あ'.repeat(1_500), 'あ'.repeat(1_500)],
    ['a letter beyond the plane is two units, and is not halved', `a${'𠮷'.repeat(750)}`, `a${'𠮷'.repeat(749)}…`],
  ])('what stands for a card: %s', (_, words, altText) =>
    expect(bubble({ altText: words, title: '' }).altText).toBe(altText),
  );
});

describe('a row of two columns', () => {
  const shares = (name: string, value: string) =>
    row(name, value).contents.map((each) => ('flex' in each ? each.flex : 0));
  /** The part of the row that a text gets, in hundredths. */
  const part = (name: string, value: string) => {
    const [left = 0, right = 0] = shares(name, value);
    return Math.round((100 * left) / (left + right));
  };
  test.each([
    ['今月あと贈れる量', '6GB', 73],
    ['連携済み利用コード', '•••• 4786', 64],
    ['順番', '次です', 50],
    ['贈る回線', '田中 花子（末尾0002）', 29],
    ['とてもとても長い名前のプランでございます', '3GB・月額 880円', 56],
  ])('%s | %s: the name gets %i hundredths', (name, value, percent) => expect(part(name, value)).toBe(percent));
  test('neither is ever squeezed to nothing', () => {
    expect(part('あ'.repeat(200), 'x')).toBe(77);
    expect(part('x', 'あ'.repeat(200))).toBe(23);
  });
});
