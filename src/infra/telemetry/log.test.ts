import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../../../tests/support/folder.ts';
import { createLog, linesTo } from './log.ts';

function logged(facts: object): unknown {
  const lines: string[] = [];
  createLog('info', { write: (line) => lines.push(line) }).info(facts, 'said');
  const { level: _, time: __, msg: ___, ...rest } = JSON.parse(lines[0] ?? '');
  return rest;
}

test('ids, codes and figures are kept as they are', () => {
  const facts = {
    requestId: 'r',
    status: 200,
    findings: [{ check: 'c', says: 's' }],
    at: null,
    within: { deep: [1, 2] },
  };
  expect(logged(facts)).toEqual(facts);
});

test('what names a person is removed, three levels deep and in lists', () => {
  const named = { id: 1, name: 'はな', msisdn: '819000000001' };
  expect(logged({ ...named, one: named, list: [named], two: { three: named } })).toEqual({
    id: 1,
    one: { id: 1 },
    list: [{ id: 1 }],
    two: { three: { id: 1 } },
  });
});

test('of an error its type, the first line of its message, and where', () => {
  const error = Object.assign(new TypeError('a bug'), { detail: 'Key (name)=(はな)', stack: 'at here' });
  expect(logged({ err: error })).toEqual({ err: { type: 'TypeError', message: 'a bug', stack: 'at here' } });
});

test('what says itself what JSON it is, is asked', () => {
  expect(logged({ at: new Date(0), url: new URL('https://example.com/') })).toEqual({
    at: '1970-01-01T00:00:00.000Z',
    url: 'https://example.com/',
  });
});

const saidIn = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).msg);

test('lines of one turn are written by its end, in their order', async () => {
  const path = join(testFolder(), 'log');
  const log = createLog('info', linesTo(path));
  for (const said of ['one', 'two', 'three']) log.info(said);
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(saidIn(path)).toEqual(['one', 'two', 'three']);
});

test.each(['process.exit(3)', "throw new Error('a bug')"])('what was said last before %s is written', (end) => {
  const said = spawnSync(
    process.execPath,
    [
      '--eval',
      `import(${JSON.stringify(new URL('./log.ts', import.meta.url).href)}).then(({ createLog }) => {
         createLog('info').info('last words');
         ${end};
       })`,
    ],
    { encoding: 'utf8' },
  );
  expect(said.status).not.toBe(0);
  expect(said.stdout).toContain('last words');
});
