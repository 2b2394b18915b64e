import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { createCalendar } from './calendar.ts';

const at = (text: string) => Temporal.Instant.from(text);

describe('days and months, to the second', () => {
  test.each([
    ['Asia/Tokyo', '2028-02-28T23:59:59+09:00', '2028-02-28'],
    ['Asia/Tokyo', '2028-02-29T00:00:00+09:00', '2028-02-29'],
    ['Asia/Tokyo', '2028-02-29T23:59:59.999+09:00', '2028-02-29'],
    ['Asia/Tokyo', '2028-03-01T00:00:00+09:00', '2028-03-01'],
    ['Asia/Tokyo', '2027-02-28T15:00:00Z', '2027-03-01'],
    // Summer time began at midnight: the day began at one o'clock.
    ['America/Sao_Paulo', '2018-11-03T23:59:59-03:00', '2018-11-03'],
    ['America/Sao_Paulo', '2018-11-04T01:00:00-02:00', '2018-11-04'],
    // It ended at midnight: the last hour of the day before was there twice.
    ['America/Sao_Paulo', '2019-02-16T23:30:00-02:00', '2019-02-16'],
    ['America/Sao_Paulo', '2019-02-16T23:30:00-03:00', '2019-02-16'],
    ['America/Sao_Paulo', '2019-02-17T00:00:00-03:00', '2019-02-17'],
    // The same at the edge of a month.
    ['Africa/Cairo', '2010-09-30T23:30:00+03:00', '2010-09-30'],
    ['Africa/Cairo', '2010-09-30T23:30:00+02:00', '2010-09-30'],
    ['Africa/Cairo', '2010-10-01T00:00:00+02:00', '2010-10-01'],
  ])('%s: %s is on %s', (zone, instant, day) => {
    const calendar = createCalendar(zone);
    expect([calendar.dayOf(at(instant)), calendar.monthOf(at(instant))]).toEqual([day, day.slice(0, 7)]);
  });

  test.each([
    ['Asia/Tokyo', '2028-03', '2028-02-29T15:00:00Z', '2028-03-31T15:00:00Z'],
    ['Africa/Cairo', '2010-10', '2010-09-30T22:00:00Z', '2010-10-31T22:00:00Z'],
    ['America/Sao_Paulo', '2018-11', '2018-11-01T03:00:00Z', '2018-12-01T02:00:00Z'],
  ])('%s: %s is from %s to %s', (zone, month, start, end) => {
    const calendar = createCalendar(zone);
    expect([calendar.startOf(month).toString(), calendar.endOf(month).toString()]).toEqual([start, end]);
  });
});
