import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { FolderInUse, startEmbedded } from '../infra/db/embedded.ts';
import { COMPANIES, companyFile } from './companies.tsx';

/** `npm run demo:reset`: the next `npm start` begins anew. Refuses while the demo runs. */
const dataDir = resolve(process.env.DATA_DIR ?? 'data');
const folder = join(dataDir, 'postgres');
try {
  // Starting the database is the surest way to know that nobody else has it.
  const server = await startEmbedded(folder);
  await server.stop();
} catch (error) {
  if (!(error instanceof FolderInUse)) throw error;
  console.error(error.message);
  process.exit(1);
}
await rm(folder, { recursive: true, force: true });
await rm(join(dataDir, 'simulator.json'), { force: true });
for (const company of COMPANIES) await rm(companyFile(dataDir, company), { force: true });
console.log(`Emptied ${dataDir}. The next npm start begins anew.`);
