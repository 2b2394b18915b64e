import { expect, test } from 'vitest';
import { retryAfterSeconds } from './retry-after.ts';
import { isInnerAddress, isSink } from './sink.ts';

test.each([
  ['https://partner.example/sink?x=1', true],
  ['http://partner.example/sink', false],
  ['https://127.0.0.1/sink', false],
  ['https://2130706433/', false],
  ['https://[::1]/sink', false],
  ['https://localhost/sink', false],
  ['https://metadata.localhost/', false],
  ['https://user:secret@partner.example/', false],
  ['ftp://partner.example/', false],
  ['https://user@partner.example/', false],
  ['https://:secret@partner.example/', false],
  ['https://partner/sink', false],
  [`https://partner.example/${'x'.repeat(1_976)}`, true],
  [`https://partner.example/${'x'.repeat(1_977)}`, false],
  ['sink', false],
])('%s as a sink: %s', (sink, expected) => expect(isSink(sink, false)).toBe(expected));

test('at home a sink on the same machine will do', () => {
  expect(isSink('http://127.0.0.1:8080/sink', true)).toBe(true);
  expect(isSink('https://localhost/sink', true)).toBe(true);
  expect(isSink('ftp://localhost/sink', true)).toBe(false);
  expect(isSink('http://partner.example/sink', true)).toBe(false);
});

test.each([
  ['10.1.2.3', true],
  ['172.31.0.1', true],
  ['172.32.0.1', false],
  ['100.64.0.1', true],
  ['169.254.169.254', true],
  ['8.8.8.8', false],
  ['0.0.0.0', true],
  ['127.8.8.8', true],
  ['192.168.8.8', true],
  ['192.0.0.8', true],
  ['198.18.0.1', true],
  ['224.0.0.1', true],
  ['255.255.255.255', true],
  // Only its first numbers say whose an address is.
  ['8.10.8.8', false],
  ['8.0.8.8', false],
  ['8.127.8.8', false],
  ['8.169.254.8', false],
  ['8.172.16.8', false],
  ['8.192.168.8', false],
  ['8.100.64.8', false],
  ['8.192.0.0', false],
  ['8.198.18.8', false],
  ['8.224.8.8', false],
  ['::', true],
  ['::1', true],
  ['ff02::1', true],
  ['2001:fe80::1', false],
  ['::ffff:10.0.0.1', true],
  ['fd00::1', true],
  ['fe80::1', true],
  ['2001:4860:4860::8888', false],
])('%s is an inner address: %s', (address, expected) => expect(isInnerAddress(address)).toBe(expected));

test('a sink that does not answer is tried six times more, ever more rarely', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map(retryAfterSeconds)).toEqual([10, 60, 300, 1_800, 7_200, 21_600, null]);
});
