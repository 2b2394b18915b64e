import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../../tests/support/database.ts';
import { testFolder } from '../../../../tests/support/folder.ts';
import { createGiftWorld, type GiftWorld } from '../../../../tests/support/gift-world.ts';
import { GB, MB } from '../../../base/bytes.ts';
import type { Database } from '../../../infra/db/index.ts';

let database: Database;
let world: GiftWorld;
const folder = testFolder();
/** By the real clock, which the program keeps. */
const now = Temporal.Now.instant();
const today = now.toZonedDateTimeISO('Asia/Tokyo').toPlainDate().toString();

beforeAll(async () => {
  database = await testDatabase();
  world = createGiftWorld(database, now.toString());
});
afterEach(async () => expect(await world.faults()).toEqual([]));
afterAll(async () => {
  await world.close();
  await database.close();
});

function write(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

function start(...args: string[]): { child: ChildProcess; ended: Promise<{ code: number | null; said: string }> } {
  const child = spawn(process.execPath, ['--import', './jsx.ts', 'src/commands/usage-import.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, DATABASE_URL: database.url, OPERATOR_DIR: 'operator' },
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk));
  return { child, ended: new Promise((done) => child.once('exit', (code) => done({ code, said }))) };
}
const run = (...args: string[]) => start(...args).ended;

const used = async (subscriptionId: string) => (await world.balance(subscriptionId)).todayBytes;

test('a dry run writes nothing and says what would happen; then the rows count once, and what is wrong is told by line', async () => {
  const { subscriptionId } = await world.subscription();
  const path = write('mixed.csv', [
    'subject,end,uplinkBytes,downlinkBytes,zeroRated,note',
    `${subscriptionId},${now},1000,2000,,first`,
    `${subscriptionId},${now},0,5000,yes,"with a comma, and ""quotes"""`,
    '',
    `819000000000,${now},1,1,,nobody`,
    `${subscriptionId},${now.add({ hours: 24 })},1,1,,tomorrow`,
    `${subscriptionId},${now.subtract({ hours: 24 * 50 })},1,1,,long ago`,
    `${subscriptionId},yesterday,1,1,,no moment`,
    `${subscriptionId},${now},many,1,,no number`,
    `${subscriptionId},${now}`,
  ]);
  const report = `${path}.rejected.csv`;

  const dry = await run(path, '--dry-run');
  expect(dry.code).toBe(1);
  expect(dry.said).toContain('would count 2 rows; 0 are counted already, 6 would be rejected; nothing was written');
  expect(await used(subscriptionId)).toBe(0);

  const first = await run(path);
  expect(first.said).toContain('counted 2 rows; 0 were counted already, 6 were rejected');
  expect(await used(subscriptionId)).toBe(8_000);
  expect((await world.balance(subscriptionId)).totalBytes).toBe(3 * GB - 3_000);
  const told = readFileSync(report, 'utf8').trim().split('\n').slice(1);
  expect(told.map((line) => line.split(',').slice(0, 2))).toEqual([
    ['5', 'unknown-subscription'],
    ['6', 'from-the-future'],
    ['7', 'too-old'],
    ['8', 'malformed-record'],
    ['9', 'malformed-record'],
    ['10', 'malformed-record'],
  ]);
  for (const line of told) expect(line.split(',"')[1]?.length).toBeGreaterThan(10);

  expect((await run(path)).said).toContain('counted 0 rows; 2 were counted already');
  expect((await run(path, '--dry-run')).said).toContain('would count 0 rows; 2 are counted already');
  expect(await used(subscriptionId)).toBe(8_000);
});

test('daily totals: a corrected file replaces what the one before said, also by less', async () => {
  const { subscriptionId } = await world.subscription();
  const daily = (name: string, megabytes: number) =>
    write(name, ['subject,day,bytes', `${subscriptionId},${today},${megabytes * MB}`]);
  expect((await run(daily('day.csv', 900), '--source', 'mvne')).code).toBe(0);
  expect((await run(daily('day.csv', 700), '--source', 'mvne')).code).toBe(0);
  expect(await used(subscriptionId)).toBe(700 * MB);
  expect(await world.left(subscriptionId)).toEqual({ base: 2_300 * MB });
  expect(existsSync(join(folder, 'day.csv.rejected.csv'))).toBe(false);
});

test('a file that is no usage is refused whole', async () => {
  const path = write('other.csv', ['name,color', 'a,b']);
  const answer = await run(path);
  expect(answer.code).toBe(2);
  expect(answer.said).toContain('lacks subject');
  expect(await run(write('empty.csv', []))).toMatchObject({ code: 2, said: expect.stringContaining('holds nothing') });
  expect((await run(join(folder, 'nowhere.csv'))).code).toBe(2);
});

test('killed in the middle, the same again goes on: every row once', async () => {
  const { subscriptionId } = await world.subscription({ planCode: 'p12' });
  const rows = Array.from({ length: 30_000 }, (_, at) => `${subscriptionId},${now},${at % 7}`);
  const path = write('large.csv', ['subject,end,bytes', ...rows]);
  const expected = rows.reduce((sum, _, at) => sum + (at % 7), 0);
  const { child, ended } = start(path);
  for (;;) {
    const bytes = await used(subscriptionId);
    if (bytes > 0) break;
    await wait(5);
  }
  child.kill('SIGKILL');
  await ended;
  const between = await used(subscriptionId);
  expect(between).toBeGreaterThan(0);
  expect(between).toBeLessThan(expected);
  const again = await run(path);
  expect(again.said).toMatch(/counted \d+ rows; [1-9]\d* were counted already, 0 were rejected/);
  expect(await used(subscriptionId)).toBe(expected);
});
