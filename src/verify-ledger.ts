import { Temporal } from 'temporal-polyfill';
import { dataChecks } from './features/data/index.ts';
import { giftChecks } from './features/gifts/index.ts';
import { pointChecks } from './features/points/index.ts';
import { openDatabase } from './infra/db/index.ts';
import { reconcile } from './ledger/index.ts';

// `npm run ledger:verify`: reads the journal of DATABASE_URL from its beginning against its lots and writes down what it
// found, as the hourly look does, which reads only what is new. Exits 1 when they do not agree.

const url = process.env.DATABASE_URL;
if (url === undefined || url === '') {
  console.error('Set DATABASE_URL to the database whose ledger is to be verified.');
  process.exit(2);
}

const database = openDatabase({ url, poolSize: 1, applicationName: 'renkei ledger:verify' });
try {
  const more = [...dataChecks, ...giftChecks, ...pointChecks];
  const findings = await reconcile(database.db, Temporal.Now.instant(), { more, from: 'beginning' });
  for (const { check, says } of findings) console.log(`not so: ${check}: ${says}`);
  if (findings.length === 0) console.log('journal and lots agree');
  else process.exitCode = 1;
} finally {
  await database.close();
}
