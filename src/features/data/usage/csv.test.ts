import { describe, expect, test } from 'vitest';
import { eventOf, usageColumns } from './csv.ts';
import { readRecord } from './record-reader.ts';

const file = { source: 'mvne', name: 'april.csv', hash: 'abc123', zone: 'Asia/Tokyo' };
const read = (row: Record<string, string>, zone = file.zone) => readRecord(eventOf(row, 7, { ...file, zone }));

describe('a row', () => {
  test('of a single use is a delta, known by its number in the file', () =>
    expect(read({ subject: '+819012345678', end: '2026-04-10T12:00:00+09:00', bytes: '1500' })).toMatchObject({
      ok: true,
      record: { source: 'mvne', id: 'april.csv abc123 row 7', mode: 'delta', bytes: 1_500, isZeroRated: false },
    }));

  test('of a day is a total, known by whose and which day it is, at the day’s first moment', () =>
    expect(read({ subject: '819012345678', day: '2028-02-29', uplinkBytes: '1', downlinkBytes: '2' })).toMatchObject({
      ok: true,
      record: {
        id: 'april.csv abc123 819012345678 2028-02-29',
        mode: 'total',
        bytes: 3,
        endedAt: '2028-02-28T15:00:00Z',
      },
    }));

  test('of a day that begins at one o’clock', () =>
    expect(read({ subject: 's', day: '2018-11-04', bytes: '1' }, 'America/Sao_Paulo')).toMatchObject({
      record: { endedAt: '2018-11-04T03:00:00Z' },
    }));

  test('what draws nothing, and each rating group, is another row of the same day', () => {
    const row = { subject: 's', day: '2026-04-10', bytes: '1' };
    const ids = [{}, { zeroRated: '1' }, { ratingGroup: '5' }, { id: 'own' }].map((more) => {
      const { ok, ...rest } = read({ ...row, ...more });
      return ok && 'record' in rest ? rest.record.id : '';
    });
    expect(new Set(ids).size).toBe(4);
    expect(ids[3]).toBe('april.csv abc123 own');
  });

  test('with bytes left blank tells them by direction', () =>
    expect(read({ subject: 's', day: '2026-04-10', bytes: '', uplinkBytes: '1', downlinkBytes: '2' })).toMatchObject({
      record: { bytes: 3 },
    }));

  test.each<[string, Record<string, string>]>([
    ['bytes that are none', { bytes: '12.5' }],
    ['bytes below zero', { bytes: '-1' }],
    ['bytes that are missing', { bytes: '' }],
    ['a day that does not exist', { day: '2026-02-30' }],
    ['an end without an offset', { day: '', end: '2026-04-10T12:00:00' }],
    ['nobody', { subject: '' }],
    ['neither yes nor no', { zeroRated: 'perhaps' }],
    ['another mode', { mode: 'monthly' }],
  ])('with %s is refused, with a reason', (_, change) =>
    expect(read({ subject: 's', day: '2026-04-10', bytes: '1', ...change })).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/.+: .+/),
    }),
  );
});

test.each([
  [['subject', 'end', 'bytes'], 0],
  [['subject', 'day', 'uplinkBytes', 'downlinkBytes', 'note'], 0],
  [['day', 'uplinkBytes'], 2],
  [['msisdn', 'date', 'volume'], 3],
])('of the columns %j %i are missing', (columns, count) => expect(usageColumns.missing(columns)).toHaveLength(count));
