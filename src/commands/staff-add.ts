import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { systemClock } from '../base/clock.ts';
import { addStaff, roles } from '../features/staff/index.ts';
import { seedUri } from '../infra/auth/one-time-code.ts';
import { createPasswordHasher } from '../infra/auth/password-hasher.ts';
import { migrate } from '../infra/db/index.ts';
import { parseKeys } from '../infra/secrets.ts';
import { databaseFor } from './database.ts';

// `npm run staff:add -- --login yamada --name "山田 花" --role admin`: makes an account for a member of staff. Prints the
// password and the seed for one-time codes; they are not shown again.

const { values } = parseArgs({
  options: { login: { type: 'string' }, name: { type: 'string' }, role: { type: 'string' } },
});
const role = roles.find((each) => each === values.role);
const { RENKEI_KEYS: keys } = process.env;
if (!keys || !values.login || !values.name || !role) {
  console.error(
    `Set DATABASE_URL and RENKEI_KEYS, then: npm run staff:add -- --login … --name … --role ${roles.join('|')}`,
  );
  process.exit(2);
}

const database = await databaseFor('staff:add', { migrates: true });
try {
  await migrate(database.pool);
  const password = randomBytes(15).toString('base64url');
  const added = await addStaff(
    { db: database.db, clock: systemClock, hasher: createPasswordHasher(), secrets: parseKeys(keys) },
    { loginId: values.login, name: values.name, role, password },
    { kind: 'system' },
  );
  if (added.ok) {
    const { member, seed } = added.value;
    console.log(`login ID      ${member.loginId}`);
    console.log(`password      ${password}`);
    console.log(`one-time code ${seed}   ${seedUri({ seed, issuer: 'Renkei console', account: member.loginId })}`);
    console.log('Hand these over by two ways; they are not shown again.');
  } else {
    console.error(`not added: ${added.code}`);
    process.exitCode = 1;
  }
} finally {
  await database.close();
}
