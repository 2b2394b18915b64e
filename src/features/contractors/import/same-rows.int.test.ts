import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../../tests/support/database.ts';
import { testFolder } from '../../../../tests/support/folder.ts';
import { createApp } from '../../../app.ts';
import { createAdjustableClock } from '../../../base/clock.ts';
import { loadConfig } from '../../../config.ts';
import { type Database, runnerOf } from '../../../infra/db/index.ts';
import { makeKeys } from '../../../infra/secrets.ts';
import { createLog } from '../../../infra/telemetry/log.ts';
import { verifyLedger } from '../../../ledger/index.ts';

const HASH = `$argon2id$v=19$m=19456,t=2,p=1$${'c2FsdA'.repeat(3)}$${'aGFzaA'.repeat(6)}`;
const HOME = { postalCode: '1000001', address: '東京都千代田区1-1, ビル"甲"', phone: '0312345678' };
const NOW = '2026-11-18T05:00:00Z';
const LATER = '2026-11-19T05:00:00Z';

const environment = {
  PUBLIC_URL: 'https://my.example.jp',
  LINE_CHANNEL_ID: '1',
  LINE_CHANNEL_SECRET: 'a secret of sixteen letters',
  LINE_LOGIN_CHANNEL_ID: '2',
  LINE_LOGIN_CHANNEL_SECRET: 'a secret of sixteen letters',
  RENKEI_API_KEY: 'a key of at least thirty-two letters'.replaceAll(' ', '-'),
  RENKEI_KEYS: makeKeys(),
  // Nobody is told, since no job runs; but all that would be is noted.
  CHANGE_EVENTS_URL: 'http://127.0.0.1:9/',
  CHANGE_EVENTS_SECRET: `whsec_${Buffer.alloc(32).toString('base64')}`,
};

async function world() {
  const database = await testDatabase();
  const clock = createAdjustableClock(NOW);
  const config = loadConfig({ ...environment, DATABASE_URL: database.url }, 'production');
  const app = await createApp(config, { clock, database, log: createLog('error', { write: () => undefined }) });
  return { app, clock, database };
}

const people = Array.from({ length: 12 }, (_, n) => ({
  loginId: `person${n}`,
  name: `髙橋 "${n}", 𠮷`,
  kana: n % 2 === 0 ? 'たかはし' : null,
  birthDate: n % 3 === 0 ? '2014-05-05' : '1980-01-01',
  email: `person${n}@example.jp`,
  isIdentityVerified: n % 4 === 0,
  home: n % 5 === 0 ? HOME : undefined,
}));

const phones = people.map(({ loginId }, n) => ({
  loginId,
  msisdn: `8190555500${String(n).padStart(2, '0')}`,
  planCode: n % 2 === 0 ? 'p3' : 'p12',
  optionCodes: n % 3 === 0 ? ['voicemail', 'kakeho10'] : [],
  opensAt: ['2025-04-01T00:00:00+09:00', '2026-11-10T00:00:00+09:00', '2026-12-24T00:00:00+09:00'][n % 3] ?? '',
  endedAt: n === 3 ? '2026-02-01T00:00:00+09:00' : n === 6 ? '2027-03-01T00:00:00+09:00' : null,
  userName: n % 4 === 1 ? '高橋 花' : null,
  userBirthDate: n % 4 === 1 ? '2015-06-07' : null,
}));

/** What is different the day after: a plan and its options, a user, an end and an end taken back, a name, a mail address, a home. */
const movedPeople = people.map((person, n) => ({
  ...person,
  name: n === 1 ? '森' : person.name,
  kana: n === 2 ? null : person.kana,
  email: n === 3 ? 'new@example.jp' : person.email,
  home: n === 5 ? { ...HOME, address: '大阪市1' } : person.home,
}));
const movedPhones = phones.map((phone, n) => ({
  ...phone,
  planCode: n === 2 ? 'p6' : phone.planCode,
  optionCodes: n === 4 ? ['voicemail'] : phone.optionCodes,
  userName: n === 5 ? '高橋 次郎' : phone.userName,
  endedAt: n === 6 ? null : n === 7 ? '2026-12-01T00:00:00+09:00' : phone.endedAt,
}));
/** The number of one who left, opened again in the same file that ends it. */
const again = {
  ...(phones[7] as (typeof phones)[number]),
  loginId: 'person8',
  opensAt: '2026-12-01T00:00:00+09:00',
  endedAt: null,
};

const instant = (text: string | null | undefined) => (text ? Temporal.Instant.from(text) : null);

type World = Awaited<ReturnType<typeof world>>;

async function oneByOne({ app: { contractors }, clock }: World) {
  const ids = new Map<string, string>();
  for (const person of people) {
    const made = await contractors.createContractor({ ...person, password: { hash: HASH } });
    if (made.ok) ids.set(person.loginId, made.value.contractorId);
  }
  const open = async ({ loginId, opensAt, endedAt, ...phone }: (typeof phones)[number]) => {
    const times = { opensAt: Temporal.Instant.from(opensAt), endedAt: instant(endedAt) };
    const made = await contractors.createSubscription({ ...phone, ...times, contractorId: ids.get(loginId) ?? '' });
    if (!made.ok) throw new Error(made.code);
    return made.value.subscriptionId;
  };
  const subscriptionIds: string[] = [];
  for (const phone of phones) subscriptionIds.push(await open(phone));

  clock.freeze(LATER);
  const of = (n: number) => ids.get(`person${n}`) ?? '';
  await contractors.changeContractor(of(1), { name: '森' });
  await contractors.changeContractor(of(2), { kana: null });
  await contractors.changeContractor(of(3), { email: 'new@example.jp' });
  await contractors.changeContractor(of(5), { home: { ...HOME, address: '大阪市1' } });
  const change = (n: number, what: Parameters<typeof contractors.changeSubscription>[1]) =>
    contractors.changeSubscription(subscriptionIds[n] ?? '', what);
  await change(2, { planCode: 'p6' });
  await change(4, { optionCodes: ['voicemail'] });
  await change(5, { userName: '高橋 次郎' });
  await change(6, { endedAt: null });
  await change(7, { endedAt: Temporal.Instant.from('2026-12-01T00:00:00+09:00') });
  await open(again);
}

const folder = testFolder();

async function byFile({ app: { contractors }, clock, database }: World) {
  const quoted = (value: unknown) => `"${String(value ?? '').replaceAll('"', '""')}"`;
  async function take(kind: 'importContractors' | 'importSubscriptions', rows: readonly (readonly unknown[])[]) {
    const path = join(folder, `${kind}.csv`);
    writeFileSync(path, `\ufeff${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`);
    const asked = { path, isDryRun: false, reportPath: `${path}.rejected.csv`, onProgress: () => undefined };
    return contractors[kind](asked);
  }
  const contractorRows = (all: typeof people) => [
    [
      'loginId',
      'passwordHash',
      'name',
      'kana',
      'birthDate',
      'email',
      'identityVerified',
      'postalCode',
      'address',
      'phone',
    ],
    ...all.map(({ loginId, name, kana, birthDate, email, isIdentityVerified, home }) => {
      const where = home ? [home.postalCode, home.address, home.phone] : ['', '', ''];
      return [loginId, HASH, name, kana, birthDate, email, isIdentityVerified ? 'yes' : 'no', ...where];
    }),
  ];
  const subscriptionRows = (all: typeof phones) => [
    ['loginId', 'msisdn', 'planCode', 'optionCodes', 'opensAt', 'endedAt', 'userName', 'userBirthDate'],
    ...all.map((phone) => {
      const { loginId, msisdn, planCode, optionCodes, opensAt, endedAt, userName, userBirthDate } = phone;
      return [loginId, msisdn, planCode, optionCodes.join(' '), opensAt, endedAt, userName, userBirthDate];
    }),
  ];
  expect(await take('importContractors', contractorRows(people))).toMatchObject({ accepted: 12, rejected: 0 });
  expect(await take('importSubscriptions', subscriptionRows(phones))).toMatchObject({ accepted: 12, rejected: 0 });
  clock.freeze(LATER);
  const moved = subscriptionRows([...movedPhones, again]);
  expect(await take('importContractors', contractorRows(movedPeople))).toMatchObject({ accepted: 4, duplicates: 8 });
  expect(await take('importSubscriptions', moved)).toMatchObject({ accepted: 6, duplicates: 7, rejected: 0 });
  const before = await everything(database);
  expect(await take('importContractors', contractorRows(movedPeople))).toMatchObject({ accepted: 0, duplicates: 12 });
  expect(await take('importSubscriptions', moved)).toMatchObject({ accepted: 0, duplicates: 13 });
  expect(await everything(database)).toEqual(before);
}

/** By chance, or by the order of things. */
const VARIES = ['last_four', 'position', 'home_cipher', 'lookup_hash', 'shown_cipher'];

/** Every row of every table, with people and phones for their ids. */
async function everything({ pool }: Database): Promise<Record<string, readonly string[]>> {
  const named = await pool.query<{ id: string; name: string }>(
    `select contractor_id as id, login_id as name from contractor
     union all select subscription_id, msisdn || ' of ' || opens_at from subscription`,
  );
  const names = new Map(named.rows.map(({ id, name }) => [id, name]));
  const tables = await pool.query<{ name: string }>(
    `select relname as name from pg_class where relkind in ('r', 'p') and not relispartition
       and relnamespace = 'public'::regnamespace order by relname`,
  );
  const all: Record<string, readonly string[]> = {};
  for (const { name } of tables.rows) {
    if (name === 'schema_migration') continue;
    const { rows } = await pool.query<{ row: string }>(
      `select (to_jsonb(t) - $1::text[])::text as row from ${name} t`,
      [VARIES],
    );
    const plain = rows.map(({ row }) =>
      row.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => names.get(id) ?? 'an id'),
    );
    if (plain.length > 0) all[name] = plain.toSorted();
  }
  return all;
}

test('a file leaves the same rows in every table as the interface does one by one, and again nothing', async () => {
  const [single, filed] = await Promise.all([world(), world()]);
  try {
    await oneByOne(single);
    await byFile(filed);
    const rows = await everything(filed.database);
    expect(rows).toEqual(await everything(single.database));
    expect(rows.link_code).toHaveLength(13);
    expect(rows.contractor_change).toHaveLength(12 + 12 + 4 + 5 + 1);
    expect(Object.keys(rows)).toEqual(
      expect.arrayContaining(['audit_log', 'data_month', 'ledger_entry', 'ledger_owner', 'plan_change']),
    );
    expect(await verifyLedger(runnerOf(filed.database.db))).toEqual([]);
  } finally {
    await Promise.all([single.app.stop(), filed.app.stop()]);
  }
});
