const secretHeaders = new Set(['authorization', 'cookie', 'set-cookie']);
const secretFields =
  /^(client_secret|client_assertion|code_verifier|access_token|refresh_token|id_token|userAccessToken)$/;

/** Headers with their secrets struck out. */
export function shownHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].map(([name, value]) => [name, secretHeaders.has(name) ? '(hidden)' : value]));
}

/** A body as the log shows it: JSON parsed, forms as fields, bytes as a note; secrets struck out. */
export async function readableBody(message: Request | Response): Promise<unknown> {
  const type = message.headers.get('content-type') ?? '';
  if (type.includes('json')) return withoutSecrets(parse(await message.text()));
  if (type.includes('form-urlencoded')) {
    return withoutSecrets(Object.fromEntries(new URLSearchParams(await message.text())));
  }
  if (type.startsWith('text/')) return (await message.text()).slice(0, 2_000);
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
