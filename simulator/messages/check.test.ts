import type { messagingApi } from '@line/bot-sdk';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBody } from './check.ts';
import type { BodyRefusal } from './refusal.ts';

const to = `U${'0'.repeat(32)}`;
const emoji = (index: number) => ({ index, productId: '5ac1bfd5040ab15980c9b435', emojiId: '001' });
const push = (...messages: unknown[]) => checkBody('Push', { to, messages });
const label = (length: number) => 'あ'.repeat(length);
const postback = (data = 'x') => ({ type: 'postback', label: 'おす', data });

function bubble(...contents: unknown[]) {
  return { type: 'bubble', body: { type: 'box', layout: 'vertical', contents } };
}
const flex = (contents: unknown) => ({ type: 'flex', altText: '読み上げ', contents });
const buttons = (more: object) => ({
  type: 'template',
  altText: '選んでください',
  template: { type: 'buttons', text: '選んでください', actions: [postback()], ...more },
});
const quick = (...items: unknown[]) => ({ type: 'text', text: 'どうぞ', quickReply: { items } });

const labelled = (text: string) => ({ type: 'action', action: { ...postback(), label: text } });
const menu = { size: { width: 2_500, height: 843 }, selected: false, name: 'メニュー', areas: [] };

const listed = (...details: [property: string, message: string][]): BodyRefusal => ({
  message: `The request body has ${details.length} error(s)`,
  details: details.map(([property, message]) => ({ message, property })),
});
const inMessage = (...details: [property: string, message: string][]): BodyRefusal => ({
  message: 'A message (messages[0]) in the request body is invalid',
  details: details.map(([property, message]) => ({ message, property })),
});
const wrongType = (property: string): BodyRefusal => ({
  message: `The property, '${property}', in the request body is invalid (line: -, column: -)`,
});

const kinds = 'audio, coupon, flex, image, imagemap, location, sticker, template, text, textV2, video';

describe('refused, in the words LINE uses', () => {
  const rows: [what: string, body: BodyRefusal | null, expected: BodyRefusal][] = [
    ['no message', push(), listed(['messages', 'Size must be between 1 and 5'])],
    [
      'six messages',
      push(...Array(6).fill({ type: 'text', text: 'a' })),
      listed(['messages', 'Size must be between 1 and 5']),
    ],
    ['a text without text', push({ type: 'text' }), listed(['messages[0].text', 'May not be empty'])],
    ['an empty text', push({ type: 'text', text: '' }), listed(['messages[0].text', 'May not be empty'])],
    ['a text that is null', push({ type: 'text', text: null }), listed(['messages[0].text', 'May not be empty'])],
    [
      'two faults in two messages',
      push({ type: 'text' }, { type: 'bogus' }),
      listed(
        ['messages[0].text', 'May not be empty'],
        ['messages[1].type', `Must be one of the following values: [${kinds}]`],
      ),
    ],
    [
      '5,001 characters',
      push({ type: 'text', text: 'a'.repeat(5_001) }),
      listed(['messages[0].text', 'Length must be between 0 and 5000']),
    ],
    [
      '2,501 emoji are 5,002 units',
      push({ type: 'text', text: '🤨'.repeat(2_501) }),
      listed(['messages[0].text', 'Length must be between 0 and 5000']),
    ],
    [
      'an emoji in the place of no $',
      push({ type: 'text', text: 'a $', emojis: [emoji(0), emoji(2)] }),
      listed(['messages[0].emojis[0].index', 'Must be the index of a $']),
    ],
    [
      'more than twenty emoji',
      push({ type: 'text', text: '$'.repeat(21), emojis: Array.from({ length: 21 }, (_, n) => emoji(n)) }),
      listed(['messages[0].emojis', 'Size must be between 0 and 20']),
    ],
    [
      'a family of emoji too many on a label',
      push(quick(labelled('👨‍👩‍👧'.repeat(21)))),
      inMessage(['quickReply/items/0/action/label', 'must not be longer than 20 characters']),
    ],
    [
      'one too many on the bar of a menu',
      checkBody('RichMenu', { ...menu, chatBarText: '👨‍👩‍👧'.repeat(15) }),
      listed(['chatBarText', 'Length must be between 0 and 14']),
    ],
    [
      'a sender of twenty-two units, eleven to look at',
      push({ type: 'text', text: 'a', sender: { name: '𠮷'.repeat(11) } }),
      listed(['messages[0].sender.name', 'Length must be between 0 and 20']),
    ],
    ['a number for a text', push({ type: 'text', text: 1 }), wrongType('messages[0].text')],
    [
      'a misspelt property',
      push({ type: 'text', txt: 'a', text: 'a' }),
      listed(['messages[0].txt', 'Unknown property']),
    ],
    [
      'Flex without altText',
      push({ type: 'flex', contents: bubble({ type: 'text', text: 'a' }) }),
      listed(['messages[0].altText', 'May not be empty']),
    ],
    [
      'an altText over 1,500',
      push({ ...flex(bubble({ type: 'text', text: 'a' })), altText: 'a'.repeat(1_501) }),
      listed(['messages[0].altText', 'Length must be between 0 and 1500']),
    ],
    ['an empty bubble', push(flex({ type: 'bubble' })), inMessage(['/', 'At least one block must be specified'])],
    ['an unknown component', push(flex(bubble({ type: 'txt' }))), inMessage(['/body/contents/0', 'invalid property'])],
    [
      'a button without action',
      push(flex(bubble({ type: 'button' }))),
      inMessage(['/body/contents/0/action', 'must be specified']),
    ],
    [
      'a span outside a text',
      push(flex(bubble({ type: 'span', text: 'a' }))),
      inMessage(['/body/contents/0', 'invalid property']),
    ],
    [
      'a text with neither text nor spans',
      push(flex(bubble({ type: 'text' }))),
      inMessage(['/body/contents/0/text', 'must be specified']),
    ],
    [
      'a colour by name',
      push(flex(bubble({ type: 'text', text: 'a', color: 'red' }))),
      inMessage(['/body/contents/0/color', 'invalid property']),
    ],
    [
      'a size nobody knows',
      push(flex(bubble({ type: 'text', text: 'a', size: 'big' }))),
      inMessage(['/body/contents/0/size', 'invalid property']),
    ],
    [
      'a picture without HTTPS',
      push(flex(bubble({ type: 'image', url: 'http://example.com/a.png' }))),
      inMessage(['/body/contents/0/url', 'invalid uri scheme']),
    ],
    [
      'a javascript: link',
      push(flex(bubble({ type: 'button', action: { type: 'uri', label: 'a', uri: 'javascript:1' } }))),
      inMessage(['/body/contents/0/action/uri', 'invalid uri scheme']),
    ],
    [
      'a Flex button label of 41',
      push(flex(bubble({ type: 'button', action: { ...postback(), label: label(41) } }))),
      inMessage(['/body/contents/0/action/label', 'must not be longer than 40 characters']),
    ],
    [
      'a bubble over 30 KB',
      push(flex(bubble({ type: 'text', text: 'a'.repeat(31_000) }))),
      inMessage(['/', 'bubble is too large: at most 30 KB']),
    ],
    [
      'thirteen bubbles',
      push(flex({ type: 'carousel', contents: Array(13).fill(bubble({ type: 'text', text: 'a' })) })),
      inMessage(['/contents', 'size must be between 1 and 12']),
    ],
    [
      'bubbles of two sizes',
      push(
        flex({
          type: 'carousel',
          contents: [bubble({ type: 'text', text: 'a' }), { ...bubble({ type: 'text', text: 'a' }), size: 'kilo' }],
        }),
      ),
      inMessage(['/contents', 'bubbles must have the same size']),
    ],
    [
      'a template text of 161',
      push(buttons({ text: label(161) })),
      inMessage(['template/text', 'must not be longer than 160 characters']),
    ],
    [
      'a template text of 61 beside a title',
      push(buttons({ title: 'a', text: label(61) })),
      inMessage(['template/text', 'must not be longer than 60 characters']),
    ],
    [
      'five template buttons',
      push(buttons({ actions: Array(5).fill(postback()) })),
      inMessage(['template/actions', 'size must be between 1 and 4']),
    ],
    [
      'a template label of 21',
      push(buttons({ actions: [{ ...postback(), label: label(21) }] })),
      inMessage(['template/actions/0/label', 'must not be longer than 20 characters']),
    ],
    [
      'postback data of 301',
      push(buttons({ actions: [postback('x'.repeat(301))] })),
      inMessage(['template/actions/0/data', 'Length must be between 0 and 300']),
    ],
    [
      'a link of over 1,000',
      push(buttons({ actions: [{ type: 'uri', label: 'a', uri: `https://example.com/${'a'.repeat(1_000)}` }] })),
      inMessage(['template/actions/0/uri', 'size must be between 0 and 1000']),
    ],
    [
      'a menu switch outside a menu',
      push(buttons({ actions: [{ type: 'richmenuswitch', label: 'a', richMenuAliasId: 'a', data: 'a' }] })),
      inMessage(['template/actions/0/type', 'invalid property']),
    ],
    [
      'fourteen quick replies',
      push(quick(...Array(14).fill({ type: 'action', action: postback() }))),
      inMessage(['quickReply/items', 'Size must be between 0 and 13']),
    ],
    [
      'a quick reply without label',
      push(quick({ type: 'action', action: { type: 'postback', data: 'a' } })),
      inMessage(['quickReply/items/0/action/label', 'must be specified']),
    ],
    [
      'a sender called LINE',
      push({ type: 'text', text: 'a', sender: { name: 'LINE Help' } }),
      listed(['messages[0].sender.name', 'May not contain LINE']),
    ],
    [
      'a place without substitute',
      push({ type: 'textV2', text: 'こんにちは、{name}さん' }),
      listed(['messages[0].substitution', 'there is nothing to substitute for {name}']),
    ],
    [
      'two aggregation units',
      checkBody('Push', { to, messages: [{ type: 'text', text: 'a' }], customAggregationUnits: ['a', 'b'] }),
      listed(['customAggregationUnits', 'Size must be between 0 and 1']),
    ],
    [
      'an alias in capitals',
      checkBody('RichMenuAlias', { richMenuAliasId: 'Home', richMenuId: 'x' }),
      listed(['richMenuAliasId', 'Must match "^[a-z0-9_-]{1,32}$"']),
    ],
    [
      '61 seconds of loading',
      checkBody('Loading', { chatId: to, loadingSeconds: 61 }),
      listed(['loadingSeconds', 'Must be between 5 and 60']),
    ],
  ];
  test.each(rows)('%s', (_what, refusal, expected) => {
    expect(refusal).toEqual(expected);
  });
});

describe('accepted', () => {
  const full: messagingApi.FlexBubble = {
    type: 'bubble',
    size: 'mega',
    header: {
      type: 'box',
      layout: 'horizontal',
      contents: [{ type: 'text', text: '残り', size: 'sm', color: '#111111' }],
    },
    hero: { type: 'image', url: 'https://example.com/a.png', size: 'full', aspectRatio: '20:13', aspectMode: 'cover' },
    body: {
      type: 'box',
      layout: 'vertical',
      spacing: 'md',
      paddingAll: '16px',
      contents: [
        {
          type: 'text',
          contents: [
            { type: 'span', text: '3.2', weight: 'bold' },
            { type: 'span', text: 'GB' },
          ],
        },
        { type: 'box', layout: 'vertical', height: '6px', backgroundColor: '#06C755', width: '64%', contents: [] },
        { type: 'separator', margin: 'lg' },
        { type: 'box', layout: 'baseline', contents: [{ type: 'icon', url: 'https://example.com/i.png' }] },
      ],
    },
    footer: {
      type: 'box',
      layout: 'vertical',
      contents: [{ type: 'button', style: 'primary', action: { type: 'uri', label: 'くわしく', uri: 'tel:0120' } }],
    },
    styles: { footer: { separator: true } },
  };
  const rows: [what: string, body: BodyRefusal | null][] = [
    ['a text', push({ type: 'text', text: 'こんにちは🤨' })],
    ['5,000 characters', push({ type: 'text', text: 'a'.repeat(5_000) })],
    ['a whole bubble', push(flex(full))],
    [
      'a carousel of twelve',
      push(flex({ type: 'carousel', contents: Array(12).fill(bubble({ type: 'text', text: 'a' })) })),
    ],
    ['buttons, and null for what is left out', push(buttons({ title: null }))],
    ['thirteen quick replies', push(quick(...Array(13).fill({ type: 'action', action: postback() })))],
    ['a camera among quick replies', push(quick({ type: 'action', action: { type: 'camera', label: 'カメラ' } }))],
    ['a picture of a bot on this machine', push(flex(bubble({ type: 'image', url: 'http://127.0.0.1:3000/a.png' })))],
    ['a family of emoji is one letter of a label', push(quick(labelled('👨‍👩‍👧'.repeat(20))))],
    ['and of the bar of a menu', checkBody('RichMenu', { ...menu, chatBarText: '👨‍👩‍👧'.repeat(14) })],
    ['braces written twice', push({ type: 'textV2', text: '{{そのまま}}' })],
    [
      'a sender',
      push({ type: 'text', text: 'a', sender: { name: 'ヘルプデスク 佐藤', iconUrl: 'https://example.com/s.png' } }),
    ],
  ];
  test.each(rows)('%s', (_what, refusal) => {
    expect(refusal).toBeNull();
  });
});

describe('whatever is posted', () => {
  const kind = fc.constantFrom(
    'text',
    'flex',
    'template',
    'image',
    'sticker',
    'imagemap',
    'location',
    'textV2',
    'bogus',
  );
  const box = fc.record({
    type: fc.constant('box'),
    layout: fc.constantFrom('vertical', 'baseline', 'x'),
    contents: fc.anything(),
  });
  const message = fc.record(
    {
      type: kind,
      text: fc.oneof(fc.string(), fc.constant(null), fc.integer()),
      altText: fc.string(),
      contents: fc.oneof(fc.record({ type: fc.constantFrom('bubble', 'carousel'), body: box }), fc.jsonValue()),
      template: fc.record({ type: fc.constantFrom('buttons', 'confirm', 'carousel'), actions: fc.jsonValue() }),
      quickReply: fc.record({ items: fc.oneof(fc.array(fc.record({ action: fc.jsonValue() })), fc.jsonValue()) }),
    },
    { requiredKeys: [] },
  );

  test('it is accepted or refused with a message, never more', () => {
    const bodies = fc.oneof(fc.jsonValue(), fc.record({ to: fc.constant(to), messages: fc.array(message) }));
    fc.assert(
      fc.property(bodies, (body) => {
        const refusal = checkBody('Push', JSON.parse(JSON.stringify(body)));
        expect(refusal === null || refusal.message.length > 0).toBe(true);
      }),
    );
  });
});
