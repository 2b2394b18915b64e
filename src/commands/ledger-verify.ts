import { Temporal } from 'temporal-polyfill';
import { dataChecks } from '../features/data/index.ts';
import { giftChecks } from '../features/gifts/index.ts';
import { pointChecks } from '../features/points/index.ts';
import { reconcile } from '../ledger/index.ts';
import { databaseFor } from './database.ts';

// `npm run ledger:verify`: compares the whole journal with its lots and records what it found. (The hourly look reads only
// what is new since the last one.) Exits 1 when they disagree.

const database = await databaseFor('ledger:verify');
try {
  const more = [...dataChecks, ...giftChecks, ...pointChecks];
  const findings = await reconcile(database.db, Temporal.Now.instant(), { more, from: 'beginning' });
  for (const { check, says } of findings) console.log(`not so: ${check}: ${says}`);
  if (findings.length === 0) console.log('journal and lots agree');
  else process.exitCode = 1;
} finally {
  await database.close();
}
