import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../../../tests/support/linking.ts';
import { type MyPageWorld, myPageWorld } from '../../../tests/support/my-page.ts';
import { testOperator } from '../../../tests/support/operator.ts';
import { newId } from '../../base/ids.ts';
import { createPoints, type Points } from './index.ts';

let world: MyPageWorld;
let points: Points;
beforeAll(async () => {
  world = await myPageWorld();
  points = createPoints({
    db: world.database.db,
    clock: world.clock,
    operator: testOperator,
    ledger: world.ledger,
    sessions: world.sessions,
    line: { giveStickers: async () => ({ kind: 'ok', value: null, requestId: null }) },
    publicUrl: 'https://my.example.jp',
    requireAwake: world.credentials.requireAwake(),
  });
  world.web.route('/', points.pages());
});
afterAll(() => world.close());

const words = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const hidden = (html: string) => /name="requestId" value="([^"]*)"/.exec(html)?.[1] ?? '';

/** A contractor with so many points, linked as `<loginId> on LINE`, and a browser signed in by password. */
async function signedIn(loginId: string, of: { points?: number; isLinked?: boolean } = {}) {
  const { contractorId } = await world.contractor(loginId);
  await world.subscription(contractorId);
  const lineUserId = await world.person(`${loginId} on LINE`);
  if (of.isLinked ?? true) await world.linkContractor(lineUserId, loginId);
  if (of.points) {
    const given = { contractorId, points: of.points, reason: 'お待たせしたお詫び', staff: 'suzuki' };
    await points.giveGoodwill({ requestId: newId(), ...given });
  }
  return { contractorId, lineUserId, browser: await world.signIn(loginId) };
}

async function deliver(): Promise<void> {
  for (const job of points.jobs) if (job.name === 'points.deliver-stickers') await job.run(world.clock.now());
}

async function confirm(browser: Browser, code: string) {
  return browser.post(`/points/stickers/${code}`, {
    requestId: hidden((await browser.get(`/points/stickers/${code}`)).text),
  });
}

/** One more LINE account of the contractor's; how it proved itself is linking's matter. */
const alsoLinked = (lineUserId: string, contractorId: string) =>
  world.sql.query(
    `insert into contractor_link (contractor_link_id, contractor_id, line_user_id, linked_at) values ($1, $2, $3, $4)`,
    [newId(), contractorId, lineUserId, world.clock.now().toString()],
  );

describe('the page of points', () => {
  test('asks for a sign-in, and comes back', async () => {
    const answer = await world.browser().get('/points');
    expect([answer.status, answer.location]).toEqual([303, '/login?next=%2Fpoints']);
  });

  test('shows what is there, until when, what comes, and what happened', async () => {
    const { browser } = await signedIn('reader', { points: 1_234 });
    const { status, text } = await browser.get('/points');
    expect(status).toBe(200);
    const said = words(text);
    expect(said).toContain('ポイント残高 1,234 ポイント');
    expect(said).toMatch(/有効期限 \d{4}年\d+月\d+日/);
    expect(said).toMatch(/次に付くポイント \d+月分 9ポイント \d{4}年\d+月10日に付きます（\d{4}年\d+月1日0時に/);
    expect(said).toContain('お待たせしたお詫び +1,234');
    expect(text.length).toBeLessThan(30_000);
    expect(text).not.toMatch(/LINE\s?ポイント|LINE Points/);
  });

  test('says so when there is nothing yet, in English too', async () => {
    const { browser } = await signedIn('newcomer');
    expect(words((await browser.get('/points')).text)).toContain('まだ履歴はありません。');
    const english = words((await browser.get('/points?lang=en')).text);
    expect(english).toContain('You have no points at the moment.');
    expect(english).toMatch(/9 points for \w+ on 10 \w+ \d{4}, if your contract is linked at 0:00/);
  });

  test('turns the pages of a long history', async () => {
    const { contractorId, browser } = await signedIn('long');
    for (let day = 1; day <= 21; day += 1) {
      const given = { contractorId, points: day, reason: `第${day}回`, staff: 'suzuki' };
      await points.giveGoodwill({ requestId: newId(), ...given });
    }
    const first = (await browser.get('/points')).text;
    expect(first).toContain('第21回');
    expect(first).not.toMatch(/第1回/);
    const older = /href="(\/points\?before=[0-9a-f-]+)"/.exec(first)?.[1] ?? '';
    expect((await browser.get(older)).text).toContain('第1回');
  });

  test('is nobody else’s', async () => {
    await signedIn('rich', { points: 5_000 });
    const { browser } = await signedIn('stranger');
    expect((await browser.get('/points')).text).not.toContain('5,000');
  });
});

describe('points on the bill', () => {
  test('all, a fixed part, or none: kept, shown, and recorded', async () => {
    const { contractorId, browser } = await signedIn('payer');
    expect((await browser.post('/points/bill', { use: 'fixed', points: '３００' })).location).toBe(
      '/points?done=saved',
    );
    const page = await browser.get('/points?done=saved');
    expect(words(page.text)).toContain('毎月300ポイントを使います');
    expect((await browser.get('/points/bill')).text).toMatch(/value="fixed"[^>]*checked/);
    await browser.post('/points/bill', { use: 'all', points: '' });
    expect(words((await browser.get('/points')).text)).toContain('毎月、使えるだけ使います');
    expect(await world.count('audit_log', `contractor_id = '${contractorId}' and action like 'points.%'`)).toBe(2);
  });

  test.each([
    [{ use: 'fixed', points: 'たくさん' }, '数字で入力してください'],
    [{ use: 'fixed', points: '0' }, '1ポイント以上'],
    [{ use: 'everything', points: '' }, 'どれか1つを選んでください'],
  ])('%j is refused with what was typed', async (typed, said) => {
    const { browser } = await signedIn(`typer-${typed.use}-${typed.points.length}`);
    const answer = await browser.post('/points/bill', typed);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(said);
    expect(answer.text).toContain(`value="${typed.points}"`);
  });
});

describe('stickers', () => {
  test('from the catalogue over the question to the delivery', async () => {
    const { browser, lineUserId } = await signedIn('collector', { points: 70 });
    const catalogue = await browser.get('/points/stickers');
    expect(words(catalogue.text)).toMatch(/さくらねこ 50ポイント .*冬のねこ 50ポイント 休止中/);
    const picture = await browser.get('/points/stickers/cat/picture.svg');
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    const question = await browser.get('/points/stickers/cat');
    expect(words(question.text)).toMatch(
      /使うポイント 50ポイント 交換後の残高 20ポイント お届け先のLINE collector on LINE/,
    );
    const fields = { requestId: hidden(question.text) };
    const { status, location } = await browser.post('/points/stickers/cat', fields);
    expect(status).toBe(303);
    expect((await browser.post('/points/stickers/cat', fields)).location).toBe(location);
    expect((await browser.get(location)).text).toContain('「さくらねこ」をお届けしています');
    await deliver();
    expect((await browser.get(location)).text).toContain('「さくらねこ」が届きました');
    expect(words((await browser.get('/points/stickers')).text)).toContain('さくらねこ 50ポイント 受け取り済み');
    expect(await world.count('outbox', `line_user_id = '${lineUserId}' and dedupe_key like 'sticker-order:%'`)).toBe(1);
  });

  test.each([
    ['nolink', { points: 70, isLinked: false }, 'cat', '契約者連携をしたLINEにお届けします'],
    ['poor', { points: 49 }, 'cat', 'ポイントが足りません'],
    ['late', { points: 70 }, 'closed', 'いま交換できません'],
  ])('%s: the page says why, and asking anyway changes nothing', async (loginId, of, code, said) => {
    const { browser, contractorId } = await signedIn(loginId, of);
    const page = await browser.get(`/points/stickers/${code}`);
    expect([page.status, page.text.includes(said), page.text.includes('<form method="post" action="/points')]).toEqual([
      200,
      true,
      false,
    ]);
    const answer = await browser.post(`/points/stickers/${code}`, { requestId: newId() });
    expect([answer.status, answer.text.includes(said)]).toEqual([409, true]);
    const rows = await world.sql.query('select from sticker_order where contractor_id = $1', [contractorId]);
    expect(rows).toHaveLength(0);
  });

  test('of several linked accounts one is chosen, by its place and never by an id', async () => {
    const { browser, contractorId } = await signedIn('several', { points: 70 });
    const second = await world.person('second');
    await alsoLinked(second, contractorId);
    const question = await browser.get('/points/stickers/cat');
    expect(question.text).not.toContain(second);
    await browser.post('/points/stickers/cat', { requestId: hidden(question.text), to: '1' });
    const rows = await world.sql.query<{ to: string }>(
      'select line_user_id as to from sticker_order where contractor_id = $1',
      [contractorId],
    );
    expect(rows).toEqual([{ to: second }]);
  });

  test('an account that is not there is refused', async () => {
    const { browser } = await signedIn('tamperer', { points: 70 });
    const victim = await world.person('victim');
    for (const to of ['7', '-1', victim, 'constructor']) {
      expect((await browser.post('/points/stickers/cat', { requestId: newId(), to })).status).toBe(409);
    }
  });

  test('another contractor’s order, and what does not exist, answer 404', async () => {
    const { browser } = await signedIn('owner', { points: 70 });
    const { location } = await confirm(browser, 'cat');
    const { browser: other } = await signedIn('other', { points: 70 });
    expect((await browser.get(location)).status).toBe(200);
    for (const path of [
      location,
      `/points/stickers/orders/${newId()}`,
      '/points/stickers/orders/x',
      '/points/stickers/no',
    ])
      expect((await other.get(path)).status).toBe(404);
    expect((await other.post('/points/stickers/no', { requestId: newId() })).status).toBe(404);
  });
});

describe('in the talk', () => {
  const hear = async (lineUserId: string, language: 'ja' | 'en' = 'ja') => {
    const context = { db: world.database.db, now: world.clock.now(), eventId: newId(), lineUserId, language } as const;
    return points.talk.hear({ ...context, displayName: null }, { kind: 'word', word: 'ポイント' });
  };

  test('ポイント tells what is there and opens the page', async () => {
    const { lineUserId } = await signedIn('talker', { points: 70 });
    const said = JSON.stringify(await hear(lineUserId));
    expect(said).toContain('70ポイント');
    expect(said).toContain('https://my.example.jp/login/line?next=/points');
    expect(said).toMatch(/次に付くポイント \d+月分 9ポイント/);
  });

  test('whoever has no contractor link learns which one is needed', async () => {
    const said = JSON.stringify(await hear(await world.person('nobody')));
    expect(said).toContain('契約者連携が必要です');
    expect(said).toContain('link-contractor.open');
  });

  test('undoing the last link says what is lost, and nothing while another stands', async () => {
    const { contractorId, lineUserId } = await signedIn('leaver');
    const lost = await points.lostWithLink(world.sql, { contractorId, lineUserId }, 'ja');
    expect(lost[0]).toMatch(/^まだ付いていない\d+月分のポイント（いまのところ9ポイント）は受け取れません。$/);
    await alsoLinked(await world.person('partner'), contractorId);
    expect(await points.lostWithLink(world.sql, { contractorId, lineUserId }, 'ja')).toEqual([]);
  });
});
