import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { LineAnswer } from '../answer.ts';
import { type Attempted, decideVerdict, decideWay } from './rules.ts';

const at = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(1_790_000_000_000 + seconds * 1_000);
const row: Attempted = {
  kind: 'message',
  canReceive: true,
  hasReplyToken: true,
  replyUntil: at(50),
  isReplyUncertain: false,
  firstTriedAt: at(0),
  attempts: 1,
};
const refused = (status: number, message = ''): LineAnswer<null> => ({
  kind: 'refused',
  status,
  message,
  requestId: null,
  acceptedRequestId: null,
});
const lost: LineAnswer<null> = { kind: 'no-answer', isCertainlyUnsent: false, message: 'time-out' };
const unsent: LineAnswer<null> = { kind: 'no-answer', isCertainlyUnsent: true, message: 'refused' };
const invalidToken = refused(400, 'Invalid reply token');

describe('the way a row goes out', () => {
  test.each<[string, Partial<Attempted>, number, string]>([
    ['with the reply token while it is fresh', {}, 49, 'reply'],
    ['as a push once the token is stale', {}, 50, 'push'],
    ['as a push when there is no token', { hasReplyToken: false, replyUntil: null }, 1, 'push'],
    ['with the token still, when only the token can tell what became of it', { isReplyUncertain: true }, 55, 'reply'],
    ['as a menu', { kind: 'rich-menu', hasReplyToken: false, replyUntil: null }, 1, 'link-menu'],
    ['not at all to a person who blocked', { canReceive: false }, 1, 'drop'],
    ['no more after a day, when LINE has forgotten the retry key', { hasReplyToken: false }, 24 * 3_600 + 1, 'give-up'],
  ])('%s', (_, change, now, way) => expect(decideWay({ ...row, ...change }, at(now))).toBe(way));
});

describe("what follows from LINE's answer", () => {
  const verdict = (
    way: 'reply' | 'push' | 'link-menu',
    answer: LineAnswer<unknown>,
    change: Partial<Attempted> = {},
    now = 1,
  ) => decideVerdict({ ...row, ...change }, way, answer, at(now), 0);

  test.each<[string, ReturnType<typeof verdict>, object]>([
    ['200 is sent', verdict('reply', { kind: 'ok', value: null, requestId: 'r' }), { state: 'sent' }],
    ['409 is sent: the retry key had been accepted', verdict('push', refused(409)), { state: 'sent' }],
    ['a first "Invalid reply token" turns it into a push', verdict('reply', invalidToken), { next: 'push' }],
    [
      '"Invalid reply token" after a try of unknown fate means that try had been accepted',
      verdict('reply', invalidToken, { isReplyUncertain: true }, 40),
      { state: 'sent' },
    ],
    [
      '…but says nothing once LINE lets tokens die anyway',
      verdict('reply', invalidToken, { isReplyUncertain: true }, 61),
      { state: 'unknown' },
    ],
    ['a lost reply is asked about again', verdict('reply', lost), { next: 'retry', isReplyUncertain: true }],
    ['a 500 may have been accepted too', verdict('reply', refused(500)), { next: 'retry', isReplyUncertain: true }],
    ['a reply that never left is not uncertain', verdict('reply', unsent), { next: 'retry', isReplyUncertain: false }],
    [
      'once uncertain, a try that never left does not make it certain',
      verdict('reply', unsent, { isReplyUncertain: true }),
      { next: 'retry', isReplyUncertain: true },
    ],
    [
      'too fast: later',
      verdict('push', refused(429, 'The API rate limit has been exceeded. Try again later.')),
      { next: 'retry' },
    ],
    [
      'the monthly limit: never',
      verdict('push', refused(429, 'You have reached your monthly limit.')),
      { state: 'failed' },
    ],
    ['our own credentials: later', verdict('push', refused(401)), { next: 'retry' }],
    ['a bad message: never', verdict('push', refused(400, 'The request body has 1 error(s)')), { state: 'failed' }],
    [
      'a menu that LINE does not know: never',
      verdict('link-menu', refused(404, 'richmenu not found')),
      { state: 'failed' },
    ],
    ['a lost push: again, with the same key', verdict('push', lost), { next: 'retry', isReplyUncertain: false }],
  ])('%s', (_, given, expected) => expect(given).toMatchObject(expected));

  test('tries spread out to five minutes; those of a reply of unknown fate stay close together', () => {
    const waits = (way: 'reply' | 'push', answer: LineAnswer<unknown>) =>
      [1, 2, 3, 4, 9, 30].map((attempts) => {
        const given = verdict(way, answer, { attempts }, 0);
        return given.next === 'retry' ? given.at.since(at(0)).total('seconds') : undefined;
      });
    expect(waits('push', lost)).toEqual([1, 2, 4, 8, 256, 300]);
    expect(waits('reply', lost)).toEqual([1, 2, 2, 2, 2, 2]);
  });
});
