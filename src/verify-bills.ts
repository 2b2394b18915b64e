import { exportFacts, verifyBills } from './features/billing/index.ts';
import { openDatabase, runnerOf } from './infra/db/index.ts';
import { loadOperator } from './operator-folder.ts';

/**
 * `npm run bills:verify` works every bill out anew from the facts and names what does not agree; `-- --export` prints the
 * facts instead, one JSON line a contractor, for whoever wants to work them out elsewhere.
 */
const { DATABASE_URL, OPERATOR_DIR } = process.env;
if (!DATABASE_URL) throw new Error('DATABASE_URL is missing');
const database = openDatabase({ url: DATABASE_URL, poolSize: 1 });
try {
  const sql = runnerOf(database.db);
  if (process.argv.includes('--export')) {
    for await (const facts of exportFacts(sql)) console.log(JSON.stringify(facts));
  } else {
    const { bills, findings } = await verifyBills(sql, loadOperator(OPERATOR_DIR ?? 'operator'));
    for (const finding of findings) console.error(finding);
    console.log(`${bills} bills, ${findings.length} do not agree`);
    process.exitCode = findings.length === 0 ? 0 : 1;
  }
} finally {
  await database.close();
}
