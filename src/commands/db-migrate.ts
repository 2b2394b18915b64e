import { migrate } from '../infra/db/index.ts';
import { databaseFor } from './database.ts';

// `npm run db:migrate`: brings the schema up to date.

const database = await databaseFor('db:migrate', { migrates: true });
const applied = await migrate(database.pool);
console.log(applied.length === 0 ? 'The schema is up to date.' : `Applied ${applied.join(', ')}.`);
await database.close();
