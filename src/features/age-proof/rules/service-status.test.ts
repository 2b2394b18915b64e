import { expect, test } from 'vitest';
import { serviceStatus } from './service-status.ts';

test.each([
  [true, false, { voiceSmsIn: 'active', voiceSmsOut: 'active', dataService: 'active' }],
  [true, true, { voiceSmsIn: 'active', voiceSmsOut: 'active', dataService: 'throttled' }],
  [false, false, null],
  [false, true, null],
])('with calls %s, slowed %s', (hasVoice, isSlowed, told) => {
  expect(serviceStatus({ hasVoice, isSlowed })).toEqual(told);
});
