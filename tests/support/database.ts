import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../src/infra/db/index.ts';

/** A database of this test file's own, cloned from the migrated template. Close it in `afterAll`. */
export async function testDatabase(options: { poolSize?: number } = {}): Promise<Database> {
  const adminUrl = inject('adminUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`create database ${name} template ${inject('templateName')} strategy file_copy`);
  await admin.end();
  return openDatabase({ url: adminUrl.replace('/postgres?', `/${name}?`), poolSize: options.poolSize ?? 8 });
}
