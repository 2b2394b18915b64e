import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Language } from '../contract.ts';
import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';
import { personCookieName, readPersonCookie } from './person-cookie.ts';

/** Whose browser asks, by the cookie; null for a browser nobody has signed in with. */
export function visitorOf(c: Context, { world, cookieKey }: Platform): PersonRecord | null {
  const userId = readPersonCookie(getCookie(c, personCookieName), cookieKey);
  return (userId && world.people.findPresent(userId)) || null;
}

/** The person's language, else the browser's, else Japanese. */
export function languageOf(c: Context, person: PersonRecord | null): Language {
  if (person) return person.language;
  return /^en\b/i.test(c.req.header('accept-language') ?? '') ? 'en' : 'ja';
}
