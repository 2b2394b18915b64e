import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/infra/db/index.ts';
import { makeKeys } from '../../src/infra/secrets.ts';
import { type AppProcess, startAppProcess } from '../support/app-process.ts';
import { testDatabase } from '../support/database.ts';
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
});
