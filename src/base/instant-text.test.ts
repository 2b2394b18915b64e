import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { instantText, isPlainInstant, readInstant, readMoment } from './instant-text.ts';

const two = (number: number) => String(number).padStart(2, '0');

/** Whether there is such an instant, as the calendar itself says. */
function exists(text: string): boolean {
  try {
    Temporal.Instant.from(text);
    return true;
  } catch {
    return false;
  }
}

// Years that leap, that do not, and the centuries that do and do not.
const days = [1900, 2000, 2023, 2024, 2100].flatMap((year) =>
  Array.from({ length: 12 }, (_, month) => month + 1).flatMap((month) =>
    [1, 28, 29, 30, 31].map((day) => `${year}-${two(month)}-${two(day)}`),
  ),
);
test('days that exist are read as they are everywhere else, others are none', () => {
  for (const day of days) {
    const text = `${day}T23:59:59.999+09:00`;
    expect([text, isPlainInstant(text)]).toEqual([text, exists(text)]);
    if (!exists(text)) expect(() => readInstant(text)).toThrow(RangeError);
  }
});

test('every instant is the same read the short way and the long', () => {
  const ms = fc.integer({ min: Date.UTC(1970, 0), max: Date.UTC(2100, 0) });
  const offset = fc.constantFrom('Z', '+00:00', '+09:00', '-03:30', '+05:45');
  fc.assert(
    fc.property(ms, offset, fc.constantFrom(0, 1, 3), (at, zone, fractionDigits) => {
      const instant = Temporal.Instant.fromEpochMilliseconds(at);
      const options = zone === 'Z' ? {} : { timeZone: zone };
      const text = instant.toString({ ...options, fractionalSecondDigits: fractionDigits });
      const read = Temporal.Instant.from(text);
      expect([text, isPlainInstant(text), readInstant(text).equals(read)]).toEqual([text, true, true]);
      expect(readMoment(text).epochMilliseconds).toBe(read.epochMilliseconds);
    }),
  );
});

test.each([
  '2026-04-10T12:00:00+09:00x',
  'x2026-04-10T12:00:00+09:00',
  '2026-04-10T12:00:00',
  '2026-04-10',
  '2026-04-10T24:00:00Z',
  '2026-04-10T12:60:00Z',
  '2026-13-10T12:00:00Z',
  '2026-04-00T12:00:00Z',
  '12',
  '',
])('%j is no instant', (text) => {
  expect(isPlainInstant(text)).toBe(false);
  expect(() => readInstant(text)).toThrow(RangeError);
  expect(() => readMoment(text)).toThrow(RangeError);
});

test('what is written more exactly is read the long way', () => {
  const text = '2026-04-10T12:00:00.000001Z';
  expect([isPlainInstant(text), readInstant(text).epochNanoseconds]).toEqual([false, 1_775_822_400_000_001_000n]);
});

test('an instant is written as everywhere else, to the nanosecond and in any year', () => {
  const ms = fc.oneof(
    fc.integer({ min: -8.64e15, max: 8.64e15 }),
    fc.integer({ min: 0, max: 4e10 }).map((deci) => deci * 100),
  );
  fc.assert(
    fc.property(ms, fc.constantFrom(0, 0, 1, 250_000), (at, nanoseconds) => {
      const instant = Temporal.Instant.fromEpochNanoseconds(
        BigInt(at) * 1_000_000n + BigInt(at < 8.64e15 ? nanoseconds : 0),
      );
      expect(instantText(instant)).toBe(instant.toString());
    }),
  );
  for (const text of [
    '2026-12-01T00:00:00Z',
    '2026-12-01T00:00:10Z',
    '2026-12-01T00:00:00.1Z',
    '2026-12-01T00:00:00.01Z',
  ]) {
    expect(instantText(Temporal.Instant.from(text))).toBe(text);
  }
});
