import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/infra/db/connection.ts';
import { startEmbedded } from '../../src/infra/db/embedded.ts';
import { migrate } from '../../src/infra/db/migrate.ts';
import { closeForClones } from './database.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A migrated database to clone; connect to its server through `adminUrl`. */
    templateName: string;
    adminUrl: string;
  }
}

/** One real PostgreSQL for the run, with a migrated template that every test file clones; none for pure tests alone. */
export default async function setup(root: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (root.vitest.projects.every(({ name }) => name === 'unit')) return undefined;
  const server = await startEmbedded(join(root.getProvidedContext().runFolder, 'postgres'));
  const template = openDatabase({ url: await server.databaseUrl('template_renkei') });
  await migrate(template.pool);
  await template.close();
  root.provide('templateName', 'template_renkei');
  const adminUrl = await server.databaseUrl('postgres');
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await closeForClones(admin, 'template_renkei');
  await admin.end();
  root.provide('adminUrl', adminUrl);
  return () => server.stop();
}
