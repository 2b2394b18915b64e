import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleStage, consoleStage, type Staffed } from '../../../../tests/support/console.ts';
import type { Page } from '../../../../tests/support/visitor.ts';
import { MB } from '../../../base/bytes.ts';
import { newId } from '../../../base/ids.ts';
import { runnerOf } from '../../../infra/db/index.ts';

let play: ConsoleStage;
let agent: Staffed;
let tanaka: string;
let hanako: string;
let sakura: string;
let correctionOf: string;
let ledgerOf: string;
beforeAll(async () => {
  play = await consoleStage();
  agent = play.as('agent');
  tanaka = await play.contractorId('tanaka');
  [hanako, sakura] = [await play.subscriptionId('819000000002'), await play.subscriptionId('819000000003')];
  ledgerOf = `/console/subscriptions/${hanako}/ledger`;
  correctionOf = `/console/subscriptions/${hanako}/correction`;
  await pool().query(
    `insert into line_account (line_user_id, display_name, is_friend, updated_at)
     values ('U1', 'はなこ', true, now()), ('U2', 'さくら', true, now())`,
  );
  for (const [lineUserId, subscriptionId] of [
    ['U1', hanako],
    ['U2', sakura],
  ])
    await pool().query(
      `insert into user_link (user_link_id, subscription_id, line_user_id, link_code_id, linked_at)
       select $1, subscription_id, $2, link_code_id, now() from link_code
       where subscription_id = $3 and revoked_at is null`,
      [newId(), lineUserId, subscriptionId],
    );
  for (const member of ['agent', 'supervisor', 'auditor', 'admin'] as const) await play.as(member).look(tanaka);
});
afterAll(() => play.close());

const pool = () => play.stage.app.database.pool;
const app = () => play.stage.app;

async function usable(subscriptionId: string): Promise<number> {
  return (
    (await app().data.balance(runnerOf(app().database.db), subscriptionId, play.stage.clock.now())).totalBytes / MB
  );
}
const good = {
  direction: 'add',
  amount: '500',
  bucket: 'top-up',
  lastDay: '2026-12-31',
  reason: '基地局の故障のお詫び',
};
const ask = (change: Partial<typeof good> = {}, by = agent) =>
  by.post(correctionOf, { ...good, ...change, requestId: newId() });
const approve = (page: Page, by: Staffed) => by.post(page.url.pathname, { decision: 'approve', note: '' });

describe('the ledger of a subscription', () => {
  test('asks why first', async () => {
    const ken = await play.subscriptionId('819000000004');
    expect((await agent.at(`/console/subscriptions/${ken}/ledger`)).url.pathname).toBe(
      `/console/customers/${await play.contractorId('sato')}/look`,
    );
  });

  test('says what happened in words, what there is, and what is under way', async () => {
    await app().gifts.giveDirectly({
      requestId: newId(),
      senderSubscriptionId: hanako,
      receiverSubscriptionId: sakura,
      amountBytes: 500 * MB,
    });
    await app().gifts.offerGift({
      requestId: newId(),
      senderSubscriptionId: hanako,
      senderLineUserId: 'U1',
      amountBytes: 1_000 * MB,
      way: 'share-link',
      receiverSubscriptionId: null,
    });
    await app().data.reserve({
      requestId: newId(),
      subscriptionId: hanako,
      bytes: 200 * MB,
      validForSeconds: 600,
    });
    const { text } = await agent.at(ledgerOf);
    for (const said of [
      '台帳の合計と、いまあるデータは一致しています。',
      'データプレゼント：田中 さくらへ',
      'データプレゼント：受け取る人へ',
      '受け取り待ち',
      'データプレゼント：受け取る人へ 1GB',
      '通信のために確保：200MB',
      '2026年11月',
    ])
      expect(text).toContain(said);
    const english = await agent.at(`${ledgerOf}?lang=en`);
    for (const said of ['Gift to 田中 さくら', 'Used on 17 Nov', 'On loan to the network: 200MB', 'Monthly data'])
      expect(english.text).toContain(said);
    await agent.at('/console?lang=ja');
    const got = await agent.at(`/console/subscriptions/${sakura}/ledger`);
    expect(got.text).toContain('データプレゼント：田中 花子から');
  });

  test('goes on page by page, filtered by what happened and by kind', async () => {
    const whens = (page: Page) => page.html.match(/<time /g)?.length ?? 0;
    let page = await agent.at(ledgerOf);
    let all = whens(page);
    for (; page.text.includes('もっと古い記録'); all += whens(page)) page = await page.follow('もっと古い記録');
    const { rows } = await pool().query<{ count: number }>(
      `select count(*)::integer as count from ledger_entry where $1 in (from_owner_id, to_owner_id)`,
      [hanako],
    );
    expect(all).toBe(rows[0]?.count);
    expect(whens(await agent.at(`${ledgerOf}?reason=gift-set-aside`))).toBe(1);
    // What was left of October counts as carried over from the 1st on.
    expect(whens(await agent.at(`${ledgerOf}?reason=usage&kind=carry-over`))).toBe(15);
    const grants = await agent.at(`${ledgerOf}?reason=plan-grant&kind=base`);
    expect(grants.text).not.toContain('もっと古い記録');
    // One a month since the demo began.
    expect(whens(grants)).toBe(5);
    expect((await agent.at(`${ledgerOf}?reason=purchase`)).text).toContain('あてはまる記録はありません');
    expect(whens(await agent.at(`${ledgerOf}?reason=x&kind=y&before=z`))).toBe(30);
  });

  test('says so when entries and lots do not agree', async () => {
    const yes = 'update ledger_owner set remaining[1] = remaining[1] + 1 where owner_id = $1';
    await pool().query(yes, [hanako]);
    expect((await agent.at(ledgerOf)).text).toContain('一致しません');
    await pool().query(yes.replace('+ 1', '- 1'), [hanako]);
  });

  test('says so when older entries were taken away', async () => {
    const { rows } = await pool().query<{ name: string; bounds: string }>(
      `select relname as name, pg_get_expr(relpartbound, oid) as bounds from pg_class where relname like 'ledger_entry_until_%' and relispartition and relkind = 'r'`,
    );
    const [{ name, bounds } = { name: '', bounds: '' }] = rows;
    await pool().query(`alter table ledger_entry detach partition ${name}`);
    const { text } = await agent.at(ledgerOf);
    expect(text).toContain('別の場所へ移されています');
    expect(text).not.toContain('一致しません');
    await pool().query(`alter table ledger_entry attach partition ${name} ${bounds}`);
    expect((await agent.at(ledgerOf)).text).toContain('一致しています');
  });
});

describe('a correction', () => {
  test('is asked by one, approved by another, in the ledger with both, and told to the user', async () => {
    const before = await usable(hanako);
    const form = await agent.at(correctionOf);
    const asked = await form.submit(good, '申請する');
    expect(asked.url.pathname).toMatch(/^\/console\/requests\//);
    for (const said of ['データを500MB増やす', '追加購入', '2026年12月31日', '基地局の故障のお詫び']) {
      expect(asked.text).toContain(said);
    }
    expect(asked.html).not.toContain('value="approve"');
    const supervisor = play.as('supervisor');
    const done = await approve(asked, supervisor);
    expect(done.text).toContain('承認しました');
    expect(await usable(hanako)).toBe(before + 500);
    const { text } = await agent.at(ledgerOf);
    expect(text).toContain('訂正：増やしました 基地局の故障のお詫び（申請 井上 窓口、承認 上田 責任）');
    const { rows } = await pool().query<{ body: unknown }>(
      `select body from outbox where line_user_id = 'U1' and dedupe_key like 'data-correction:%'`,
    );
    expect(JSON.stringify(rows)).toContain('500MB増えました（2026年12月31日まで）');
    expect(JSON.stringify(rows)).not.toContain('基地局');
  });

  test('takes away what is there, in the order of use', async () => {
    const before = await usable(hanako);
    expect((await approve(await ask({ direction: 'take', amount: '100' }), play.as('admin'))).text).toContain('承認');
    expect(await usable(hanako)).toBe(before - 100);
  });

  test('asked for by the operator’s own system (TMF654) it takes one of the staff, and says who asked', async () => {
    const adjust = async (path: string, body?: object) => {
      const response = await fetch(`${play.stage.url}/tmf-api/prepayBalanceManagement/v4/adjustBalance${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${app().config.apiKey}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return response.json();
    };
    const before = await usable(sakura);
    const body = {
      amount: { amount: 300, units: 'MB' },
      usageType: 'data',
      bucket: { id: `${sakura}.gift` },
      validFor: { endDateTime: '2026-12-31T15:00:00Z' },
      reason: '店頭でのお詫び',
    };
    const [asked, other] = [await adjust('', body), await adjust('', body)];
    expect([asked.status, await usable(sakura)]).toEqual(['created', before]);
    const supervisor = play.as('supervisor');
    const page = await supervisor.at(`/console/requests/${asked.id}`);
    for (const said of ['データを300MB増やす', '店頭でのお詫び', '自社のシステム']) expect(page.text).toContain(said);
    expect((await approve(page, supervisor)).text).toContain('承認しました');
    expect(await usable(sakura)).toBe(before + 300);
    expect((await adjust(`/${asked.id}`)).status).toBe('completed');
    expect((await agent.at(`/console/subscriptions/${sakura}/ledger`)).text).toContain(
      '（申請 自社のシステム、承認 上田 責任）',
    );
    await supervisor.post(`/console/requests/${other.id}`, { decision: 'refuse', note: '二重です' });
    expect(await adjust(`/${other.id}`)).toMatchObject({ status: 'cancelled', note: '二重です' });
    expect(await usable(sakura)).toBe(before + 300);
  });

  test('goodwill is filled in; only the reason is missing', async () => {
    const form = await agent.at(`${correctionOf}?preset=goodwill`);
    expect(form.html).toContain('<option value="top-up" selected');
    const asked = await form.submit({ reason: '長い通信障害のお詫び', bucket: 'top-up' }, '申請する');
    expect(asked.text).toContain('データを1GB増やす');
    expect(asked.text).toContain('2026年12月31日');
  });

  test.each([
    ['量は1から', { amount: '-500' }],
    ['量は1から', { amount: '1e9' }],
    ['増やすか減らすか', { direction: 'both' }],
    ['使える最後の日は、今日から', { lastDay: '2026-11-17' }],
    ['2年以内', { lastDay: '2036-01-01' }],
    ['種類と、使える最後の日', { bucket: 'set-aside' }],
    ['減らせるだけのデータがありません', { direction: 'take', amount: '900000' }],
    ['理由を5文字以上', { reason: 'だめ' }],
  ])('is refused in words with what was typed: %s', async (said, change) => {
    const page = await ask(change);
    expect([page.status, page.text.includes(said)]).toEqual([422, true]);
    expect(page.html).toContain(`value="${{ ...good, ...change }.amount}"`);
  });

  test('of a subscription that has ended is refused', async () => {
    const ended = await play.subscriptionId('819000000007');
    await agent.look(await play.contractorId('suzuki'));
    const page = await agent.post(`/console/subscriptions/${ended}/correction`, good);
    expect([page.status, page.text.includes('契約は終わっている')]).toEqual([422, true]);
  });

  test('nobody without a reason for looking asks for one', async () => {
    const ken = await play.subscriptionId('819000000004');
    expect((await agent.post(`/console/subscriptions/${ken}/correction`, good)).url.pathname).toContain('/look');
  });
});

describe('attacks on a correction', () => {
  test('one’s own is not approved, nor by an agent or an auditor, nor asked for by an auditor', async () => {
    const before = await usable(hanako);
    const supervisor = play.as('supervisor');
    const own = await ask({}, supervisor);
    expect((await approve(own, supervisor)).status).toBe(409);
    for (const other of ['agent', 'auditor'] as const) expect((await approve(own, play.as(other))).status).toBe(404);
    expect((await ask({}, play.as('auditor'))).status).toBe(404);
    expect(await usable(hanako)).toBe(before);
  });

  test('approved by two at once, many times, it is applied once', async () => {
    const before = await usable(hanako);
    const asked = await ask();
    const pages = await Promise.all(
      Array.from({ length: 20 }, (_, n) => approve(asked, play.as(n % 2 === 0 ? 'supervisor' : 'admin'))),
    );
    // Whoever came first sees it done, however often they tapped; the other is told that it is decided.
    expect(pages.map(({ status }) => status).toSorted()).toEqual([...Array(10).fill(200), ...Array(10).fill(409)]);
    expect(await usable(hanako)).toBe(before + 500);
  });

  test('what is sent along with the yes changes nothing of what was asked', async () => {
    const before = await usable(hanako);
    const asked = await ask();
    await play.as('admin').post(asked.url.pathname, {
      decision: 'approve',
      note: '',
      amountBytes: '999000000000',
      amount: '999000',
      payload: '{"amountBytes":999000000000}',
    });
    expect(await usable(hanako)).toBe(before + 500);
  });

  test('the same form sent again is the same request, whatever it says now', async () => {
    const before = await usable(hanako);
    const requestId = newId();
    await agent.post(correctionOf, { ...good, requestId });
    const again = await agent.post(correctionOf, { ...good, amount: '900000', requestId });
    expect(again.text).toContain('データを500MB増やす');
    await approve(again, play.as('admin'));
    expect(await usable(hanako)).toBe(before + 500);
  });

  test('what is gone when it is approved is not taken; the request goes on waiting', async () => {
    const left = await usable(hanako);
    const most = String(Math.floor(left));
    const [one, other] = [
      await ask({ direction: 'take', amount: most }),
      await ask({ direction: 'take', amount: most }),
    ];
    expect((await approve(one, play.as('admin'))).status).toBe(200);
    const refused = await approve(other, play.as('admin'));
    expect([refused.status, refused.text.includes('減らせるだけのデータがありません')]).toEqual([409, true]);
    expect(await usable(hanako)).toBeLessThan(1);
    expect((await play.as('admin').at(other.url.pathname)).text).toContain('承認する');
  });

  test('the book agrees with itself after all this', async () => {
    expect((await agent.at(ledgerOf)).text).toContain('一致しています');
  });
});
