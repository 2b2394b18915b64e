import type { Context } from 'hono';
import { checkBody } from '../messages/check.ts';
import type { BodyName } from '../messages/schema-check.ts';
import type { Asked } from './operation.ts';
import { Refusal, refuse } from './refusal.ts';

const atMostBytes = 2 * 1024 * 1024;

/** The JSON body, or LINE's refusal of it: other content type 415, over 2 MB 413, not JSON 400. */
export function parseJson(text: string, contentType = ''): unknown {
  if (!/^application\/json\b/i.test(contentType)) {
    throw refuse(415, `The content type, ${contentType || '-'}, is not supported`);
  }
  // A UTF-16 unit is three bytes at most, so short texts need not be counted.
  if (text.length * 3 > atMostBytes && Buffer.byteLength(text) > atMostBytes) {
    throw refuse(413, 'Request Entity Too Large');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const { line, column } = placeOf(error);
    throw refuse(400, `The request body could not be parsed as JSON (line: ${line}, column: ${column})`);
  }
}

export async function readJson(c: Context): Promise<unknown> {
  return parseJson(await c.req.text(), c.req.header('content-type'));
}

/** The JSON body, checked as strictly as LINE checks it. `T` is what the schema of that name guarantees. */
export async function readChecked<T>(c: Context, name: BodyName): Promise<T> {
  return checked<T>(await readJson(c), name);
}

/** The same of a call that no framework has wrapped. */
export function checkedBody<T>({ text, headers }: Asked, name: BodyName): T {
  return checked<T>(parseJson(text, headers['content-type']), name);
}

function checked<T>(body: unknown, name: BodyName): T {
  const refusal = checkBody(name, body);
  if (refusal) throw new Refusal(400, refusal);
  return body as T;
}

/** Where the parser stopped, when it says so; LINE, too, writes dashes when it does not know. */
function placeOf(error: unknown): { line: string; column: string } {
  const [, line = '-', column = '-'] = /line (\d+) column (\d+)/.exec(String(error)) ?? [];
  return { line, column };
}
