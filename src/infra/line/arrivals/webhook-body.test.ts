import { describe, expect, test } from 'vitest';
import { readWebhookBody } from './webhook-body.ts';

const userId = `U${'a'.repeat(32)}`;
const event = {
  type: 'message',
  mode: 'active',
  timestamp: 1_790_000_000_000,
  source: { type: 'user', userId },
  webhookEventId: '01FZ74A0TDDPYRVKNK77XKC3ZR',
  deliveryContext: { isRedelivery: false },
  replyToken: 'b60d432864f44d079f6d8efe86cf404b',
  message: { type: 'text', id: '1', text: 'こんにちは' },
};
const read = (...events: unknown[]) => readWebhookBody(JSON.stringify({ destination: 'U0', events }));

describe('a webhook body', () => {
  test('gives what orders and separates an event, and keeps all of it', () => {
    const [stored] = read(event) ?? [];
    expect(stored).toMatchObject({
      webhookEventId: event.webhookEventId,
      type: 'message',
      lineUserId: userId,
      timestamp: event.timestamp,
    });
    expect(JSON.parse(stored?.payload ?? '')).toEqual(event);
  });

  test('may hold nothing', () => expect(read()).toEqual([]));

  test.each([
    ['a type we do not know', { ...event, type: 'teleport' }],
    ['properties we do not know', { ...event, mood: { is: 'good' } }],
    ['no person', { ...event, source: undefined }],
    ['a source of null', { ...event, source: null }],
  ])('takes an event with %s', (_, strange) => expect(read(strange)).toHaveLength(1));

  test.each([
    ['no id', { ...event, webhookEventId: undefined }],
    ['an id that cannot be stored', { ...event, webhookEventId: 'a\u0000b' }],
    ['no type', { ...event, type: undefined }],
    ['a type that cannot be stored', { ...event, type: 'a\u0000b' }],
    ['no time', { ...event, timestamp: undefined }],
    ['a time before there was one', { ...event, timestamp: -1 }],
    ['a time that is no number', { ...event, timestamp: '1' }],
    ['a time no calendar has', { ...event, timestamp: 1e300 }],
    ['nothing in it', null],
  ])('leaves out an event with %s, and keeps the others', (_, strange) => expect(read(strange, event)).toHaveLength(1));

  test.each(['group', 'room'])('of a %s keeps only that the account was invited', (type) => {
    const source = { type, [`${type}Id`]: `C${'b'.repeat(32)}`, userId };
    const types = ['join', 'message', 'unsend', 'postback', 'memberJoined', 'memberLeft', 'leave', 'of-next-year'];
    const kept = read(...types.map((each) => ({ ...event, type: each, source, webhookEventId: each })));
    expect(kept?.map((each) => each.type)).toEqual(['join']);
  });

  test('a user id that is none names nobody', () =>
    expect(read({ ...event, source: { type: 'user', userId: "U' or 1=1" } })?.[0]?.lineUserId).toBeNull());

  test.each([
    ['not JSON', 'hello'],
    ['a list', '[]'],
    ['no events', '{}'],
    ['events that are none', '{"events":"x"}'],
  ])('%s is not a webhook body', (_, text) => expect(readWebhookBody(text)).toBeUndefined());

  test('loses NULs and halves of characters, which the database would refuse, and nothing else', () => {
    const others = { emojis: [{ index: 1, of: 'a\u0000' }, null], isOn: true };
    const [stored] = read({ ...event, ...others, message: { type: 'text', text: 'a\u0000b\ud83e 🤨 \\u0000' } }) ?? [];
    expect(JSON.parse(stored?.payload ?? '')).toMatchObject({ emojis: [{ index: 1, of: 'a' }, null], isOn: true });
    expect(JSON.parse(stored?.payload ?? '').message.text).toBe('ab\ufffd 🤨 \\u0000');
  });
});
