import type { Context } from 'hono';

/** A posted form: `form('name')` is the text typed, or `''`. Files and repeats count as nothing typed. */
export type Form = (name: string) => string;

/** Reads a form of fields; anything else than a form reads as an empty one. */
export async function readForm(c: Context): Promise<Form> {
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(c.req.header('content-type') ?? '')) {
    return () => '';
  }
  const fields = await c.req.parseBody();
  return (name) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return typeof value === 'string' ? value : '';
  };
}
