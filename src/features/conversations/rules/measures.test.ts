import { describe, expect, test } from 'vitest';
import { botSolved, periodOf, share, slotsOf } from './measures.ts';

const TOKYO = 'Asia/Tokyo';

describe('the period', () => {
  const today = '2026-11-18';
  test.each([
    ['nothing asked: the last seven days', '', '', '2026-11-12', '2026-11-18'],
    ['both asked', '2026-10-01', '2026-10-31', '2026-10-01', '2026-10-31'],
    ['one day', '2026-10-01', '2026-10-01', '2026-10-01', '2026-10-01'],
    ['the wrong way round', '2026-10-31', '2026-10-01', '2026-10-01', '2026-10-31'],
    ['only a beginning: until today', '2026-11-01', '', '2026-11-01', '2026-11-18'],
    ['only an end: the seven days before', '', '2026-10-07', '2026-10-01', '2026-10-07'],
    ['days there are not', '2026-02-30', 'tomorrow', '2026-11-12', '2026-11-18'],
    ['too long: the last 92 days of it', '2025-01-01', '2026-11-18', '2026-08-19', '2026-11-18'],
  ])('%s', (_, from, to, firstDay, lastDay) => expect(periodOf({ from, to }, today)).toEqual({ firstDay, lastDay }));
});

describe('the cut', () => {
  const period = { firstDay: '2026-11-17', lastDay: '2026-11-18' };

  test('by day has a row a day, each hour in its own', () => {
    const { names, hours } = slotsOf(period, 'day', TOKYO);
    expect(names).toEqual(['2026-11-17', '2026-11-18']);
    expect(hours.map(({ slot }) => slot)).toEqual([...Array(24).fill(0), ...Array(24).fill(1)]);
    expect(String(hours[0]?.startsAt)).toBe('2026-11-16T15:00:00Z');
  });

  test('by hour has a row for each hour of the clock, over all days', () => {
    const { names, hours } = slotsOf(period, 'hour', TOKYO);
    expect([names.length, names[0], names[23]]).toEqual([24, '0', '23']);
    expect(hours.map(({ slot }) => slot)).toEqual([...Array(48).keys()].map((hour) => hour % 24));
  });

  test.each([
    ['forward', '2026-03-29', 23],
    ['back', '2026-10-25', 25],
  ])('a day on which clocks are put %s has its own number of hours', (_, day, count) => {
    const { hours } = slotsOf({ firstDay: day, lastDay: day }, 'hour', 'Europe/Berlin');
    expect(hours).toHaveLength(count);
  });
});

describe('shares', () => {
  test.each([
    [0, 0, null],
    [0, 4, 0],
    [1, 4, 0.25],
  ])('%d of %d', (part, whole, is) => expect(share(part, whole)).toBe(is));

  test.each([
    ['nobody asked anything', { answered: 0, unanswered: 0, wishes: 0 }, null],
    ['only wishes for a person', { answered: 0, unanswered: 0, wishes: 3 }, null],
    ['all answered, nobody wished', { answered: 8, unanswered: 0, wishes: 0 }, 1],
    ['some found nothing, some wished', { answered: 6, unanswered: 2, wishes: 2 }, 0.5],
    ['more wishes than answers', { answered: 1, unanswered: 1, wishes: 5 }, 0],
  ])('the bot’s: %s', (_, of, is) => expect(botSolved(of)).toBe(is));
});
