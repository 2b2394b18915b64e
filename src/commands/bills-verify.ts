import { exportFacts, verifyBills } from '../features/billing/index.ts';
import { runnerOf } from '../infra/db/index.ts';
import { loadOperator } from '../operator-folder/load-operator.ts';
import { databaseFor } from './database.ts';

// `npm run bills:verify`: computes every bill again from the facts and names those that differ; exits 1 if any does.
// `-- --export` prints the facts instead, one JSON line a contractor, to be checked by a program of somebody else's.

const database = await databaseFor('bills:verify');
try {
  const sql = runnerOf(database.db);
  if (process.argv.includes('--export')) {
    for await (const facts of exportFacts(sql)) console.log(JSON.stringify(facts));
  } else {
    const { bills, findings } = await verifyBills(sql, loadOperator(process.env.OPERATOR_DIR ?? 'operator'));
    for (const finding of findings) console.error(finding);
    console.log(`${bills} bills, ${findings.length} do not agree`);
    process.exitCode = findings.length === 0 ? 0 : 1;
  }
} finally {
  await database.close();
}
