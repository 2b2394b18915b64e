/**
 * `node --import ./jsx.ts …` runs the program from its source. Node reads TypeScript by itself; only JSX it does not know, so
 * the pages' files are translated as they are loaded. Nothing is kept on disk: the first start is as quick as any.
 */
import { readFileSync } from 'node:fs';
import { registerHooks, setSourceMapsSupport } from 'node:module';
import { fileURLToPath } from 'node:url';

// One translator for all files, not a process each; read when esbuild is loaded.
process.env.ESBUILD_WORKER_THREADS = '1';
const { transformSync } = await import('esbuild');
setSourceMapsSupport(true);

registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith('.tsx')) return nextLoad(url, context);
    const sourcefile = fileURLToPath(url);
    const { code } = transformSync(readFileSync(sourcefile, 'utf8'), {
      loader: 'tsx',
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      format: 'esm',
      target: 'es2024',
      sourcemap: 'inline',
      sourcefile,
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
