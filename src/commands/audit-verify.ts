import { verifyAuditChain } from '../infra/db/audit-chain.ts';
import { databaseFor } from './database.ts';

// `npm run audit:verify`: walks the audit log's chain. Exits 1 when anything was changed, removed, swapped or slipped in.
// With a head noted earlier (`npm run audit:verify -- 1204:9f…`) also when the chain was cut short or rewritten as a whole.

const noted = process.argv[2];
const [, position, hash] = /^(\d+):([0-9a-f]{64})$/.exec(noted ?? '') ?? [];
if (noted !== undefined && !(position && hash)) {
  console.error('A noted head is written position:hash, as this command prints it.');
  process.exit(2);
}

const database = await databaseFor('audit:verify');
try {
  const anchor = position && hash ? { position: Number(position), hash } : undefined;
  const { findings, head, waiting } = await verifyAuditChain(database.db, anchor);
  for (const finding of findings) console.log(`not so: ${finding}`);
  if (findings.length > 0) process.exitCode = 1;
  else console.log(`the audit log is whole; not chained yet: ${waiting}`);
  console.log(`head ${head.position}:${head.hash}`);
} finally {
  await database.close();
}
