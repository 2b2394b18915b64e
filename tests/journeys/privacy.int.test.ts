import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyAuditChain } from '../../src/infra/db/audit-chain.ts';
import { linkCodesOf, linkContractor, linkUser, type OnStage, onStage } from '../support/linked.ts';
import { openStage, type Stage } from '../support/stage.ts';
import { createVisitor } from '../support/visitor.ts';

let stage: Stage;
let taro: OnStage;
let codes: string[];
beforeAll(async () => {
  stage = await openStage();
  taro = await onStage(stage, 'たろう');
  await taro.follow();
  await linkContractor(stage, taro, 'tanaka');
  codes = await linkCodesOf(stage, 'tanaka');
  await linkUser(stage, taro, codes[0] ?? '');
  await taro.say('残量');
  // Faults are where things slip out.
  await stage.control.faults({ api: { status: 500, rate: 1 } });
  await taro.say('プレゼント').catch(() => undefined);
  await stage.control.noFaults();
  await taro.say('ヘルプ');
});
afterAll(() => stage.close());

test('the log names nobody: no name, number, code, password, token or LINE account', () => {
  const log = stage.logged();
  expect(log.length).toBeGreaterThan(1_000);
  const canaries = [
    '田中',
    'たろう',
    '太郎',
    '819000000001',
    '090-0000-0001',
    'renkei-demo-tanaka',
    'tanaka@example.jp',
    taro.userId,
  ];
  for (const code of codes) canaries.push(code, code.replaceAll(' ', ''));
  for (const canary of canaries) expect(log).not.toContain(canary);
  expect(log).not.toMatch(/linkToken|nonce=|claim\/[A-Za-z0-9_-]{43}/);
});

test('no table holds a link code or a password as it is typed', async () => {
  const { pool } = stage.app.database;
  const { rows: tables } = await pool.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  );
  const secrets = ['renkei-demo-tanaka', ...codes.flatMap((code) => [code, code.replaceAll(' ', '')])];
  for (const { name } of tables) {
    const { rows } = await pool.query<{ all: string | null }>(`select string_agg(t::text, ' ') as all from ${name} t`);
    for (const secret of secrets) expect((rows[0]?.all ?? '').includes(secret), `${name} holds a secret`).toBe(false);
  }
});

describe('another contractor', () => {
  const asSuzuki = async () => {
    const browser = createVisitor();
    const form = await browser.go(`${stage.url}/login`);
    await form.submit({ loginId: 'suzuki', password: 'renkei-demo-suzuki' });
    return browser;
  };

  test.each([
    ['GET', (id: string) => `/data?subscription=${id}`],
    ['GET', (id: string) => `/contract/${id}/reissue`],
    ['POST', (id: string) => `/contract/${id}/reissue`],
    ['POST', (id: string) => `/contract/${id}/code`],
  ])('gets 404 for %s of a subscription that is not theirs', async (method, path) => {
    const { rows } = await stage.app.database.pool.query<{ id: string }>(
      `select subscription_id as id from subscription where msisdn = '819000000001'`,
    );
    const page = await (await asSuzuki()).go(`${stage.url}${path(rows[0]?.id ?? '')}`, {
      method,
      ...(method === 'POST' ? { form: {} } : {}),
    });
    expect(page.status).toBe(404);
    expect(page.text).not.toContain('田中');
  });
});

test('every page keeps itself: no framing, no inline script, no caching of what knows a person', async () => {
  for (const path of ['/', '/login', '/code-help', '/no-such-page']) {
    const page = await createVisitor().go(`${stage.url}${path}`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(page.headers.get('cache-control')).toContain('no-store');
    expect(page.html).not.toMatch(/<script(?![^>]*\ssrc=)|\sstyle="|\son[a-z]+="/);
  }
});

test('a LINE account that has long been no friend, and has no link, is forgotten; friends and the linked are not', async () => {
  const { pool } = stage.app.database;
  const { linking } = stage.app;
  const people = { gone: '1', friend: '2', lately: '3' };
  const idOf = (digit: string) => `U${digit.repeat(32)}`;
  const left = stage.clock.now().toString();
  for (const [name, digit] of Object.entries(people)) {
    await pool.query(
      `insert into line_account (line_user_id, display_name, is_friend, updated_at)
       values ($1, $2, $3, $4::timestamptz + make_interval(hours => $5))`,
      [idOf(digit), name, name === 'friend', left, name === 'lately' ? 1 : 0],
    );
    await pool.query(`insert into notice_off (line_user_id, kind, off_since) values ($1, 'low', $2)`, [
      idOf(digit),
      left,
    ]);
  }
  await pool.query(`update line_account set is_friend = false where line_user_id = $1`, [taro.userId]);
  const forgetting = linking.jobs.find(({ name }) => name === 'linking.forget-people');
  await forgetting?.run(stage.clock.now().add({ hours: 400 * 24, minutes: 30 }));
  const remembered = async (table: string) => {
    const { rows } = await pool.query<{ id: string }>(
      `select line_user_id as id from ${table} where line_user_id = any ($1) order by 1`,
      [[taro.userId, ...Object.values(people).map(idOf)]],
    );
    return rows.map(({ id }) => id);
  };
  expect(await remembered('notice_off')).toEqual([idOf('2'), idOf('3')]);
  expect(await remembered('line_account')).toEqual([idOf('2'), idOf('3'), taro.userId].sort());
  await pool.query(`update line_account set is_friend = true where line_user_id = $1`, [taro.userId]);
});

test('three years after the end of their last contract a contractor is nobody, and their LINE account is free', async () => {
  const { pool } = stage.app.database;
  const { contractors, linking } = stage.app;
  const { rows: owned } = await pool.query<{ id: string }>(
    `select subscription_id as id from subscription join contractor using (contractor_id) where login_id = 'tanaka'`,
  );
  /** What somebody else has where this one's is forgotten. */
  const ofSuzuki = () =>
    Promise.all(
      ['contractor', 'payment_card', 'recovery_code', 'email_change', 'subscription', 'web_session'].map(
        async (table) => {
          const { rows } = await pool.query<{ row: string }>(
            `select t::text as row from ${table} t join contractor c using (contractor_id) where c.login_id = 'suzuki' order by 1`,
          );
          return [table, rows.map(({ row }) => row)] as const;
        },
      ),
    );
  await pool.query(
    `insert into recovery_code (contractor_id, code_hash) select contractor_id, '1' from contractor where login_id = 'suzuki'`,
  );
  await pool.query(
    `insert into email_change (contractor_id, email, code_hash, request_id, asked_at)
     select contractor_id, 'new@example.jp', '1', gen_random_uuid(), '2100-01-01Z' from contractor where login_id = 'suzuki'`,
  );
  /** Everything by which tanaka, too, could sign in, and an address that waits for its code. */
  const tanakas = `select contractor_id from contractor where login_id = 'tanaka'`;
  await pool.query(`insert into recovery_code (contractor_id, code_hash) ${tanakas.replace('_id', "_id, '2'")}`);
  await pool.query(
    `insert into email_change (contractor_id, email, code_hash, request_id, asked_at)
     ${tanakas.replace('_id', "_id, 'mine@example.jp', '2', gen_random_uuid(), '2100-01-01Z'")}`,
  );
  await pool.query(
    `insert into one_time_seed (owner_kind, owner_id, seed_cipher, last_step, created_at)
     ${tanakas.replace('contractor_id', "'contractor', contractor_id, '1', 0, now()")}`,
  );
  await pool.query(
    `insert into passkey (credential_id, owner_kind, owner_id, public_key, counter, transports, created_at)
     ${tanakas.replace('contractor_id', "'theirs', 'contractor', contractor_id, '1', 0, '{}', now()")}`,
  );
  const { rows: cards } = await pool.query<{ reference: string }>(
    `select reference from payment_card where contractor_id = (${tanakas})`,
  );
  expect(cards).toHaveLength(1);
  const before = await ofSuzuki();
  for (const [table, rows] of before) expect(rows.length, table).toBeGreaterThan(0);
  const endedAt = stage.clock.now();
  for (const { id } of owned) await contractors.changeSubscription(id, { endedAt });
  // What went through their LINE account: a gift between their own phones, a set of stickers.
  const moment = endedAt.toString();
  await pool.query(
    `insert into gift (gift_id, sender_subscription_id, sender_line_user_id, receiver_subscription_id,
       receiver_line_user_id, amount_bytes, way, month, state, offered_at, expires_at, ended_at)
     values (gen_random_uuid(), $1, $3, $2, $3, 500000000, 'same-contract', '2026-11', 'claimed', $4, $4, $4)`,
    [owned[0]?.id, owned[1]?.id, taro.userId, moment],
  );
  await pool.query(
    `insert into sticker_order (order_id, contractor_id, line_user_id, sticker_code, product_id, price_points, state,
       ordered_at, settled_at, next_attempt_at)
     select gen_random_uuid(), contractor_id, $2, code, code, 100, 'delivered', $3, $3, $3
     from subscription, unnest('{one,two}'::text[]) as code where subscription_id = $1`,
    [owned[0]?.id, taro.userId, moment],
  );
  const forgetting = contractors.jobs.find(({ name }) => name === 'contractors.forget');
  const end = endedAt.toZonedDateTimeISO('Asia/Tokyo').add({ years: 3 });
  const after = end.add({ seconds: 1 });
  for (const [moment, count] of [
    [end, 0],
    [after, 1],
    [after, 0],
  ] as const) {
    expect(await forgetting?.run(moment.toInstant())).toBe(count);
  }
  expect(await ofSuzuki()).toEqual(before);
  const { rows: keys } = await pool.query(
    `with gone as (select contractor_id as id, password_hash from contractor where forgotten_at is not null)
     select 'password' as what from gone where password_hash <> ''
     union all select 'recovery code' from recovery_code where contractor_id in (select id from gone)
     union all select 'address' from email_change where contractor_id in (select id from gone)
     union all select 'seed' from one_time_seed where owner_id in (select id from gone)
     union all select 'passkey' from passkey where owner_id in (select id from gone)`,
  );
  expect(keys).toEqual([]);
  // Nor does the gateway keep the card.
  const { rows: forgotten } = await pool.query('select from card_to_forget where reference = $1', [
    cards[0]?.reference,
  ]);
  expect(forgotten).toHaveLength(1);

  // What is on its way, and who did what, have times of their own.
  const { rows: tables } = await pool.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename !~ '(outbox|audit)'`,
  );
  for (const { name } of tables) {
    const { rows } = await pool.query(
      `select from ${name} t where t::text like any ('{%田中%,%タナカ%,%tanaka@%,%1980-05-05%,%2012-03-03%}')`,
    );
    expect(rows, `${name} remembers`).toEqual([]);
  }
  const { rows: left } = await pool.query(
    `select from contractor_link where line_user_id = $1 union all select from user_link where line_user_id = $1
     union all select from web_session s join contractor c using (contractor_id)
     where c.forgotten_at is not null and s.ended_at is null`,
    [taro.userId],
  );
  expect(left).toEqual([]);
  // The audit log never knew the account but by an alias, and whose that was ends with the links.
  const known = async () => {
    const { rows } = await pool.query<{ log: number; aliases: number }>(
      `select (select count(*)::integer from audit_log l where strpos(l::text, $1) > 0) as log,
         (select count(*)::integer from audit_person where line_user_id = $1) as aliases`,
      [taro.userId],
    );
    return rows[0];
  };
  expect(await known()).toEqual({ log: 0, aliases: 1 });
  for (const job of linking.jobs) expect(await job.run(after.toInstant())).toBeGreaterThan(0);
  // So has the LINE account itself, which is a friend still; sessions end half a year after their last use.
  const { rows: naming } = await pool.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.columns where table_schema = 'public'
       and column_name ~ 'line_user_id$' and table_name !~ '^(outbox|line_|web_session|conversation|audit_person)'`,
  );
  expect(naming.map(({ name }) => name)).toContain('gift');
  for (const { name } of naming) {
    const { rows } = await pool.query(`select from ${name} t where strpos(t::text, $1) > 0`, [taro.userId]);
    expect(rows, `${name} remembers the LINE account`).toEqual([]);
  }
  expect(await known()).toEqual({ log: 0, aliases: 0 });
  expect((await verifyAuditChain(stage.app.database.db)).findings).toEqual([]);
  await stage.control.settle();
  expect(await taro.menu()).toContain('契約者連携');
  const form = await createVisitor().go(`${stage.url}/login`);
  expect((await form.submit({ loginId: 'tanaka', password: 'renkei-demo-tanaka' })).status).toBe(422);
});
