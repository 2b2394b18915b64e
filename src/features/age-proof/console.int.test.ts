import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StaffWorld, staffWorld } from '../../../tests/support/staff.ts';
import { digest } from '../../infra/secrets.ts';
import { partnerConsole, partnersEntry } from './index.ts';

let world: StaffWorld;
beforeAll(async () => {
  world = await staffWorld({
    entries: [partnersEntry],
    pages: (staff, common) => partnerConsole({ ...common, staff, publicUrl: 'https://my.example.jp' }),
  });
});
afterAll(() => world.close());

const shop = {
  partnerId: 'shop',
  nameJa: 'さかや',
  nameEn: 'Sakaya',
  'grant-code': 'yes',
  redirectUris: 'https://shop.example/back',
  'told-age': 'yes',
  purpose: 'dpv:LegalCompliance',
  ages: '20',
  limit: '60',
  days: '90',
};

async function partner(partnerId: string): Promise<Record<string, unknown>> {
  const { rows } = await world.database.pool.query(
    `select *, encode(secret_hash, 'hex') as secret_hex from partner where partner_id = $1`,
    [partnerId],
  );
  return rows[0] ?? {};
}

const secretIn = (text: string) => />([A-Za-z0-9_-]{43})</.exec(text)?.[1] ?? '';

describe('an admin', () => {
  test('adds a partner; its secret is shown this once, kept as a hash, and recorded without it', async () => {
    const admin = await world.signIn('admin');
    expect((await admin.get('/console/partners')).text).toContain('提携先はまだありません');
    const added = await admin.post('/console/partners/new', shop);
    expect(added.status).toBe(200);
    expect(added.headers.get('cache-control')).toBe('no-store');
    const secret = secretIn(added.text);
    expect(await partner('shop')).toMatchObject({
      name_ja: 'さかや',
      grants: ['code'],
      scopes: ['kyc-age-verification:verify'],
      age_thresholds: [20],
      secret_hex: digest(secret).toString('hex'),
    });
    const page = await admin.get('/console/partners/shop');
    expect(page.text).toContain('https://my.example.jp/oidc');
    expect(page.text).not.toContain(secret);
    const { rows } = await world.database.pool.query(`select * from audit_log where action like 'age-proof.partner%'`);
    expect(rows.length).toBe(1);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  test('a partner with a key of its own has no secret', async () => {
    const admin = await world.signIn('admin');
    const keys = JSON.stringify({ keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }] });
    const added = await admin.post('/console/partners/new', { ...shop, partnerId: 'signer', keys });
    expect([added.status, added.location]).toEqual([303, '/console/partners/signer']);
    expect(await partner('signer')).toMatchObject({ auth_method: 'private_key_jwt', secret_hash: null });
    expect((await admin.post('/console/partners/signer/secret', {})).status).toBe(404);
  });

  test.each([
    [{ partnerId: 'Shop!' }, 'IDは英小文字'],
    [{ partnerId: 'shop' }, 'このIDは使われています'],
    [{ 'grant-code': '' }, '問い合わせの方法を1つ以上'],
    [{ redirectUris: '' }, '戻り先のアドレスが必要です'],
    [{ redirectUris: 'http://shop.example/back' }, 'https:// からはじまる'],
    [{ 'told-age': '' }, 'お答えできる内容を1つ以上'],
    [{ ages: 'twenty' }, '0から120まで'],
    [{ limit: 'many' }, '1から6,000まで'],
    [{ days: '0' }, '1から365まで'],
    [{ keys: 'my key' }, '公開鍵はJSON'],
  ])('%j is refused in words, with what was typed kept', async (change, words) => {
    const admin = await world.signIn('admin');
    const answer = await admin.post('/console/partners/new', { ...shop, partnerId: 'another', ...change });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(words);
    expect(answer.text).toContain('value="さかや"');
    expect(await partner('another')).toEqual({});
  });

  test('changes the terms, renews the secret, suspends and resumes, of this partner alone', async () => {
    const admin = await world.signIn('admin');
    const another = await partner('signer');
    expect(another).toMatchObject({ requests_per_minute: 60, suspended_at: null });
    const terms = {
      redirectUris: 'https://shop.example/a https://shop.example/b',
      ages: '18 20',
      limit: '10',
      days: '7',
    };
    expect((await admin.post('/console/partners/shop/terms', terms)).status).toBe(303);
    expect(await partner('shop')).toMatchObject({
      redirect_uris: ['https://shop.example/a', 'https://shop.example/b'],
      age_thresholds: [18, 20],
      requests_per_minute: 10,
      consent_days: 7,
    });
    const wrong = await admin.post('/console/partners/shop/terms', { ...terms, limit: '0' });
    expect([wrong.status, wrong.text.includes('1から6,000まで')]).toEqual([422, true]);

    expect((await admin.get('/console/partners/shop/secret')).text).toContain('すぐに使えなくなります');
    const renewed = secretIn((await admin.post('/console/partners/shop/secret', {})).text);
    expect(await partner('shop')).toMatchObject({ secret_hex: digest(renewed).toString('hex') });

    await admin.post('/console/partners/shop/suspend', {});
    expect((await partner('shop')).suspended_at).not.toBeNull();
    expect((await admin.get('/console/partners/shop')).text).toContain('停止中');
    expect(await partner('signer')).toEqual(another);
    await admin.post('/console/partners/shop/resume', {});
    expect((await partner('shop')).suspended_at).toBeNull();
  });

  test('sees how often what was answered, and never about whom', async () => {
    const { contractorId } = await world.contractor('counted');
    const { subscriptionId } = await world.subscription(contractorId);
    for (const answer of ['true', 'true', 'false']) {
      await world.database.pool.query(
        `insert into partner_answer (partner_answer_id, subscription_id, partner_id, answered_at, kind, age_threshold, answer)
         values (gen_random_uuid(), $1, 'shop', $2, 'age', 20, $3)`,
        [subscriptionId, world.clock.now().toString(), answer],
      );
    }
    const admin = await world.signIn('admin');
    const page = await admin.get('/console/partners/shop');
    expect(page.text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')).toContain('年齢 true 2 2');
    expect(page.text).not.toContain(subscriptionId);
    expect(page.text).not.toContain('0901000');
    expect(page.text).not.toContain('counted');
  });
});

test.each(['supervisor', 'auditor'] as const)('a %s sees partners, and changes nothing', async (name) => {
  const member = await world.signIn(name);
  const page = await member.get('/console/partners/shop');
  expect(page.status).toBe(200);
  expect(page.text).not.toContain('/console/partners/shop/secret');
  const tries = [
    await member.get('/console/partners/new'),
    await member.post('/console/partners/new', { ...shop, partnerId: 'sneaked' }),
    await member.post('/console/partners/shop/terms', shop),
    await member.post('/console/partners/shop/secret', {}),
    await member.post('/console/partners/shop/suspend', {}),
  ];
  expect(tries.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  expect(await partner('sneaked')).toEqual({});
});

test('an agent finds nothing there', async () => {
  const agent = await world.signIn('agent');
  expect((await agent.get('/console/partners')).status).toBe(404);
});
