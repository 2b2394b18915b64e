/** Addresses that are nobody's on the open net: events about people are not sent there, nor can we be made to look inside. */
const PRIVATE_V4 = [
  /^0\./,
  /^10\./,
  /^127\./,
  /^169\.254\./,
  /^192\.168\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^192\.0\.0\./,
  /^198\.1[89]\./,
  /^(22[4-9]|23\d|24\d|25[0-5])\./,
];

/** Whether an IP address belongs to a network of its own: loopback, private, link-local, shared, multicast. */
export function isInnerAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = (mapped ?? address).toLowerCase();
  if (plain.includes('.')) return PRIVATE_V4.some((range) => range.test(plain));
  return plain === '::' || plain === '::1' || /^(fe[89ab]|f[cd]|ff)/.test(plain);
}

/**
 * Whether events may be sent to this address: https, with a name and not a bare IP address, no sign-in inside.
 *
 * @param isHome the demo, which lives on loopback alone: there a sink on the same machine will do, also by http
 */
export function isSink(sink: string, isHome: boolean): boolean {
  if (!URL.canParse(sink) || sink.length > 2_000) return false;
  const { protocol, hostname, username, password } = new URL(sink);
  if (username !== '' || password !== '') return false;
  const isOnThisMachine = hostname === '127.0.0.1' || hostname === 'localhost';
  if (isHome && isOnThisMachine) return protocol === 'http:' || protocol === 'https:';
  const isName = /[a-z]/.test(hostname) && hostname.includes('.') && !hostname.endsWith('.localhost');
  return protocol === 'https:' && isName;
}
