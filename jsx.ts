/**
 * `node --import ./jsx.ts …` runs the program from its source. Node reads TypeScript by itself; only JSX it does not know, so
 * the pages' files are translated as they are loaded. What was translated and compiled is kept beside the packages, by content:
 * a second start takes a third less of the processor. Nothing depends on it, and it may be deleted at any time.
 */
import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, enableCompileCache, registerHooks, setSourceMapsSupport } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const KEPT = fileURLToPath(new URL('node_modules/.cache/renkei/', import.meta.url));

/** Another version translates anew. */
const VERSION: string = require('esbuild/package.json').version;

enableCompileCache(`${KEPT}compiled`);
setSourceMapsSupport(true);
// One translator for all files, not a process each; read when esbuild is loaded.
process.env.ESBUILD_WORKER_THREADS = '1';

registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith('.tsx')) return nextLoad(url, context);
    return { format: 'module', source: translated(fileURLToPath(url)), shortCircuit: true };
  },
});

function translated(sourcefile: string): string {
  const source = readFileSync(sourcefile, 'utf8');
  const mark = `// ${hash('sha256', VERSION + source)}\n`;
  const place = `${KEPT}${hash('sha256', sourcefile)}.js`;
  const known = keptAt(place);
  if (known?.startsWith(mark)) return known;
  const { transformSync }: typeof import('esbuild') = require('esbuild');
  const { code } = transformSync(source, {
    loader: 'tsx',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    format: 'esm',
    target: 'es2024',
    sourcemap: 'inline',
    sourcefile,
    banner: mark,
  });
  keep(place, code);
  return code;
}

function keptAt(place: string): string | undefined {
  try {
    return readFileSync(place, 'utf8');
  } catch {
    return undefined;
  }
}

/** Whole or not at all, however many processes start; where nothing can be written, nothing is kept. */
function keep(place: string, code: string): void {
  const begun = `${place}.${process.pid}`;
  try {
    mkdirSync(KEPT, { recursive: true });
    writeFileSync(begun, code);
    renameSync(begun, place);
  } catch {
    // The next start translates again.
  }
}
