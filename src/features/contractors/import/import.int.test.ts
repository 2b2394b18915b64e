import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testFolder } from '../../../../tests/support/folder.ts';
import { type LinkingWorld, linkingWorld } from '../../../../tests/support/linking.ts';

let world: LinkingWorld;
const folder = testFolder();
let path: string;

beforeAll(async () => {
  world = await linkingWorld();
});
afterAll(() => world.close());

let files = 0;
beforeEach(() => {
  files += 1;
  path = join(folder, `${files}.csv`);
});

async function take(kind: 'importContractors' | 'importSubscriptions', rows: readonly string[], isDryRun = false) {
  writeFileSync(path, rows.join('\n'));
  return world.contractors[kind]({ path, isDryRun, reportPath: `${path}.rejected.csv`, onProgress: () => undefined });
}

/** Line and code of each rejected row. */
const rejected = () =>
  readFileSync(`${path}.rejected.csv`, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').slice(0, 2).join(' '))
    .sort();

/** Whether a subscription has a live link code. */
const hasCode = async (subscriptionId = '') =>
  (await world.count('link_code', `subscription_id = '${subscriptionId}'`)) === 1;

const signIn = (loginId: string, password: string) =>
  world.contractors.signIn({ loginId, password, address: '192.0.2.1' });
const find = async (loginId: string) => {
  const found = await world.contractors.contractorOfLoginId(world.sql, loginId);
  if (!found) throw new Error(`${loginId} is not there`);
  return found;
};

test('contractors come with a first password or the one they have, once', async () => {
  const moved = await hash('what they always typed', { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  const file = [
    'loginId,password,passwordHash,name,kana,birthDate,email,identityVerified,postalCode,address,phone',
    'ito,a first password of theirs,,伊東 花,いとう はな,1990-01-01,ito@example.jp,yes,123-4567,東京都千代田区1-1,03-1234-5678',
    `ueda,,"${moved}",上田 実,,,ueda@example.jp,,,,`,
    'eda,,,江田,,,eda@example.jp,,,,',
    'ITO,a first password of theirs,,伊東,,,ito@example.jp,,,,',
    'oda,short,,小田,,,oda@example.jp,,,,',
    'ono,a first password of theirs,,,,,ono@example.jp,,,,',
    'aoki,a first password of theirs,,青木,,1990/1/1,aoki@example.jp,perhaps,,,',
    'abe,,$2b$12$abcdefghijklmnopqrstuv,阿部,,,abe@example.jp,,,,',
  ];
  const summary = { rows: 8, accepted: 2, duplicates: 0, rejected: 6 };
  expect(await take('importContractors', file, true)).toEqual(summary);
  expect(await world.count('contractor')).toBe(0);

  expect(await take('importContractors', file)).toEqual(summary);
  expect(rejected()).toEqual([
    '4 no-password',
    '5 repeated',
    '6 password-too-short',
    '7 malformed',
    '8 malformed',
    '9 malformed',
  ]);
  const ito = await find('ito');
  expect(ito).toMatchObject({ name: '伊東 花', birthDate: '1990-01-01', isIdentityVerified: true });
  expect(await world.contractors.homeOf(world.sql, ito.contractorId)).toEqual({
    postalCode: '1234567',
    address: '東京都千代田区1-1',
    phone: '0312345678',
  });
  expect(await signIn('ito', 'a first password of theirs')).toMatchObject({
    ok: true,
    value: { mustChangePassword: true },
  });
  expect(await signIn('ueda', 'what they always typed')).toMatchObject({
    ok: true,
    value: { mustChangePassword: false },
  });

  expect(await take('importContractors', file)).toEqual({ rows: 8, accepted: 0, duplicates: 2, rejected: 6 });
});

test('a contractor who is known gets what is different, and nothing that the file does not tell', async () => {
  await take('importContractors', [
    'loginId,password,name,kana,birthDate,email,identityVerified,postalCode,address,phone',
    'mori,a first password of theirs,森,もり,1970-07-07,mori@example.jp,yes,1234567,大阪市1,0612345678',
  ]);
  const before = await find('mori');
  const change = ['loginId,name,email,kana', 'Mori,森 進,new@example.jp,'];
  expect(await take('importContractors', change, true)).toMatchObject({ accepted: 1 });
  expect(await find('mori')).toEqual(before);
  expect(await take('importContractors', change)).toMatchObject({ accepted: 1, rejected: 0 });
  expect(await find('mori')).toEqual({ ...before, name: '森 進', email: 'new@example.jp', kana: null });
  expect(await world.contractors.homeOf(world.sql, before.contractorId)).toMatchObject({ address: '大阪市1' });
  expect(await take('importContractors', change)).toMatchObject({ accepted: 0, duplicates: 1 });
});

test('subscriptions come with their link code, and change', async () => {
  const one = await world.contractor('hara');
  const other = await world.contractor('hori');
  const columns = 'loginId,msisdn,planCode,optionCodes,opensAt,endedAt,userName,userBirthDate,filtering';
  const opens = '2026-04-01T00:00:00+09:00';
  const file = [
    columns,
    `hara,090-5555-0001,p3,voicemail,${opens},,原 さくら,2015-03-03,`,
    `hara,09055550002,p3,,${opens},,,,`,
    `hori,090-5555-0001,p3,,${opens},,,,`,
    `nobody,09055550003,p3,,${opens},,,,`,
    `hori,09055550004,unknown,,${opens},,,,`,
    `hori,12,p3,,${opens},,,,`,
    'hori,09055550005,p3,,tomorrow,,,,',
    `hara,12,p3,,${opens},,,,`,
  ];
  const summary = { rows: 8, accepted: 2, duplicates: 0, rejected: 6 };
  expect(await take('importSubscriptions', file, true)).toEqual(summary);
  expect(await world.count('subscription')).toBe(0);
  expect(await take('importSubscriptions', file)).toEqual(summary);
  expect(rejected()).toEqual([
    '4 repeated',
    '5 contractor-unknown',
    '6 plan-unknown',
    '7 msisdn-malformed',
    '8 malformed',
    '9 msisdn-malformed',
  ]);
  const [first, second] = await world.contractors.subscriptionsOf(world.sql, one.contractorId);
  expect([await hasCode(first?.subscriptionId), await hasCode(second?.subscriptionId)]).toEqual([true, true]);
  const sakura = [first, second].find((each) => each?.msisdn === '819055550001');
  expect(sakura).toMatchObject({ optionCodes: ['voicemail'], userName: '原 さくら', filtering: 'content' });
  expect(await take('importSubscriptions', file)).toMatchObject({ accepted: 0, duplicates: 2, rejected: 6 });

  // Another contractor's number, in a file of its own.
  expect(await take('importSubscriptions', [columns, `hori,09055550001,p3,,${opens},,,,`])).toMatchObject({
    rejected: 1,
  });
  expect(rejected()).toEqual(['2 msisdn-taken']);

  const ends = '2026-11-20T00:00:00+09:00';
  const change = [
    'loginId,msisdn,planCode,opensAt,endedAt',
    `hara,09055550001,p6,${opens},`,
    `hara,09055550002,p3,${opens},${ends}`,
    // It comes back to somebody else.
    `hori,09055550002,p3,${ends},`,
  ];
  expect(await take('importSubscriptions', [...change.slice(0, 3)])).toMatchObject({ accepted: 2, rejected: 0 });
  expect(await take('importSubscriptions', change)).toMatchObject({ accepted: 1, duplicates: 2, rejected: 0 });
  const now = await world.contractors.subscriptionsOf(world.sql, one.contractorId);
  expect(now.find((each) => each.msisdn === '819055550001')).toEqual({ ...sakura, planCode: 'p6' });
  expect(String(now.find((each) => each.msisdn === '819055550002')?.endedAt)).toBe('2026-11-19T15:00:00Z');
  expect(await world.contractors.subscriptionsOf(world.sql, other.contractorId)).toHaveLength(1);
});

test('whoever came with a password and a phone links both', async () => {
  const moved = await hash('what they always typed', { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  await take('importContractors', ['loginId,passwordHash,name,email', `endo,"${moved}",遠藤,endo@example.jp`]);
  await take('importSubscriptions', [
    'loginId,msisdn,planCode,opensAt',
    'Endo,+81 90-5555-0101,p3,2026-04-01T00:00:00+09:00',
  ]);
  const lineUserId = await world.person('えんどう');
  await world.linkContractor(lineUserId, 'endo', 'what they always typed');
  const { contractorId } = await find('endo');
  const [phone] = await world.contractors.subscriptionsOf(world.sql, contractorId);
  const { rows } = await world.database.pool.query<{ linkCodeId: string; subscriptionId: string }>(
    `select link_code_id as "linkCodeId", subscription_id as "subscriptionId" from link_code where subscription_id = $1`,
    [phone?.subscriptionId],
  );
  const issued = rows[0] && (await world.linking.linkCodes.openAgain(world.database.db, rows[0]));
  await world.linkUser(lineUserId, issued?.code ?? '');
  const live = `line_user_id = '${lineUserId}' and unlinked_at is null`;
  expect([await world.count('contractor_link', live), await world.count('user_link', live)]).toEqual([1, 1]);
});

test('rows of one number are taken in the order of the file', async () => {
  const { contractorId } = await world.contractor('kasai');
  const { contractorId: nextId } = await world.contractor('kawai');
  const columns = 'loginId,msisdn,planCode,opensAt,endedAt';
  const [opens, ends] = ['2026-04-01T00:00:00+09:00', '2026-11-20T00:00:00+09:00'];
  const file = [
    columns,
    `kasai,09055560001,p3,${opens},`,
    // Too early by a row: it is still somebody's.
    `kawai,09055560001,p3,${ends},`,
    `kasai,09055560001,p3,2026-04-02T00:00:00+09:00,${ends}`,
    `kawai,09055560001,p3,2026-11-21T00:00:00+09:00,`,
  ];
  expect(await take('importSubscriptions', file)).toMatchObject({ accepted: 3, rejected: 1 });
  expect(rejected()).toEqual(['3 msisdn-taken']);
  const [first] = await world.contractors.subscriptionsOf(world.sql, contractorId);
  expect(String(first?.endedAt)).toBe('2026-11-19T15:00:00Z');
  expect(await world.contractors.subscriptionsOf(world.sql, nextId)).toHaveLength(1);
});

test('a row that no table can hold costs none of its portion, and is told by its line', async () => {
  const row = (n: number, birthDate = '') => `many${n},a first password ${n},氏名,${birthDate},many${n}@example.jp`;
  const file = ['loginId,password,name,birthDate,email', ...Array.from({ length: 20 }, (_, n) => row(n))];
  file[7] = row(6, '0000-01-01');
  file[12] = row(11, '0000-12-31');
  const summary = { rows: 20, accepted: 18, duplicates: 0, rejected: 2 };
  const before = await world.count('contractor');
  expect(await take('importContractors', file, true)).toEqual(summary);
  expect(await world.count('contractor')).toBe(before);
  expect(await take('importContractors', file)).toEqual(summary);
  expect(rejected()).toEqual(['13 not-storable', '8 not-storable']);
  expect(await world.count('contractor')).toBe(before + 18);
});

test('the same files taken twice at the same moment make each row once', async () => {
  const numbers = Array.from({ length: 300 }, (_, n) => n);
  const both = async (kind: 'importContractors' | 'importSubscriptions', rows: readonly string[]) => {
    const [one, other] = [join(folder, `one-${kind}.csv`), join(folder, `other-${kind}.csv`)];
    const taken = [one, other].map((at) => {
      writeFileSync(at, rows.join('\n'));
      return world.contractors[kind]({
        path: at,
        isDryRun: false,
        reportPath: `${at}.no`,
        onProgress: () => undefined,
      });
    });
    const [a, b] = await Promise.all(taken);
    return (a?.accepted ?? 0) + (b?.accepted ?? 0);
  };
  const hashed = await hash('what they always typed', { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  const people = numbers.map((n) => `twice${n},"${hashed}",氏名,twice${n}@example.jp`);
  expect(await both('importContractors', ['loginId,passwordHash,name,email', ...people])).toBe(300);
  expect(await world.count('contractor', `login_id like 'twice%'`)).toBe(300);
  const phones = numbers.map((n) => `twice${n},0907777${String(n).padStart(4, '0')},p3,2026-04-01T00:00:00+09:00`);
  expect(await both('importSubscriptions', ['loginId,msisdn,planCode,opensAt', ...phones])).toBe(300);
  expect(await world.count('subscription', `msisdn like '81907777%'`)).toBe(300);
  expect(
    await world.count(
      'link_code',
      `subscription_id in (select subscription_id from subscription where msisdn like '81907777%')`,
    ),
  ).toBe(300);
});

test('a file without its columns, or with one of them twice, is not read', async () => {
  await expect(take('importContractors', ['loginId,email', 'a,b@example.jp'])).rejects.toThrow('lacks name');
  await expect(
    take('importSubscriptions', ['loginId,msisdn,planCode,opensAt,msisdn', 'a,1,p3,2026-04-01T00:00:00Z,2']),
  ).rejects.toThrow('has more than one column msisdn');
});
