import type { Context } from 'hono';

const secretHeaders = new Set(['authorization', 'cookie', 'set-cookie']);
const secretFields =
  /^(client_secret|client_assertion|code_verifier|access_token|refresh_token|id_token|userAccessToken)$/;

/** Headers with their secrets struck out. */
export function shownHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].map(([name, value]) => [name, secretHeaders.has(name) ? '(hidden)' : value]));
}

/** The request's body for the log. Texts are read through Hono, which keeps them for whoever reads them next. */
export async function readableRequest(c: Context): Promise<unknown> {
  const type = c.req.header('content-type') ?? '';
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return null;
  return isShownAsText(type) ? readable(type, await c.req.text()) : readableBytes(c.req.raw.clone());
}

/** The answer's body for the log. A text is taken out and put back: that is cheaper than a second stream of it. */
export async function readableAnswer(c: Context): Promise<unknown> {
  const type = c.res.headers.get('content-type') ?? '';
  if (!isShownAsText(type)) return c.res.body === null ? null : readableBytes(c.res.clone());
  const { status, headers } = c.res;
  const text = await c.res.text();
  c.res = undefined;
  c.res = new Response(text, { status, headers });
  return readable(type, text);
}

function isShownAsText(type: string): boolean {
  return type.includes('json') || type.includes('form-urlencoded') || type.startsWith('text/');
}

/** A text as the log shows it: JSON parsed, forms as fields; secrets struck out. */
function readable(type: string, text: string): unknown {
  if (type.includes('json')) return withoutSecrets(parse(text));
  if (type.includes('form-urlencoded')) return withoutSecrets(Object.fromEntries(new URLSearchParams(text)));
  return text.slice(0, 2_000);
}

/** Bytes as a note. */
async function readableBytes(message: Request | Response): Promise<unknown> {
  const type = message.headers.get('content-type') ?? '';
  const bytes = await message.arrayBuffer();
  return bytes.byteLength === 0 ? null : `(${bytes.byteLength} bytes ${type})`;
}

function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function withoutSecrets(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, secretFields.test(name) && value ? '(hidden)' : value]),
  );
}
