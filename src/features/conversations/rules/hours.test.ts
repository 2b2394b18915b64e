import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { ConversationSettings } from '../../../base/operator.ts';
import { lastClosing, openingAt } from './hours.ts';

const zone = 'Asia/Tokyo';
const day = { from: '10:00', to: '19:00' };
/** Closed on Sundays, shorter on Saturdays. 2026-11-23 is a Monday. */
const calendar: Pick<ConversationSettings, 'hours' | 'holidays'> = {
  hours: {
    monday: day,
    tuesday: day,
    wednesday: day,
    thursday: day,
    friday: day,
    saturday: { from: '10:00', to: '15:00' },
  },
  holidays: ['2026-11-24', '2026-12-31', '2027-01-01'],
};
const tokyo = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant();
const at = (local: string, of = calendar) => {
  const opening = openingAt(of, zone, tokyo(local));
  const clock = (moment: Temporal.Instant | null) =>
    moment?.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' }) ?? null;
  return opening.isOpen ? `open until ${clock(opening.until)}` : `closed until ${clock(opening.opensAt)}`;
};

describe('the hours', () => {
  test.each([
    ['2026-11-23T09:59:59', 'closed until 2026-11-23T10:00'],
    ['2026-11-23T10:00', 'open until 2026-11-23T19:00'],
    ['2026-11-23T18:59:59', 'open until 2026-11-23T19:00'],
    ['2026-11-23T00:00', 'closed until 2026-11-23T10:00'],
    // The next day is a holiday.
    ['2026-11-23T19:00', 'closed until 2026-11-25T10:00'],
    ['2026-11-24T12:00', 'closed until 2026-11-25T10:00'],
    ['2026-11-28T14:59', 'open until 2026-11-28T15:00'],
    // Saturday's end, over a Sunday.
    ['2026-11-28T15:00', 'closed until 2026-11-30T10:00'],
    ['2026-11-29T12:00', 'closed until 2026-11-30T10:00'],
    // The turn of the year, over two holidays.
    ['2026-12-30T19:00', 'closed until 2027-01-02T10:00'],
    ['2026-12-31T12:00', 'closed until 2027-01-02T10:00'],
  ])('at %s: %s', (local, expected) => expect(at(local)).toBe(expected));

  test('tell a holiday from a time outside the hours', () => {
    expect(openingAt(calendar, zone, tokyo('2026-11-24T12:00'))).toMatchObject({ isHoliday: true });
    expect(openingAt(calendar, zone, tokyo('2026-11-23T20:00'))).toMatchObject({ isHoliday: false });
  });

  test('a calendar without hours never opens', () => {
    expect(at('2026-11-23T12:00', { hours: {}, holidays: [] })).toBe('closed until null');
  });

  test('count on the operator’s clock, also on the day it is changed', () => {
    const sunday = { hours: { sunday: { from: '01:30', to: '03:30' } }, holidays: [] };
    // In Berlin 02:00 to 03:00 is not there on 2026-03-29: two hours on the clock last one.
    const from = Temporal.Instant.from('2026-03-29T00:30:00Z');
    expect(openingAt(sunday, 'Europe/Berlin', from)).toEqual({
      isOpen: true,
      until: Temporal.Instant.from('2026-03-29T01:30:00Z'),
    });
    expect(openingAt(calendar, 'UTC', Temporal.Instant.from('2026-11-23T09:59:59Z')).isOpen).toBe(false);
  });

  test('the last closing is today’s, or that of the last open day', () => {
    const closing = (local: string) => lastClosing(calendar, zone, tokyo(local))?.toString();
    expect(closing('2026-11-23T19:00')).toBe(tokyo('2026-11-23T19:00').toString());
    expect(closing('2026-11-25T09:00')).toBe(tokyo('2026-11-23T19:00').toString());
    expect(lastClosing({ hours: {}, holidays: [] }, zone, tokyo('2026-11-23T19:00'))).toBeNull();
  });
});
