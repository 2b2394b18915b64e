import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';

const stripped = new Map<string, Promise<string>>();

/** A browser script written in TypeScript, as the browser can run it: types gone, lines where they were. Kept. */
export function loadBrowserScript(path: URL): Promise<string> {
  const known = stripped.get(path.href);
  if (known) return known;
  const loading = readFile(path, 'utf8').then(strip);
  stripped.set(path.href, loading);
  loading.catch(() => stripped.delete(path.href));
  return loading;
}

/** Node calls this function experimental in a warning on the terminal, which would hide what the demo prints. */
function strip(source: string): string {
  const emitWarning = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source, { mode: 'strip' });
  } finally {
    process.emitWarning = emitWarning;
  }
}
