import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** The program runs from its source, and what was translated is kept: what stands in the source now is what runs. */

// Under the project's own packages, where a page finds the library it is drawn with.
const folder = fileURLToPath(new URL(`../coverage/from-source-${process.pid}/`, import.meta.url));
const page = `${folder}page.tsx`;
beforeAll(() => mkdirSync(folder, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true }));

const run = promisify(execFile);
async function draw(): Promise<string> {
  const program = `const { draw } = await import('${pathToFileURL(page)}'); console.log(String(draw()));`;
  const { stdout } = await run(process.execPath, ['--import', './jsx.ts', '--input-type=module', '-e', program]);
  return stdout.trim();
}

test('a page is drawn as it stands, the second time, changed, and changed back', async () => {
  const drawn: string[] = [];
  for (const word of ['one', 'one', 'two', 'one']) {
    writeFileSync(page, `export const draw = () => <p>${word}</p>;\n`);
    drawn.push(await draw());
  }
  expect(drawn).toEqual(['<p>one</p>', '<p>one</p>', '<p>two</p>', '<p>one</p>']);
});

test('where it fails is said by the lines of the source, translated now or kept', async () => {
  writeFileSync(
    page,
    `export function draw() {\n  const lost: unknown = <p>lost</p>;\n  throw new Error(typeof lost);\n}\n`,
  );
  for (const _ of ['translated', 'kept']) await expect(draw()).rejects.toThrow(/page\.tsx:3:9/);
});
