import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/infra/db/index.ts';
import { makeKeys } from '../../src/infra/secrets.ts';
import { type AppProcess, startAppProcess } from '../support/app-process.ts';
import { testDatabase } from '../support/database.ts';
import { testFolder } from '../support/folder.ts';
import { freePort } from '../support/free-port.ts';

const run = promisify(execFile);

let database: Database;
let app: AppProcess | undefined;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await app?.kill();
  await database.close();
});

test('what `npm run build` makes starts, and answers a page with the styles and scripts it names', async () => {
  // As the build does, without looking at types again: `npm run check` does.
  await run(process.execPath, ['node_modules/.bin/tsc', '-p', 'tsconfig.build.json', '--noCheck']);
  await run(process.execPath, ['--import', './jsx.ts', 'src/build-beside.ts']);

  app = await startAppProcess({
    program: ['dist/src/main.js'],
    databaseUrl: database.url,
    port: await freePort(),
    keys: makeKeys(),
  });
  const page = await (await fetch(`${app.url}/help`)).text();
  const assets = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path);
  expect(assets.length).toBeGreaterThan(1);
  for (const path of assets) expect((await fetch(`${app.url}${path}`)).status, path).toBe(200);

  expect(await app.terminate()).toBe(0);
  app = undefined;
});

test('what is read beside the code goes along by its kind, and never in the place of something compiled', async () => {
  const cwd = testFolder();
  const besides = () => run(process.execPath, [resolve('src/build-beside.ts')], { cwd });
  async function write(...files: string[]): Promise<void> {
    for (const file of files) {
      await mkdir(join(cwd, 'src', dirname(file)), { recursive: true });
      await writeFile(join(cwd, 'src', file), '');
    }
  }
  await write('a.ts', 'b/page.tsx', 'b/page.css', 'b/page.js.md', 'db/0001_x.sql', 'line/open.js', 'demo/mail.css');
  await besides();
  const files = await readdir(join(cwd, 'dist/src'), { recursive: true, withFileTypes: true });
  const names = files.filter((file) => file.isFile()).map(({ name }) => name);
  expect(names.sort()).toEqual(['0001_x.sql', 'open.js', 'page.css']);

  await write('b/page.js');
  await expect(besides()).rejects.toThrow('b/page.js would take the place of what b/page.tsx is compiled to');
});
