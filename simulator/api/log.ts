const secretHeaders = new Set(['authorization', 'cookie', 'set-cookie']);
const secretFields =
  /^(client_secret|client_assertion|code_verifier|access_token|refresh_token|id_token|userAccessToken)$/;

/** A body as it went by: its text when it is one, else how many bytes it had. */
export type Passed = string | number;

/** Header names and values in turns, as Node gives them, with secrets struck out. */
export function shownHeaders(rawHeaders: string[]): Record<string, string> {
  const shown: Record<string, string> = {};
  for (let place = 0; place < rawHeaders.length; place += 2) {
    const name = (rawHeaders[place] ?? '').toLowerCase();
    shown[name] = secretHeaders.has(name) ? '(hidden)' : (rawHeaders[place + 1] ?? '');
  }
  return shown;
}

/** Whether a body of that type is shown as text. */
export function isText(type: string): boolean {
  return type.includes('json') || type.includes('form-urlencoded') || type.startsWith('text/');
}

/** A body as the log shows it: JSON parsed, forms as fields, secrets struck out; bytes as a note. */
export function readable(type: string, passed: Passed): unknown {
  if (typeof passed === 'number') return passed === 0 ? null : `(${passed} bytes ${type})`;
  if (type.includes('json')) return withoutSecrets(parse(passed));
  if (type.includes('form-urlencoded')) return withoutSecrets(Object.fromEntries(new URLSearchParams(passed)));
  return passed.slice(0, 2_000);
}

/** Why an answer refuses, in a sentence; null when it does not. */
export function refusalIn(status: number, type: string, passed: Passed): string | null {
  if (status < 400) return null;
  const body = typeof passed === 'string' && type.includes('json') ? parse(passed) : null;
  if (typeof body !== 'object' || body === null) return `${status}`;
  const { message, error_description: description, details } = body as Record<string, unknown>;
  const first = Array.isArray(details) && details[0] ? `: ${details[0].property} ${details[0].message}` : '';
  return `${message ?? description ?? status}${first}`;
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
