import { describe, expect, test } from 'vitest';
import { clientAddress, countedAddress } from './address.ts';

describe('the address limits are counted by', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:DB8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['1::4:5:6:7:8', '1:0:0:4::/64'],
    ['::2:3:4:5:6:7:8', '0:2:3:4::/64'],
    ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
    ['1:2:3:4:5:6:192.0.2.7', '1:2:3:4::/64'],
    ['1::ffff:192.0.2.7', '1:0:0:0::/64'],
    ['::ffff:192.0.2.256', 'unknown'],
    ['::ffff:192.0.2.7.8', 'unknown'],
    [undefined, 'unknown'],
    ['nonsense', 'unknown'],
  ])('%s counts as %s', (address, counted) => expect(countedAddress(address)).toBe(counted));
});

describe('behind our own proxies', () => {
  const peer = '10.0.0.1';
  test.each([
    ['no proxy of ours: the header is a client’s own words', 0, '203.0.113.9', '10.0.0.1'],
    ['one proxy: what it saw stands last', 1, '198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['two proxies', 2, '198.51.100.1, 203.0.113.9, 10.0.0.2', '203.0.113.9'],
    ['blanks and empty places', 2, '198.51.100.1 , 203.0.113.9 ,, 10.0.0.2', '203.0.113.9'],
    ['a proxy that adds nothing', 1, undefined, '10.0.0.1'],
  ])('%s', (_, trustedProxies, forwardedFor, address) =>
    expect(clientAddress({ peer, forwardedFor, trustedProxies })).toBe(address),
  );
});
