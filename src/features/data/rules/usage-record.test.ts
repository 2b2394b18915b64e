import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { dayOf, monthOf } from '../../../base/operator-month.ts';
import { createCalendar } from './calendar.ts';
import { placeUsage, untimely } from './usage-record.ts';

const zone = 'Asia/Tokyo';
const calendar = createCalendar(zone);
const tokyo = (local: string) => Temporal.ZonedDateTime.from(`${local}[${zone}]`).toInstant();

describe('where a record of use belongs', () => {
  test.each([
    ['of this month', '2026-05-10T09:00', '2026-05', '2026-05-10', false, '2026-05', '2026-05-10T10:00'],
    ['of yesterday', '2026-05-09T23:59:59', '2026-05', '2026-05-09', false, '2026-05', '2026-05-10T10:00'],
    [
      'of last month, turned already',
      '2026-04-30T23:59:59',
      '2026-05',
      '2026-04-30',
      true,
      '2026-05',
      '2026-05-10T10:00',
    ],
    [
      'of last month, not turned yet',
      '2026-04-30T23:59:59',
      '2026-04',
      '2026-04-30',
      false,
      '2026-04',
      '2026-04-30T23:59:59',
    ],
    ['of the month before last', '2026-03-31T10:00', '2026-04', '2026-03-31', true, '2026-05', '2026-05-10T10:00'],
    ['of a month never turned', '2026-04-30T10:00', null, '2026-04-30', false, '2026-04', '2026-04-30T10:00'],
  ])('%s', (_, endedAt, lastTurned, usedOn, isLate, month, drawAt) =>
    expect(placeUsage({ endedAt: tokyo(endedAt), now: tokyo('2026-05-10T10:00'), calendar, lastTurned })).toEqual({
      usedOn,
      isLate,
      month,
      drawAt: tokyo(drawAt),
    }),
  );

  test.each([
    ['2026-05-10T10:10:00', false],
    ['2026-05-10T10:10:01', true],
  ])('at ten o’clock a record that ends at %s is from the future: %s', (endedAt, is) =>
    expect(untimely(tokyo(endedAt), { now: tokyo('2026-05-10T10:00'), keptDays: 40 }) === 'from-the-future').toBe(is),
  );

  test.each([
    ['2026-05-10T10:10:01', 'from-the-future'],
    ['2026-05-10T10:00', undefined],
    ['2026-03-31T10:00', undefined],
    ['2026-03-31T09:59:59', 'too-old'],
  ])('with single uses kept for 40 days a record that ends at %s is %s', (endedAt, fault) =>
    expect(untimely(tokyo(endedAt), { now: tokyo('2026-05-10T10:00'), keptDays: 40 })).toBe(fault),
  );
});

describe('the calendar remembers what the zone says', () => {
  test.each(['Asia/Tokyo', 'Asia/Kathmandu', 'America/St_Johns', 'Europe/Berlin', 'Australia/Lord_Howe'])(
    '%s',
    (name) => {
      const remembering = createCalendar(name);
      const span = { min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) };
      fc.assert(
        fc.property(fc.integer(span), (ms) => {
          const at = Temporal.Instant.fromEpochMilliseconds(ms);
          const moment = { epochMilliseconds: ms };
          return remembering.dayOf(moment) === dayOf(at, name) && remembering.monthOf(at) === monthOf(at, name);
        }),
      );
    },
  );
});
