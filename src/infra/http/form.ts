import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';

/** A posted form: `form('name')` is the text typed, or `''`. Files and repeats count as nothing typed. */
export type Form = (name: string) => string;

/**
 * Reads a form of fields; anything else than a form reads as an empty one. One that broke off or is none inside is refused
 * (400), and so is one with a NUL, which no page of ours sends and no column keeps.
 */
export async function readForm(c: Context): Promise<Form> {
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(c.req.header('content-type') ?? '')) {
    return () => '';
  }
  const fields = await c.req.parseBody().catch((cause: unknown) => {
    throw new HTTPException(400, { cause });
  });
  if (Object.values(fields).some((value) => typeof value === 'string' && value.includes('\0'))) {
    throw new HTTPException(400, { message: 'a form with a NUL' });
  }
  return (name) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return typeof value === 'string' ? value : '';
  };
}
