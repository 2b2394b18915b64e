import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/infra/db/connection.ts';
import { startEmbedded } from '../../src/infra/db/embedded.ts';
import { migrate } from '../../src/infra/db/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A migrated database to clone; connect to its server through `adminUrl`. */
    templateName: string;
    adminUrl: string;
  }
}

/** One real PostgreSQL for the run, with a migrated template that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'renkei-test-'));
  const server = await startEmbedded(join(folder, 'postgres'));
  const template = openDatabase({ url: await server.databaseUrl('template_renkei') });
  await migrate(template.pool);
  await template.close();
  project.provide('templateName', 'template_renkei');
  const adminUrl = await server.databaseUrl('postgres');
  await closeForClones(adminUrl);
  project.provide('adminUrl', adminUrl);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/** Nobody connects to the template any more, the server's own workers included: then it can be cloned at any moment. */
async function closeForClones(adminUrl: string): Promise<void> {
  const admin = openDatabase({ url: adminUrl, poolSize: 1 });
  await admin.pool.query('alter database template_renkei allow_connections false');
  for (let others = 1; others > 0; ) {
    const { rows } = await admin.pool.query<{ others: number }>(
      `select count(*)::int as others from pg_stat_activity where datname = 'template_renkei'`,
    );
    others = rows[0]?.others ?? 0;
    if (others > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await admin.close();
}
