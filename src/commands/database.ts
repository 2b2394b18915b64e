import { explained } from '../explained.ts';
import { assertSchema, type Database, type DatabaseOptions, openDatabase } from '../infra/db/index.ts';

const ALL_THE_TIME = { statement_timeout: '0' };

/**
 * The database that DATABASE_URL names. Without one, or where it does not answer or is at another schema than this
 * program's, the command says so and exits 2.
 */
export async function databaseFor(
  command: string,
  {
    poolSize = 1,
    migrates = false,
    settings = {},
  }: { poolSize?: number; migrates?: boolean; settings?: DatabaseOptions['settings'] } = {},
): Promise<Database> {
  const url = process.env.DATABASE_URL;
  if (!url) {
    console.error(`Set DATABASE_URL to the database that ${command} is to work on.`);
    process.exit(2);
  }
  process.once('uncaughtException', (error) => {
    console.error(explained(error) ?? error);
    process.exit(2);
  });
  const applicationName = `renkei ${command}`;
  const database = openDatabase({ url, poolSize, applicationName, settings: { ...settings, ...ALL_THE_TIME } });
  if (!migrates) await assertSchema(database.pool);
  return database;
}
