import { describe, expect, test } from 'vitest';
import type { TalkEntry } from '../contract.ts';
import { Contents } from './contents.ts';
import { LinkTokens } from './link-tokens.ts';
import { ReplyTokens } from './reply-tokens.ts';
import { RetryKeys } from './retry-keys.ts';
import { Talks } from './talk.ts';

// Whatever a flood brings, what is kept of it ends somewhere; told by count, not by the process's memory.

const MILLION = 1024 * 1024;
const times = (many: number, work: (n: number) => void) => {
  for (let n = 0; n < many; n += 1) work(n);
};
const entry = (n: number, message: TalkEntry['message']): TalkEntry => ({
  id: String(n),
  from: 'account',
  at: '2026-11-26T00:00:00Z',
  message,
});

describe('talks', () => {
  test.each([
    ['one person', 1],
    ['a crowd', 1_000],
  ])('of %s: entries and read tokens', (_who, people) => {
    const talks = new Talks();
    times(250_000, (n) => {
      const userId = `U${n % people}`;
      talks.add(userId, entry(n, { type: 'text', text: 'こんにちは' }));
      talks.rememberReadToken(`token ${n}`, { userId, messageId: String(n) });
    });
    expect(talks.kept.entries).toBeLessThanOrEqual(120_000);
    expect(talks.kept.readTokens).toBeLessThanOrEqual(100_000);
    expect(talks.of('U0').entries.at(-1)?.id).toBe(String(250_000 - people));
  });

  test.each([
    ['one person', 1, 20_000],
    ['a crowd', 1_000, 40_000],
  ])('of %s: the characters of cards, with the last of each', (_who, people, messages) => {
    const talks = new Talks();
    const card = { type: 'flex', altText: 'カード', contents: { type: 'bubble', filler: 'x'.repeat(6_000) } };
    times(messages, (n) => talks.add(`U${n % people}`, entry(n, card)));
    expect(talks.kept.characters).toBeLessThanOrEqual(32 * MILLION * 1.2);
    expect(talks.of('U0').entries.length).toBeGreaterThanOrEqual(5);
    expect(talks.of('U0').entries.at(-1)?.id).toBe(String(messages - people));
  });

  test('given back from a snapshot are bounded like those that grew', () => {
    const talks = new Talks();
    times(2_000, (n) => talks.add('U0', entry(n, { type: 'text', text: 'x'.repeat(5_000) })));
    const again = new Talks();
    again.load(talks.dump());
    expect(again.kept).toEqual(talks.kept);
    times(20_000, (n) => again.add('U0', entry(n, { type: 'text', text: 'x'.repeat(5_000) })));
    expect(again.kept.characters).toBeLessThanOrEqual(32 * MILLION * 1.2);
  });
});

test('retry keys: the last hundred thousand, with what was sent', () => {
  const keys = new RetryKeys();
  const sentMessages = [{ id: '1', quoteToken: 'q' }];
  times(250_000, (n) => keys.accept(`KEY ${n}`, { requestId: `request ${n}`, acceptedAtMs: 0, sentMessages }));
  expect(keys.size).toBeLessThanOrEqual(100_000);
  expect(keys.find('key 249999', 1)).toEqual({ requestId: 'request 249999', acceptedAtMs: 0, sentMessages });
  keys.accept('multicast', { requestId: 'r', acceptedAtMs: 0, sentMessages: null });
  expect(keys.find('multicast', 1)?.sentMessages).toBeNull();
});

test('reply tokens: the last hundred thousand that nobody used', () => {
  const tokens = new ReplyTokens();
  times(250_000, (n) => tokens.issue(`token ${n}`, 'U0', 0));
  expect(tokens.size).toBeLessThanOrEqual(100_000);
  const before = tokens.size;
  expect(tokens.find('token 249999', 1)).toBe('U0');
  tokens.use('token 249999');
  expect(tokens.size).toBe(before - 1);
  tokens.delivered('token 249999', 2);
  expect(tokens.find('token 249999', 3)).toBeNull();
});

test('what people sent: so many bytes, and the oldest is gone', () => {
  const contents = new Contents();
  const bytes = new Uint8Array(4 * MILLION);
  times(100, (n) => contents.add(`${n}`, { bytes, contentType: 'image/png', readyAtMs: 0, isGone: false }));
  expect(contents.kept.bytes).toBeLessThanOrEqual(256 * MILLION);
  expect(contents.find('0')?.isGone).toBe(true);
  expect(contents.find('99')).toMatchObject({ isGone: false, bytes });
});

test('link tokens that nobody comes back with', () => {
  const tokens = new LinkTokens();
  times(25_000, (n) => tokens.issue(`token ${n}`, 'U0', 0));
  expect(tokens.take('token 0', 1)).toBeNull();
  expect(tokens.take('token 24999', 1)).toBe('U0');
});
