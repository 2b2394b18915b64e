import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/**
 * The script of the LIFF entry page, with LINE's SDK in it. A built program reads the finished file. Run from its source, the
 * program bundles it now, which takes a moment and needs the development packages.
 */
export async function loadLiffEntry(): Promise<string> {
  const built = await readFile(new URL('./liff-sign-in.bundle.js', import.meta.url), 'utf8').catch(() => null);
  if (built !== null) return built;
  const { build } = await import('esbuild');
  const bundled = await build({
    entryPoints: [fileURLToPath(new URL('./liff-sign-in.js', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  return bundled.outputFiles[0]?.text ?? '';
}
