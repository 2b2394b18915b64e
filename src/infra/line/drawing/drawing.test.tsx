import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bubble, button, carousel, choice, pair, quickReply, row, separator, text } from '../flex.ts';
import type { Message } from '../talk.ts';
import { drawnCss, toneOf } from './looks.ts';
import { DrawnMessage } from './message.tsx';

const drawing = {
  language: 'ja',
  picture: (url: string) => (url.startsWith('https://my.example.jp/') ? url : null),
} as const;
const draw = (message: Message) => String(<DrawnMessage message={message} drawing={drawing} />);
/** The words in the order they are read. */
const words = (html: string) =>
  html
    .split(/<[^>]*>/)
    .map((part) => part.trim())
    .filter(Boolean);

const card = bubble({
  altText: 'のこり3GB',
  title: 'データ残量',
  body: ['今月のぶん', row('基本', '3GB', { isBold: true }), separator(), choice('くわしく', 'data.open')],
  buttons: [
    button('ひらく', 'https://my.example.jp/data', 'primary'),
    pair([button('はい', 'help.yes'), button('いいえ', 'help.no')]),
  ],
  quickReplies: [quickReply('残量', '残量')],
});

test('a card is drawn with all its words, in order, its buttons and the replies under it', () =>
  expect(words(draw(card))).toEqual([
    'データ残量',
    '今月のぶん',
    '基本',
    '3GB',
    'くわしく',
    '›',
    'ひらく',
    'はい',
    'いいえ',
    '残量',
  ]));

test('several cards are a list', () => {
  const html = draw(carousel('二枚', [{ title: '一' }, { title: '二' }]));
  expect(html).toContain('aria-label="カード2枚"');
  expect(words(html)).toEqual(['一', '二']);
});

test('sizes, weights, shares and colours become classes, and nothing becomes a style', () => {
  const html = draw(card);
  expect(html).not.toContain('style=');
  expect(html).toContain('d-part-6');
  expect(html).toContain('d-bold');
  expect(html).toContain('d-ink-soft');
  expect(html).toContain('d-back-green');
});

const everything: Message = {
  type: 'flex',
  altText: '',
  contents: {
    type: 'bubble',
    size: 'giga',
    styles: { footer: { separator: true, backgroundColor: '#F0F1F2' } },
    hero: {
      type: 'image',
      url: 'https://my.example.jp/a.png',
      size: 'full',
      aspectRatio: '20:13',
      aspectMode: 'cover',
    },
    body: {
      type: 'box',
      layout: 'horizontal',
      paddingAll: '13px',
      cornerRadius: 'md',
      borderWidth: 'light',
      borderColor: '#111111',
      alignItems: 'center',
      justifyContent: 'space-between',
      contents: [
        { type: 'image', url: 'https://elsewhere.example/b.png', size: 'xs' },
        { type: 'filler' },
        { type: 'separator' },
        {
          type: 'text',
          size: '3xl',
          align: 'end',
          gravity: 'center',
          wrap: true,
          maxLines: 2,
          contents: [
            { type: 'span', text: '高', color: '#ff0000', decoration: 'line-through', style: 'italic' },
            { type: 'span', text: '安' },
          ],
        },
        { type: 'box', layout: 'vertical', height: '6px', width: '43%', backgroundColor: '#E5E5E5', contents: [] },
      ],
    },
    footer: { type: 'box', layout: 'vertical', contents: [] },
  },
};

test('what is mapped is in the style sheet', () => {
  const sheet = drawnCss() + readFileSync('src/infra/ui/styles/drawn.css', 'utf8');
  const used = [...(draw(everything) + draw(card)).matchAll(/class="([^"]*)"/g)].flatMap((match) =>
    (match[1] ?? '').split(' '),
  );
  const missing = [...new Set(used)].filter((name) => !sheet.includes(`.${name}`));
  // What they do by themselves needs no rule.
  expect(missing.sort()).toEqual(['d-bubble-giga', 'd-bubble-mega', 'd-horizontal']);
});

test('a picture of ours is shown, one of another host is said', () => {
  const html = draw(everything);
  expect(html).toContain('src="https://my.example.jp/a.png"');
  expect(html).not.toContain('elsewhere.example');
  expect(words(html)).toContain('画像');
});

test('a colour takes the nearest tone; what is none takes none', () => {
  expect(toneOf('#06C755')).toBe('bright');
  expect(toneOf('#101010FF')).toBe('ink');
  expect(toneOf('red')).toBeUndefined();
});

test.each<[Message, string[]]>([
  [text('やあ\n元気？'), ['やあ\n元気？']],
  [{ type: 'text', text: '$です', emojis: [{ index: 0, productId: 'p', emojiId: '001' }] }, ['▢です']],
  [{ type: 'sticker', packageId: '1', stickerId: '2' }, ['スタンプ']],
  [{ type: 'image', originalContentUrl: 'https://a.example/1', previewImageUrl: 'https://a.example/2' }, ['画像']],
  [{ type: 'video', originalContentUrl: 'https://a.example/1', previewImageUrl: 'https://a.example/2' }, ['動画']],
  [{ type: 'location', title: '店', address: '東京', latitude: 1, longitude: 2 }, ['位置情報：店 東京']],
  [
    {
      type: 'template',
      altText: '確認',
      template: {
        type: 'confirm',
        text: 'よろしいですか',
        actions: [
          { type: 'message', label: 'はい', text: 'はい' },
          { type: 'message', label: 'いいえ', text: 'いいえ' },
        ],
      },
    },
    ['よろしいですか', 'はい', 'いいえ'],
  ],
  [
    {
      type: 'template',
      altText: '表',
      template: {
        type: 'carousel',
        columns: [{ title: '題', text: '文', actions: [{ type: 'uri', label: '開く', uri: 'https://a.example' }] }],
      },
    },
    ['題', '文', '開く'],
  ],
])('%o', (message, read) => expect(words(draw(message))).toEqual(read));
