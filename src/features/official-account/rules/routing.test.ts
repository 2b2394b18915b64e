import { describe, expect, test } from 'vitest';
import { decideRoute, type Ears, type Happening, type Situation } from './routing.ts';

const handlers: Ears[] = [
  { name: 'data', words: ['残量', 'データ', 'data'] },
  { name: 'gifts', words: ['プレゼント', 'gift'] },
  { name: 'link-user', words: ['利用者連携', '連携', 'link'] },
  { name: 'unlink', words: ['解除', 'unlink'] },
];
const asked = (happening: Happening, change: Partial<Situation> = {}) =>
  decideRoute({ happening, isStandby: false, isOneToOne: true, hasPerson: true, ...change }, handlers);
const nameOf = (route: ReturnType<typeof asked>) => (route.to === 'handler' ? route.name : route.to);
const said = (text: string) => nameOf(asked({ kind: 'text', text }));

test('taken into a group the account goes again, but for standby, when another system decides', () => {
  const invited: Happening = { kind: 'invited', group: { kind: 'group', id: 'C1' } };
  const inGroup = { isOneToOne: false, hasPerson: false };
  expect(asked(invited, inGroup)).toEqual({ to: 'leave-group', group: invited.group });
  expect(asked(invited, { ...inGroup, isStandby: true })).toEqual({ to: 'silence' });
});

describe('words', () => {
  test.each([
    ['残量', 'data'],
    [' ＤＡＴＡ ', 'data'],
    ['ﾃﾞｰﾀ', 'data'],
    ['Gift', 'gifts'],
    ['残量を教えてください', 'data'],
    ['データプレゼント', 'gifts'],
    ['連携を解除したい', 'unlink'],
    ['unlink', 'unlink'],
    ['メニュー', 'short-menu'],
    ['残量は？', 'data'],
    ['show my data please', 'data'],
    ['', 'short-menu'],
  ])('「%s」 is heard by %s', (text, name) => expect(said(text)).toBe(name));

  test.each([
    ['きょうはいい天気ですね', 'short-menu'],
    ['プレゼントの取り消し', 'gifts'],
    ['データが足りない', 'data'],
    ['why is my data gone', 'data'],
    [`データ${'あ'.repeat(60)}`, 'short-menu'],
  ])('「%s」 is a question; where help knows nothing, %s answers', (text, name) => {
    const route = asked({ kind: 'text', text });
    if (route.to !== 'question') throw new Error(`it is ${route.to}`);
    expect(route.text).toBe(text);
    expect(nameOf(route.otherwise)).toBe(name);
  });

  test('who knows what a whole text means hears it before anybody’s words, and what it does not mean is as ever', () => {
    const staff: Ears = {
      name: 'staff',
      words: [],
      meaning: (text) => (text === '残量を人に聞きたい' ? 'staff' : null),
    };
    const heard = (text: string) =>
      decideRoute({ happening: { kind: 'text', text }, isStandby: false, isOneToOne: true, hasPerson: true }, [
        ...handlers,
        staff,
      ]);
    expect(heard('残量を人に聞きたい')).toEqual({
      to: 'handler',
      name: 'staff',
      heard: { kind: 'word', word: 'staff' },
    });
    expect(nameOf(heard('残量'))).toBe('data');
  });

  test('asking for the menu and not being understood are told apart', () => {
    expect(asked({ kind: 'text', text: 'menu' })).toEqual({ to: 'short-menu', because: 'asked' });
    expect(asked({ kind: 'text', text: ' ' })).toEqual({ to: 'short-menu', because: 'not-understood' });
    expect(asked({ kind: 'wordless', what: 'voice' })).toEqual({ to: 'short-menu', because: 'voice' });
  });

  test.each([
    ['English', 'en'],
    ['English please', 'en'],
    ['英語でお願いします', 'en'],
    ['日本語', 'ja'],
  ])('「%s」 is a wish for a language', (text, language) =>
    expect(asked({ kind: 'text', text })).toEqual({ to: 'language', language }),
  );

  test('a sentence about a language is a question', () =>
    expect(said('英語のできる担当者はいますか')).toBe('question'));

  test('thanks and greetings are neither asked of help nor misunderstood', () => {
    expect(asked({ kind: 'text', text: 'ありがとうございます！' })).toEqual({ to: 'short-menu', because: 'thanked' });
    expect(asked({ kind: 'text', text: 'こんばんは' })).toEqual({ to: 'short-menu', because: 'greeted' });
  });
});

describe('buttons', () => {
  test.each<[string, ReturnType<typeof asked>]>([
    ['data.open', { to: 'handler', name: 'data', heard: { kind: 'button', action: 'open', query: '' } }],
    [
      'gifts.take-back?gift=1&x=%3F',
      { to: 'handler', name: 'gifts', heard: { kind: 'button', action: 'take-back', query: 'gift=1&x=%3F' } },
    ],
    ['menu.open', { to: 'short-menu', because: 'asked' }],
    ['of-an-older-version.open', { to: 'short-menu', because: 'not-understood' }],
    ['rubbish', { to: 'short-menu', because: 'not-understood' }],
  ])('%s', (data, route) => expect(asked({ kind: 'button', data })).toEqual(route));
});

describe('silence', () => {
  test.each<[string, Happening, Partial<Situation>]>([
    ['while another system answers', { kind: 'text', text: '残量' }, { isStandby: true }],
    ['in a group', { kind: 'text', text: '残量' }, { isOneToOne: false }],
    ['where nobody is named', { kind: 'wordless', what: 'sticker' }, { hasPerson: false }],
    ['where nothing was asked', { kind: 'unasked' }, {}],
    ['to a block', { kind: 'unfollow' }, { hasPerson: false }],
    ['to words taken back in a group', { kind: 'unsend', messageId: '1' }, { isOneToOne: false }],
  ])('%s', (_, happening, change) => expect(asked(happening, change)).toEqual({ to: 'silence' }));

  test('but a beginning, a block, a link and words taken back are noted whoever answers', () => {
    expect(asked({ kind: 'follow' }, { isStandby: true })).toEqual({ to: 'follow' });
    expect(asked({ kind: 'unsend', messageId: '7' }, { isStandby: true })).toEqual({ to: 'forget', messageId: '7' });
    expect(asked({ kind: 'unfollow' }, { isStandby: true })).toEqual({ to: 'unfollow' });
    expect(asked({ kind: 'account-link' }, { isStandby: true, hasPerson: false })).toEqual({ to: 'account-link' });
  });
});
