import { describe, expect, it } from 'vitest';
import type { Call } from '../../../contract.ts';
import { whyRefused } from './why-refused.ts';

const call: Call = {
  seq: 1,
  at: '2026-11-23T00:00:00Z',
  direction: 'received',
  method: 'POST',
  origin: 'api',
  path: '/v2/bot/message/reply',
  headers: {},
  body: {},
  status: 400,
  responseBody: { message: 'Invalid reply token' },
  durationMs: 1,
};

describe('why a call was refused', () => {
  it('is nothing when it was not', () => expect(whyRefused({ ...call, status: 200 }, 'ja')).toBeUndefined());
  it('puts LINE’s message into words', () => expect(whyRefused(call, 'ja')).toContain('1分以内'));
  it('gives what the simulator noted', () =>
    expect(whyRefused({ ...call, refusal: 'the token was used at 10:00' }, 'en')).toBe('the token was used at 10:00'));
  it('falls back to the message itself', () =>
    expect(whyRefused({ ...call, responseBody: { message: 'Not found' } }, 'ja')).toBe('Not found'));
  it('tells of an app that was too slow', () =>
    expect(whyRefused({ ...call, direction: 'webhook', status: null, responseBody: null }, 'ja')).toContain('2秒'));
});
