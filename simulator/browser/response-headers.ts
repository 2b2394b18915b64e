import type { IncomingHttpHeaders } from 'node:http';
import { rewriteContentSecurityPolicy } from './content-security-policy.ts';

const DROPPED = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'set-cookie',
  'x-frame-options',
  'strict-transport-security',
  'location',
  'content-security-policy',
  'content-security-policy-report-only',
]);

/** The upstream's headers as the phone's frame may see them; cookies went into the person's jar. */
export function frameHeaders(
  headers: IncomingHttpHeaders,
  options: {
    nonce: string;
    isRewritten: boolean;
    mapLink: (url: string) => string;
    mapOrigin: (origin: string) => string | null;
    anyProxiedOrigin: string;
  },
): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (DROPPED.has(name) || value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) result.append(name, item);
  }
  const length = headers['content-length'];
  if (length && !options.isRewritten) result.set('content-length', length);
  if (headers.location) result.set('location', options.mapLink(headers.location));
  const policy = headers['content-security-policy'];
  if (policy) {
    const text = Array.isArray(policy) ? policy.join(', ') : policy;
    for (const one of text.split(', ')) {
      result.append('content-security-policy', rewriteContentSecurityPolicy(one, options));
    }
  }
  return result;
}
