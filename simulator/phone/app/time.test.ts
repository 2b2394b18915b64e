import { describe, expect, it } from 'vitest';
import { dayName, justBeforeMonthEnd, localDateTime, nextTenth, timeOfDay } from './time.ts';

describe('time on a phone in Japan', () => {
  it('is Japan’s, whatever the computer’s zone', () => {
    expect(timeOfDay('2026-11-23T15:05:00Z', 'ja')).toBe('0:05');
    expect(dayName('2026-11-23T15:05:00Z', 'ja')).toContain('24');
    expect(localDateTime('2026-11-23T15:05:00Z')).toBe('2026-11-24T00:05');
  });

  it.each([
    ['2026-11-23T00:00:00Z', '2026-11-30T14:59:50.000Z'],
    ['2026-11-30T15:00:00Z', '2026-12-31T14:59:50.000Z'],
    ['2027-02-10T00:00:00Z', '2027-02-28T14:59:50.000Z'],
  ])('the month of %s turns ten seconds after %s', (now, expected) => expect(justBeforeMonthEnd(now)).toBe(expected));

  it.each([
    ['2026-11-23T00:00:00Z', '2026-12-10T00:00:00.000Z'],
    ['2026-12-09T14:00:00Z', '2026-12-10T00:00:00.000Z'],
    ['2026-12-31T14:00:00Z', '2027-01-10T00:00:00.000Z'],
  ])('after %s the next 10th begins its day’s work at %s', (now, expected) => expect(nextTenth(now)).toBe(expected));
});
