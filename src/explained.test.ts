import { createServer } from 'node:net';
import pg from 'pg';
import { expect, test } from 'vitest';
import { explained } from './explained.ts';
import { Faults } from './operator-folder/faults.ts';

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test('a database that is not there is told in a sentence, without what opens it', async () => {
  const client = new pg.Client('postgresql://renkei:open-sesame@127.0.0.1:1/renkei');
  const says = explained(await failureOf(client.connect()));
  expect(says).toMatch(
    /^The database does not answer \(.*127\.0\.0\.1:1\)\. Is it running, and is DATABASE_URL right\?$/,
  );
  expect(says).not.toContain('open-sesame');
});

test('a port that is taken names the setting', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  const second = createServer();
  const failed = new Promise((_, fail) => second.once('error', fail));
  second.listen(typeof address === 'object' ? address?.port : undefined, '127.0.0.1');
  expect(explained(await failureOf(failed))).toMatch(/^PORT is taken/);
  server.close();
});

test.each([
  ['28P01', 'password authentication failed for user "renkei"'],
  ['3D000', 'database "nodb" does not exist'],
  ['57P03', 'the database system is starting up'],
])('what PostgreSQL says at its door (%s) is repeated', (code, message) =>
  expect(explained(Object.assign(new Error(message), { code }))).toBe(`The database lets nobody in: ${message}.`),
);

test('settings that are wrong stand by themselves; of a bug everything is told', () => {
  expect(explained(new Faults(['PORT is missing']))).toContain('PORT is missing');
  expect(explained(new TypeError('cannot read x of undefined'))).toBeUndefined();
  expect(explained(Object.assign(new Error('duplicate key'), { code: '23505' }))).toBeUndefined();
  expect(explained(Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open' }))).toBeUndefined();
});
