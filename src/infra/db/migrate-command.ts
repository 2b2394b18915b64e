import { openDatabase } from './connection.ts';
import { migrate } from './migrate.ts';

const url = process.env.DATABASE_URL;
if (!url) {
  console.error('DATABASE_URL is missing: which database shall be brought up to date?');
  process.exit(2);
}
const database = openDatabase({ url });
const applied = await migrate(database.pool);
console.log(applied.length === 0 ? 'The schema is up to date.' : `Applied ${applied.join(', ')}.`);
await database.close();
