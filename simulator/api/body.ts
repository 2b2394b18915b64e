import type { Context } from 'hono';
import { checkBody } from '../messages/check.ts';
import type { BodyName } from '../messages/schema-check.ts';
import { Refusal, refuse } from './refusal.ts';

const atMostBytes = 2 * 1024 * 1024;

/** The JSON body, or LINE's refusal of it: other content type 415, over 2 MB 413, not JSON 400. */
export async function readJson(c: Context): Promise<unknown> {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/json\b/i.test(type)) throw refuse(415, `The content type, ${type || '-'}, is not supported`);
  const text = await c.req.text();
  if (Buffer.byteLength(text) > atMostBytes) throw refuse(413, 'Request Entity Too Large');
  try {
    return JSON.parse(text);
  } catch (error) {
    const { line, column } = placeOf(error);
    throw refuse(400, `The request body could not be parsed as JSON (line: ${line}, column: ${column})`);
  }
}

/** The JSON body, checked as strictly as LINE checks it. `T` is what the schema of that name guarantees. */
export async function readChecked<T>(c: Context, name: BodyName): Promise<T> {
  const body = await readJson(c);
  const refusal = checkBody(name, body);
  if (refusal) throw new Refusal(400, refusal);
  return body as T;
}

/** Where the parser stopped, when it says so; LINE, too, writes dashes when it does not know. */
function placeOf(error: unknown): { line: string; column: string } {
  const [, line = '-', column = '-'] = /line (\d+) column (\d+)/.exec(String(error)) ?? [];
  return { line, column };
}
