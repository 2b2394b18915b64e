import { isIP } from 'node:net';

/**
 * The address that limits are counted by: IPv4 as it is, IPv6 by its /64, since one home or phone owns all of that.
 * IPv4 inside IPv6 (`::ffff:192.0.2.1`) counts as IPv4.
 */
export function countedAddress(address: string | undefined): string {
  const plain = (address ?? '').trim();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped && isIP(mapped) === 4) return mapped;
  if (isIP(plain) === 4) return plain;
  if (isIP(plain) !== 6) return 'unknown';
  return `${firstFourGroups(plain).join(':')}::/64`;
}

function firstFourGroups(address: string): string[] {
  const [head = '', tail = ''] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...zeros, ...after].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
}

/**
 * The client behind our own proxies. Each proxy appends the address it saw to `X-Forwarded-For`, so only the last
 * `trustedProxies` entries can be believed; anything a client wrote itself lies further left.
 */
export function clientAddress(facts: {
  peer: string | undefined;
  forwardedFor: string | undefined;
  trustedProxies: number;
}): string {
  if (facts.trustedProxies === 0) return countedAddress(facts.peer);
  const hops = (facts.forwardedFor ?? '').split(',').filter((hop) => hop.trim() !== '');
  return countedAddress(hops.at(-facts.trustedProxies) ?? facts.peer);
}
