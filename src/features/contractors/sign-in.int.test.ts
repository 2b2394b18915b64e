import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LinkingWorld, linkingWorld, PASSWORD } from '../../../tests/support/linking.ts';
import { HasherBusy } from '../../infra/auth/password-hasher.ts';
import { signIn as signInWith } from './sign-in.ts';

let world: LinkingWorld;
beforeAll(async () => {
  world = await linkingWorld({ poolSize: 20 });
  for (const loginId of ['known', 'careful', 'device', 'crowd', 'race', 'line', 'folded'])
    await world.contractor(loginId);
});
afterAll(() => world.close());

let address = 0;
/** Each test from an address of its own. */
const newAddress = () => {
  address += 1;
  return `192.0.2.${address}`;
};

const signIn = async (
  loginId: string,
  password: string,
  more: { address: string; lineUserId?: string; isKnownDevice?: boolean },
) => {
  const decision = await world.contractors.signIn({ loginId, password, ...more });
  return decision.ok ? 'in' : decision.code === 'too-many-tries' ? `closed until ${decision.until}` : 'wrong';
};

test('a login ID is the same however it is typed', async () => {
  expect(await signIn(' ＦＯＬＤＥＤ ', PASSWORD, { address: newAddress() })).toBe('in');
  expect(await signIn('folded', `${PASSWORD} `, { address: newAddress() })).toBe('wrong');
});

test('unknown ID and wrong password: the same answer', async () => {
  const from = { address: newAddress() };
  expect(await world.contractors.signIn({ loginId: 'unknown', password: PASSWORD, ...from })).toEqual(
    await world.contractors.signIn({ loginId: 'known', password: 'a wrong password', ...from }),
  );
});

describe('a login ID', () => {
  test('is closed after ten wrong passwords for 15 minutes, then for 30, then for an hour', async () => {
    world.clock.freeze('2026-11-18T05:00:00Z');
    const wrong = () => signIn('careful', 'a wrong password', { address: newAddress() });
    for (let nth = 0; nth < 10; nth += 1) expect(await wrong()).toBe('wrong');
    expect(await signIn('careful', PASSWORD, { address: newAddress() })).toBe('closed until 2026-11-18T05:15:00Z');
    world.clock.advance('PT15M');
    expect(await wrong()).toBe('wrong');
    expect(await wrong()).toBe('closed until 2026-11-18T05:45:00Z');
    world.clock.advance('PT30M');
    expect(await wrong()).toBe('wrong');
    expect(await wrong()).toBe('closed until 2026-11-18T06:45:00Z');
    world.clock.advance('PT1H');
    expect(await signIn('careful', PASSWORD, { address: newAddress() })).toBe('in');
  });

  test('an ID that does not exist is closed in the same way', async () => {
    const wrong = () => signIn('nobody', 'a wrong password', { address: newAddress() });
    for (let nth = 0; nth < 10; nth += 1) expect(await wrong()).toBe('wrong');
    expect(await wrong()).toMatch(/^closed/);
  });

  test('stays open for a device that knows it', async () => {
    for (let nth = 0; nth < 11; nth += 1) await signIn('device', 'a wrong password', { address: newAddress() });
    expect(await signIn('device', PASSWORD, { address: newAddress() })).toMatch(/^closed/);
    expect(await signIn('device', PASSWORD, { address: newAddress(), isKnownDevice: true })).toBe('in');
  });

  test('right passwords are not counted', async () => {
    const from = { address: newAddress() };
    for (let nth = 0; nth < 35; nth += 1) expect(await signIn('known', PASSWORD, from)).toBe('in');
  });
});

test('an address tries ten different IDs, then no further one', async () => {
  const from = { address: newAddress() };
  for (let nth = 0; nth < 10; nth += 1) expect(await signIn(`guess-${nth}`, 'a wrong password', from)).toBe('wrong');
  expect(await signIn('crowd', PASSWORD, from)).toMatch(/^closed/);
  expect(await signIn('guess-3', 'a wrong password', from)).toBe('wrong');
  world.clock.advance('PT10M');
  expect(await signIn('crowd', PASSWORD, from)).toBe('in');
});

test('an address has thirty wrong passwords in five minutes', async () => {
  const from = { address: newAddress() };
  const seen: string[] = [];
  for (let nth = 0; nth < 31; nth += 1) seen.push(await signIn(`several-${nth % 4}`, 'a wrong password', from));
  expect(seen.slice(0, 30).every((each) => each === 'wrong')).toBe(true);
  expect(seen[30]).toMatch(/^closed/);
});

test('a LINE account has ten wrong passwords in 15 minutes, wherever it is', async () => {
  const wrong = (nth: number) =>
    signIn(`line-${nth % 3}`, 'a wrong password', { address: newAddress(), lineUserId: 'U-somebody' });
  for (let nth = 0; nth < 10; nth += 1) expect(await wrong(nth)).toBe('wrong');
  expect(await signIn('line', PASSWORD, { address: newAddress(), lineUserId: 'U-somebody' })).toMatch(/^closed/);
  expect(await signIn('line', PASSWORD, { address: newAddress(), lineUserId: 'U-else' })).toBe('in');
});

test.each([2, 20, 50])('%i wrong passwords at once: ten are looked at', async (parallel) => {
  const answers = await Promise.all(
    Array.from({ length: parallel }, () => signIn(`race-${parallel}`, 'a wrong password', { address: newAddress() })),
  );
  expect(answers.filter((answer) => answer === 'wrong')).toHaveLength(Math.min(10, parallel));
});

test('while too many passwords are being checked nobody is let in, and no try is counted', async () => {
  const { db } = world.database;
  const { clock, limits } = world;
  const fits = async () => {
    throw new HasherBusy();
  };
  const busy = { db, clock, limits, hasher: { fits, hash: async () => '' } };
  const from = newAddress();
  const until = world.clock.now().add({ seconds: 10 }).toString();
  for (let nth = 0; nth < 11; nth += 1) {
    const decision = await signInWith(busy, { loginId: 'known', password: PASSWORD, address: from });
    expect(decision).toMatchObject({ ok: false, code: 'too-many-tries' });
    expect(String('until' in decision && decision.until)).toBe(until);
  }
  expect(await signIn('known', PASSWORD, { address: from })).toBe('in');
});

test('the language somebody reads in is known of them alone', async () => {
  const [one, other] = [await world.contractor('reads-english'), await world.contractor('reads-japanese')];
  const languageOf = async ({ contractorId }: { contractorId: string }) =>
    (await world.contractors.contractor(world.sql, contractorId))?.language;
  await world.contractors.rememberLanguage(world.sql, other.contractorId, 'ja');
  await world.contractors.rememberLanguage(world.sql, one.contractorId, 'en');
  expect([await languageOf(one), await languageOf(other)]).toEqual(['en', 'ja']);
});

test('refused and successful sign-ins are on record for the contractor, without address or password', async () => {
  const { rows } = await world.database.pool.query(
    `select distinct action, actor_kind, detail from audit_log where action like 'contractors.sign%' order by action`,
  );
  expect(rows).toEqual([
    { action: 'contractors.sign-in-refused', actor_kind: 'contractor', detail: {} },
    { action: 'contractors.signed-in', actor_kind: 'contractor', detail: {} },
  ]);
});
