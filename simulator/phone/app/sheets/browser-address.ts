/** Reads the person's own addresses (see simulator/browser/address.ts) back into what a person should see. */
export function trueAddress(proxied: string): { host: string; path: string } {
  const url = new URL(proxied);
  const match = /^u[0-9a-f]{32}--(.+)-(\d+)\.localhost$/.exec(url.hostname);
  const host = match ? `${match[1]?.replaceAll('-', '.')}:${match[2]}` : url.host;
  return { host, path: url.pathname };
}

/** Whether an origin is a page in this person's browser. */
export function belongsTo(origin: string, userId: string): boolean {
  const url = URL.canParse(origin) ? new URL(origin) : null;
  return (
    url?.protocol === 'http:' &&
    url.hostname.startsWith(`${userId.toLowerCase()}--`) &&
    url.hostname.endsWith('.localhost')
  );
}
