import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
