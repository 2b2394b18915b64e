import { describe, expect, it } from 'vitest';
import { inAppUrl, linkUrl, placesForUiPort, readProxyHost } from './address.ts';

const userId = `U${'4f'.repeat(16)}`;
const places = placesForUiPort(9100);
const access = `http://u${'4f'.repeat(16)}--127-0-0-1-9103.localhost:9104`;

describe('an address in the in-app browser', () => {
  it.each([
    ['http://127.0.0.1:3000/link?x=1#a', `http://u${'4f'.repeat(16)}--127-0-0-1-3000.localhost:9104/link?x=1#a`],
    ['http://localhost:3000/', `http://u${'4f'.repeat(16)}--localhost-3000.localhost:9104/`],
    ['https://access.line.me/dialog/bot/accountLink?nonce=n', `${access}/dialog/bot/accountLink?nonce=n`],
    ['https://liff.line.me/123-abc/gift', `${access}/123-abc/gift`],
    ['https://line.me/R/share?text=a%20b', `${access}/__line/share?text=a%20b`],
    ['https://line.me/R/msg/text/?a%20b', `${access}/__line/share?text=a%20b`],
    ['https://line.me/R/ti/p/@renkei', `${access}/__line/add-friend?id=%40renkei`],
    ['line://ti/p/%40renkei', `${access}/__line/add-friend?id=%40renkei`],
    [
      'https://line.me/R/oaMessage/@renkei/',
      `${access}/__line/notice?url=https%3A%2F%2Fline.me%2FR%2FoaMessage%2F%40renkei%2F`,
    ],
  ])('%s', (url, expected) => expect(inAppUrl({ userId, url, places })).toBe(expected));

  it.each(['https://example.com/', 'http://192.168.0.1/', 'http://127.0.0.1.evil.test/', 'javascript:alert(1)', 'x'])(
    'never leaves loopback: %s',
    (url) => {
      expect(inAppUrl({ userId, url, places })).toBeNull();
      expect(linkUrl({ userId, url, places })).toBe(`${access}/__line/notice?url=${encodeURIComponent(url)}`);
    },
  );

  it('leaves telephone numbers to the phone', () => {
    expect(linkUrl({ userId, url: 'tel:0120000000', places })).toBe('tel:0120000000');
  });
});

describe('a host of the proxy', () => {
  it('says who visits what', () => {
    expect(readProxyHost(`u${'4f'.repeat(16)}--127-0-0-1-3000.localhost`)).toEqual({
      userId,
      upstreamOrigin: 'http://127.0.0.1:3000',
    });
  });
  it.each([
    'localhost',
    'u1--127-0-0-1-3000.localhost',
    `u${'4f'.repeat(16)}--10-0-0-1-80.localhost`,
    `u${'4f'.repeat(16)}--127-0-0-1-99999.localhost`,
  ])('is not %s', (host) => expect(readProxyHost(host)).toBeNull());
});
