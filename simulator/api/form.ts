import type { Context } from 'hono';
import { refuseOAuth } from './refusal.ts';

/** A form body; the OAuth endpoints take nothing else. */
export async function readForm(c: Context): Promise<URLSearchParams> {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) {
    throw refuseOAuth(
      'invalid_request',
      `Content-Type must be application/x-www-form-urlencoded, not ${type || 'missing'}`,
    );
  }
  return new URLSearchParams(await c.req.text());
}
