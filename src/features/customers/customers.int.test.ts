import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleStage, consoleStage } from '../../../tests/support/console.ts';
import { newId } from '../../base/ids.ts';

let play: ConsoleStage;
let tanaka: string;
beforeAll(async () => {
  play = await consoleStage();
  tanaka = await play.contractorId('tanaka');
  await pool().query(
    `insert into line_account (line_user_id, display_name, is_friend, updated_at) values
       ('U1', 'はなこ🌸', true, now()), ('U2', 'はなび', true, now())`,
  );
  await pool().query(
    `insert into user_link (user_link_id, subscription_id, line_user_id, link_code_id, linked_at)
     select $1, subscription_id, 'U1', link_code_id, '2026-11-02T03:04:00Z' from link_code
     where subscription_id = $2 and revoked_at is null`,
    [newId(), await play.subscriptionId('819000000002')],
  );
});
afterAll(() => play.close());

const pool = () => play.stage.app.database.pool;
const searched = (typed: string) => play.as('agent').at(`/console/customers?q=${encodeURIComponent(typed)}`);

describe('finding a customer', () => {
  test.each([
    ['the number, written any way', '０９０－００００−0001', ['田中 太郎']],
    ['the beginning of a name', '田', ['田中 太郎']],
    ['a name without its blank', '田中太', ['田中 太郎']],
    ['a registered user', '田中 さ', ['田中 太郎']],
    ['the reading, in hiragana', 'さとう', ['佐藤 健']],
    ['the reading, in half-width katakana', 'ｽｽﾞｷ', ['鈴木 一郎']],
    ['the login ID', 'TANA', ['田中 太郎']],
    ['the name of a linked LINE account', 'はなこ', ['田中 太郎']],
    ['not that of an account without a link', 'はなび', []],
    ['not the middle of a name', '太郎', []],
    ['nobody', '%', []],
    ['nobody at all', "' or true --", []],
  ])('by %s', async (_, typed, names) => {
    const page = await searched(typed);
    expect(page.status).toBe(200);
    expect(['田中 太郎', '佐藤 健', '鈴木 一郎'].filter((name) => page.text.includes(name))).toEqual(names);
  });

  test('by contractor ID; too little finds nothing', async () => {
    expect((await searched(tanaka)).text).toContain('田中 太郎');
    expect((await searched('t')).text).toContain('2文字以上');
  });

  test('shows name, login ID and the ends of the numbers, nothing more, and is on record without what was typed', async () => {
    const { text } = await searched('090-0000-0001');
    expect(text).toContain('0001・0002・0003');
    for (const hidden of ['819000000001', '1980', 'example.jp', '利用中']) expect(text).not.toContain(hidden);
    const { rows } = await pool().query<{ detail: unknown }>(
      `select detail from audit_log where action = 'staff.customers-searched' order by at desc, audit_id desc limit 1`,
    );
    expect(rows).toEqual([{ detail: { by: 'number', found: 1 } }]);
  });

  test('page by page, each once, however many have one name', async () => {
    await pool().query(
      `insert into contractor (contractor_id, login_id, password_hash, name, email, created_at)
       select gen_random_uuid(), 'same-' || n, '-', '山本 一', 'x@example.jp', now() from generate_series(1, 45) n`,
    );
    const seen: string[] = [];
    let page = await searched('山本');
    for (let pages = 1; ; pages += 1) {
      seen.push(...[...page.html.matchAll(/same-\d+/g)].map(([loginId]) => loginId));
      if (!page.text.includes('つづきを見る')) {
        expect(pages).toBe(3);
        break;
      }
      page = await page.follow('つづきを見る');
    }
    expect([seen.length, new Set(seen).size]).toEqual([45, 45]);
  });
});

describe('a customer’s page', () => {
  test('asks for a reason first, tells nothing before, and then shows everything but what is secret', async () => {
    const agent = play.as('agent');
    const asked = await agent.at(`/console/customers/${tanaka}`);
    expect(asked.url.pathname).toBe(`/console/customers/${tanaka}/look`);
    expect(asked.text).not.toContain('田中');
    const again = await asked.submit({ reason: 'なし' }, '理由を記録して開く');
    expect([again.status, again.text.includes('5文字以上'), again.html.includes('value="なし"')]).toEqual([
      422,
      true,
      true,
    ]);
    const page = await again.submit({ reason: '本人からの電話' }, '理由を記録して開く');
    expect([page.status, page.url.pathname]).toEqual([200, `/console/customers/${tanaka}`]);
    for (const shown of [
      'タナカ タロウ',
      '1980年5月5日',
      '090-0000-0002',
      '利用中',
      '6GB',
      '田中 花子',
      '前月繰越',
      'はなこ🌸（2026年11月2日 12:04から）',
      '契約者として登録された',
    ])
      expect(page.text).toContain(shown);
    // Of the text, not of the HTML: four digits of a code may well be four digits of somebody's UUID there.
    const { rows } = await pool().query<{ lastFour: string }>(`select last_four as "lastFour" from link_code`);
    for (const hidden of ['U1', ...rows.map(({ lastFour }) => `•••• ${lastFour}`)])
      expect(page.text).not.toContain(hidden);
    expect(page.html).not.toContain('argon2');
    // The bar stands for the month's volume: of 3 GB a little less than half is left to さくら.
    expect(page.html).toMatch(/class="kind-base" x="0" width="4\d\d"/);
  });

  test('is open for half an hour, to this member alone, and each showing is on record', async () => {
    const supervisor = play.as('supervisor');
    expect((await supervisor.at(`/console/customers/${tanaka}`)).url.pathname).toContain('/look');
    await supervisor.look(tanaka);
    const sato = await play.contractorId('sato');
    expect((await supervisor.at(`/console/customers/${sato}`)).url.pathname).toBe(`/console/customers/${sato}/look`);
    await supervisor.at(`/console/customers/${tanaka}`);
    const { rows } = await pool().query(
      `select action, detail ->> 'reason' as reason from audit_log join staff on staff_id::text = actor_id
       where contractor_id = $1 and login_id = 'supervisor' order by at, audit_id`,
      [tanaka],
    );
    const shown = { action: 'staff.page-shown', reason: null };
    expect(rows).toEqual([{ action: 'staff.looked', reason: '本人からの電話' }, shown, shown]);
  });

  test.each([newId(), 'nobody'])('of %s is not there, nor a reason to look at it', async (id) => {
    const agent = play.as('agent');
    expect((await agent.at(`/console/customers/${id}`)).status).toBe(404);
    expect((await agent.post(`/console/customers/${id}/look`, { reason: '本人からの電話' })).status).toBe(404);
  });

  test('leads back only into the console', async () => {
    const answer = await play
      .as('admin')
      .post(`/console/customers/${tanaka}/look`, { reason: '本人からの電話', next: 'https://evil.example/' });
    expect(answer.url.pathname).toBe(`/console/customers/${tanaka}`);
  });

  test('in English', async () => {
    const agent = play.as('agent');
    await agent.look(tanaka);
    const { text } = await agent.at(`/console/customers/${tanaka}?lang=en`);
    for (const shown of ['in service', 'Monthly data', 'became a contractor', 'since 2 Nov 2026, 12:04'])
      expect(text).toContain(shown);
    await agent.at('/console?lang=ja');
  });
});

describe('points as goodwill', () => {
  const path = () => `/console/customers/${tanaka}/points`;
  const given = async () => {
    const { rows } = await pool().query<{ points: number; reason: string }>(
      `select points, detail ->> 'reason' as reason from point_event
       where contractor_id = $1 and kind = 'goodwill' and at > $2 order by event_id`,
      [tanaka, play.stage.clock.now().subtract({ minutes: 5 }).toString()],
    );
    return rows.map(({ points, reason }) => `${points} ${reason}`);
  };
  const give = (by: 'agent' | 'supervisor', points: string, reason = 'お待たせしたお詫び', requestId = newId()) =>
    play.as(by).post(path(), { points, reason, requestId });

  test('a few are given at once, once, with a reason that the customer reads; who gave them is on record', async () => {
    await play.as('agent').look(tanaka);
    const requestId = newId();
    for (let tap = 0; tap < 2; tap += 1) {
      expect((await give('agent', '１２０', 'お待たせしたお詫び', requestId)).text).toContain('ポイントを付けました');
    }
    expect(await given()).toEqual(['120 お待たせしたお詫び']);
    const page = await play.as('agent').at(path());
    expect(page.text).toContain('お待たせしたお詫び');
    const { rows } = await pool().query(
      `select 1 from audit_log where action = 'points.goodwill-given' and contractor_id = $1 and actor_kind = 'staff'`,
      [tanaka],
    );
    expect(rows.length).toBeGreaterThan(0);
  });

  test('more than one may give alone waits for a second person, also in small steps', async () => {
    const request = await give('agent', '400', 'つながらなかったお詫び');
    expect(request.url.pathname).toMatch(/^\/console\/requests\//);
    expect(await given()).toEqual(['120 お待たせしたお詫び']);
    expect(request.text).toContain('400ポイントを付ける');
    // Whoever decides learns the name behind a door that asks why, and records it.
    expect(request.text).not.toContain('田中');
    expect(request.link('ポイントを見る')).toContain(path());
    const approved = await play.as('supervisor').post(request.url.pathname, { decision: 'approve', note: '' });
    expect(approved.status).toBe(200);
    expect(await given()).toEqual(['120 お待たせしたお詫び', '400 つながらなかったお詫び']);
  });

  test('is refused without a number or a reason, and to auditors', async () => {
    expect((await give('agent', 'たくさん')).status).toBe(422);
    expect((await give('agent', '10', 'x')).status).toBe(422);
    await play.as('auditor').look(tanaka);
    expect((await play.as('auditor').at(path())).html).not.toContain('name="points"');
    expect((await play.as('auditor').post(path(), { points: '10', reason: 'お詫びです' })).status).toBe(404);
  });
});

describe('points that a corrected bill took too much', () => {
  const path = () => `/console/customers/${tanaka}/points/return`;
  const ask = (points: string, month = '2026-10') =>
    play.as('agent').post(path(), { requestId: newId(), month, points, reason: 'ご請求を訂正したため' });
  const approve = (page: string) => play.as('supervisor').post(page, { decision: 'approve', note: '' });
  const balance = async () => {
    const page = await play.as('agent').at(`/console/customers/${tanaka}/points`);
    return Number(/いまのポイント ([\d,]+)ポイント/.exec(page.text)?.[1]?.replaceAll(',', ''));
  };

  test('come back once a second person agrees, never more than the bill took', async () => {
    await play.as('agent').look(tanaka);
    expect((await play.as('agent').at(path())).text).toContain('ポイントを使った請求はありません');
    await pool().query(`insert into point_bill (contractor_id, month, used_points) values ($1, '2026-10', 300)`, [
      tanaka,
    ]);
    const before = await balance();
    for (const wrong of [await ask('301'), await ask(''), await ask('1', '2026-09')]) expect(wrong.status).toBe(422);

    const [first, second] = [await ask('200'), await ask('150')];
    expect(first.text).toContain('2026年10月分の請求に使った200ポイントを戻す');
    expect(await balance()).toBe(before);
    expect((await approve(first.url.pathname)).status).toBe(200);
    // 100 are left: what was asked before and would give back more is not done.
    expect((await approve(second.url.pathname)).text).toContain('まだ戻していない数まで');
    expect(await balance()).toBe(before + 200);
    const page = await play.as('agent').at(`/console/customers/${tanaka}/points`);
    expect(page.text).toContain('10月分のお支払いから返却');
    expect((await play.as('agent').at(path())).text).toContain('月分（100ポイントまで）');
  });
});
