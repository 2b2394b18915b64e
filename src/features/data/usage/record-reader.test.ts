import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_BYTES } from '../rules/usage-record.ts';
import { readDescribed, readPlain } from './record-reader.ts';

const plain = {
  specversion: '1.0',
  id: 'r-1',
  source: '/radius/pgw-1',
  type: 'example.mobile.data.usage',
  subject: '+819012345678',
  time: '2026-04-10T11:00:00+09:00',
  data: { uplinkBytes: 10, downlinkBytes: 90 },
};

function nested(levels: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

/** Anything a feed may send in a field, right or wrong. */
const anything = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'a\0',
    '2026-02-30T00:00:00Z',
    '2024-02-29T23:59:59.999Z',
    '2026-04-10T24:00:00Z',
    'delta',
    'usage',
  ),
  fc.string({ maxLength: 3 }),
  fc.constantFrom(-1, -0, 0, 1.5, 2 ** 53, 5),
  fc.constantFrom(null, undefined, true, [], {}),
);
const mostly = <Value>(right: fc.Arbitrary<Value>) => fc.oneof({ weight: 12, arbitrary: right }, anything);
const amounts = { uplinkBytes: mostly(fc.nat()), downlinkBytes: mostly(fc.nat()) };
const usual = {
  mode: mostly(fc.constantFrom('delta', 'cumulative')),
  session: mostly(fc.constantFrom('s-1', '"quoted"')),
  zeroRated: mostly(fc.boolean()),
};
const unusual = { end: mostly(fc.constantFrom('2026-04-10T11:00:01Z')), apn: anything };
const requiredKeys: ['uplinkBytes', 'downlinkBytes'] = ['uplinkBytes', 'downlinkBytes'];
const data = fc.oneof(
  { weight: 3, arbitrary: fc.record({ ...amounts, ...usual }, { requiredKeys }) },
  fc.record({ ...amounts, ...usual, ...unusual }, { requiredKeys }),
);
const time = fc.date({ noInvalidDate: true }).map((at) => at.toISOString());
const sent = fc.record(
  {
    specversion: mostly(fc.constant(plain.specversion)),
    id: mostly(fc.constant(plain.id)),
    source: mostly(fc.constant(plain.source)),
    type: mostly(fc.constant(plain.type)),
    subject: mostly(fc.constant(plain.subject)),
    time: mostly(fc.oneof(fc.constant(plain.time), time)),
    data: mostly(data),
    traceparent: anything,
  },
  { requiredKeys: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'data'] },
);

describe('a record of use', () => {
  test('that is plain is read without asking the description', () => {
    expect(readPlain(plain)).toMatchObject({ id: 'r-1', bytes: 100, mode: 'delta', session: null, isZeroRated: false });
  });

  test.each([
    ['a moment finer than any clock', { time: '2026-04-10T11:00:00.1234567890Z' }],
    ['half a character in its session', { data: { ...plain.data, session: 'a\ud800' } }],
    ['half a character in the source of a counter', { source: 'a\ud800', data: { ...plain.data, mode: 'cumulative' } }],
    ['more in one direction than anybody uses', { data: { uplinkBytes: MOST_BYTES + 1, downlinkBytes: 0 } }],
    ['more in both together', { data: { uplinkBytes: MOST_BYTES, downlinkBytes: 1 } }],
    ['fields within fields without end', { data: { ...plain.data, apn: nested(100_000) } }],
  ])('with %s is refused, and not a fault of ours', (_, change) => {
    expect(readPlain({ ...plain, ...change })).toBeUndefined();
    expect(readDescribed({ ...plain, ...change })).toMatchObject({ ok: false });
  });

  test('of the most that anybody uses is read either way', () => {
    const most = { ...plain, data: { uplinkBytes: 0, downlinkBytes: MOST_BYTES } };
    expect(readDescribed(most)).toEqual({ ok: true, record: readPlain(most) });
  });

  test('read by hand is what the description reads', () => {
    let byHand = 0;
    fc.assert(
      fc.property(sent, (record) => {
        const read = readPlain(record);
        if (read === undefined) return;
        byHand += 1;
        expect(readDescribed(record)).toEqual({ ok: true, record: read });
      }),
      { numRuns: 1_000 },
    );
    expect(byHand).toBeGreaterThan(100);
  });
});
