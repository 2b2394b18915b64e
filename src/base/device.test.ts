import { describe, expect, test } from 'vitest';
import { describeDevice } from './device.ts';

describe('a device as its owner knows it', () => {
  test.each([
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Mobile/15E148 Safari Line/15.0.0',
      'iPhone',
      'LINE',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1',
      'iPhone',
      'Safari',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36',
      'Android',
      'Chrome',
    ],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0', 'Windows', 'Edge'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:132.0) Gecko/20100101 Firefox/132.0', 'Mac', 'Firefox'],
    ['curl/8', 'unknown', 'unknown'],
    [null, 'unknown', 'unknown'],
  ])('%s', (userAgent, device, browser) => expect(describeDevice(userAgent)).toEqual({ device, browser }));
});
