import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';

/** The JSON object of a request; `{}` when the body is empty. Throws a SyntaxError for anything else. */
export async function readObject(c: Context): Promise<Record<string, unknown>> {
  const text = await c.req.text();
  if (text.trim() === '') return {};
  const body: unknown = JSON.parse(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new SyntaxError('a JSON object is needed');
  return body as Record<string, unknown>;
}

/** How the control interface refuses. */
export function problem(c: Context, status: number, message: string, more: Record<string, unknown> = {}): Response {
  return c.json({ message, ...more }, status as ContentfulStatusCode);
}

/** Thrown for an address that names nobody. */
export class UnknownPerson extends Error {}

export function personOf(c: Context, { world }: Platform): PersonRecord {
  const userId = c.req.param('userId') ?? '';
  const person = world.people.findPresent(userId);
  if (!person) throw new UnknownPerson(`there is no person ${userId}`);
  return person;
}

/** A whole number that counts something. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
