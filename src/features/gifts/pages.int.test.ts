import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutGifts } from '../../../tests/support/alone.ts';
import type { Browser } from '../../../tests/support/linking.ts';
import { type MyPageWorld, myPageWorld } from '../../../tests/support/my-page.ts';
import { testOperator } from '../../../tests/support/operator.ts';
import { GB } from '../../base/bytes.ts';
import { checkDigit } from '../../base/check-digit.ts';
import { preparedRunnerOf } from '../../infra/db/index.ts';
import type { TalkContext } from '../../infra/line/talk.ts';
import { createLedger } from '../../ledger/index.ts';
import { createData } from '../data/index.ts';
import { createGifts, type Gifts } from './index.ts';

const SITE = 'https://my.example.jp';
let world: MyPageWorld;
let gifts: Gifts;
let stop: () => Promise<void>;
beforeAll(async () => {
  world = await myPageWorld();
  const { database, clock, sessions, linking, contractors, limits, secrets } = world;
  const ledger = createLedger({ pool: database.pool, clock });
  stop = () => ledger.stop();
  const shared = { db: database.db, clock, sessions, operator: testOperator, publicUrl: SITE, apiKey: 'the key' };
  const data = createData({
    ...shared,
    reads: preparedRunnerOf(database.pool),
    ledger,
    linking,
    contractors,
    giftsOf: withoutGifts,
  });
  gifts = createGifts({ ...shared, ledger, linking, data, limits, secrets, recordFees: async () => undefined });
  world.web.route('/', gifts.pages());
});
afterAll(async () => {
  await stop();
  await world.close();
});

let families = 0;
/** Somebody on LINE who is linked to a subscription of their own, signed in. */
async function linked(name: string) {
  families += 1;
  const family = await world.family(`family-${families}`);
  const lineUserId = await world.person(name);
  await world.linkUser(lineUserId, family.code());
  return { lineUserId, subscriptionId: family.subscriptionId, browser: await world.signInWithLine(lineUserId) };
}

async function give(browser: Browser, to: Record<string, string>) {
  const form = await browser.get('/gifts/new');
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(form.text)?.[1] ?? '';
  const hidden = { subscription: field('subscription'), requestId: field('requestId') };
  return browser.post('/gifts/new', { ...hidden, amount: String(GB), ...to });
}

const codeOn = (text: string) => /<span class="code">(\d{4} \d{4} \d{4})<\/span>/.exec(text)?.[1] ?? '';
const strangeCode = (number: number) => {
  const digits = String(number).padStart(11, '0');
  return digits + checkDigit(digits);
};
const contextOf = (lineUserId: string): TalkContext => ({
  db: world.database.db,
  now: world.clock.now(),
  eventId: 'event',
  lineUserId,
  displayName: null,
  language: 'ja',
});
const enter = (browser: Browser, code: string) => browser.post('/gifts/code', { code });
/** A page without what differs every time: ids, and what was typed. */
const plain = (text: string, typed = '') =>
  text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>').replaceAll(`value="${typed}"`, 'value=""');

describe('by a code to read out', () => {
  test('its sender is shown the code, whoever hears it types it, sees the gift and accepts it', async () => {
    const [taro, ken] = [await linked('たろう'), await linked('けん')];
    const given = await give(taro.browser, { to: 'code' });
    expect(given.status).toBe(303);
    const sent = await taro.browser.get(given.location);
    const code = codeOn(sent.text);
    expect(code).not.toBe('');
    expect(sent.text).toContain('1GBを取り分けました。コードを相手に伝えてください。');
    expect((await taro.browser.get('/gifts')).text).toContain('コードを伝えた方');

    const list = await ken.browser.get('/gifts');
    expect(list.text).toContain('href="/gifts/code"');
    const entered = await enter(ken.browser, code.replaceAll(' ', '－'));
    expect([entered.status, entered.location]).toEqual([303, expect.stringMatching(/^\/gifts\/claim\/[\w-]{43}$/)]);
    const claim = await ken.browser.get(entered.location);
    expect(claim.text).toContain('たろうさんからのプレゼント');
    const asked = await ken.browser.get(`${entered.location}/decline`);
    expect(claim.text).toContain(`href="${entered.location}/decline"`);
    expect([asked.status, asked.text.includes('name="action" value="decline"')]).toEqual([200, true]);
    expect((await ken.browser.post(entered.location, { action: 'claim' })).status).toBe(303);
    expect((await ken.browser.get(entered.location)).text).toContain('データを受け取りました');
    expect((await taro.browser.get(given.location)).text).not.toContain(code);
  });

  /** A gift by code, and the page on which whoever has the code finds it. */
  async function waiting(sender: Browser, reader: Browser) {
    const { location } = await give(sender, { to: 'code' });
    const code = codeOn((await sender.get(location)).text);
    return { location, page: (await enter(reader, code)).location };
  }

  test('of two who have the page open the later is told that it is gone, and offered it no more', async () => {
    const [taro, ken, jun] = [await linked('たろう'), await linked('けん'), await linked('じゅん')];
    const { location, page } = await waiting(taro.browser, ken.browser);
    expect((await jun.browser.get(page)).text).toContain('受け取る</button>');
    // Its sender is led to where it is sent once more or taken back.
    expect((await taro.browser.get(page)).text).toContain(`href="${location}"`);
    await ken.browser.post(page, { action: 'claim' });
    const late = await jun.browser.post(page, { action: 'claim' });
    expect([late.status, late.text.includes('受け取る</button>')]).toEqual([409, false]);
    expect(late.text).toContain('role="alert"');
    expect(late.text).toContain('href="/gifts"');
    const declined = await jun.browser.post(page, { action: 'decline' });
    expect(declined.status).toBe(409);
  });

  test('declined on its page, it goes back and its sender is told', async () => {
    const [taro, ken] = [await linked('たろう'), await linked('けん')];
    const form = async () => plain((await taro.browser.get('/gifts/new')).text);
    const before = await form();
    const { location, page } = await waiting(taro.browser, ken.browser);
    expect(await form()).not.toBe(before);
    const done = await ken.browser.post(page, { action: 'decline' });
    const seen = (await ken.browser.get(done.location)).text;
    for (const said of ['プレゼントを辞退しました。', 'href="/gifts"']) expect(seen).toContain(said);
    expect((await ken.browser.get(page)).text).not.toContain('プレゼントを辞退しました。');
    // What came back counts against no limit.
    expect(await form()).toBe(before);
    expect((await taro.browser.get(location)).text).toContain('辞退');
    expect(await world.told(taro.lineUserId)).toHaveLength(1);
    const late = await taro.browser.post(`${location}/take-back`, {});
    expect([late.status, late.text.includes('取り消しました')]).toEqual([409, false]);
  });

  test('whoever has two phones chooses the one that receives it', async () => {
    const [taro, ken] = [await linked('たろう'), await linked('けん')];
    const second = await world.family('second-phone');
    await world.linkUser(ken.lineUserId, second.code());
    const { page } = await waiting(taro.browser, ken.browser);
    expect((await ken.browser.post(page, { action: 'claim' })).status).toBe(422);
    const foreign = { action: 'claim', subscription: taro.subscriptionId };
    expect((await ken.browser.post(page, foreign)).status).toBe(422);
    await ken.browser.post(page, { action: 'claim', subscription: second.subscriptionId });
    const { rows } = await world.database.pool.query<{ id: string }>(
      `select receiver_subscription_id as id from gift where state = 'claimed' order by offered_at desc, gift_id desc limit 1`,
    );
    expect(rows[0]?.id).toBe(second.subscriptionId);
  });

  test('nobody but its sender is shown the code', async () => {
    const [taro, ken] = [await linked('たろう'), await linked('けん')];
    const { location } = await give(taro.browser, { to: 'code' });
    expect((await ken.browser.get(location)).status).toBe(404);
    expect((await world.browser().get(location)).location).toContain('/login/line');
  });

  test('a code that never was and one that is over get the same words, byte for byte', async () => {
    const [taro, ken] = [await linked('たろう'), await linked('けん')];
    const { location } = await give(taro.browser, { to: 'code' });
    const code = codeOn((await taro.browser.get(location)).text);
    await taro.browser.post(`${location}/take-back`, {});
    const [over, never] = [await enter(ken.browser, code), await enter(ken.browser, strangeCode(7))];
    expect([over.status, never.status]).toEqual([422, 422]);
    expect(plain(over.text, code)).toBe(plain(never.text, strangeCode(7)));
    expect(over.text).toContain('このコードで受け取れるプレゼントはありません');
  });

  test('a slip is told at once, what was typed is kept', async () => {
    const { browser } = await linked('けん');
    const slip = await enter(browser, '1234-5678-9012');
    expect(slip.status).toBe(422);
    expect(slip.text).toContain('打ち間違いがあるようです');
    expect(slip.text).toContain('value="1234-5678-9012"');
    expect((await enter(browser, '12345')).text).toContain('12桁の数字です');
  });

  test('after five wrong ones it is closed for a while, and says until when', async () => {
    const { browser } = await linked('けん');
    for (let nth = 0; nth < 5; nth += 1) expect((await enter(browser, strangeCode(nth))).status).toBe(422);
    const closed = await enter(browser, strangeCode(5));
    expect(closed.status).toBe(429);
    expect(closed.text).toMatch(/11月\d+日 \d+:\d\d以降に/);
  });

  test('the talk leads to the page where it is typed', async () => {
    const { lineUserId } = await linked('けん');
    const context = contextOf(lineUserId);
    const said = JSON.stringify(await gifts.talk.hear(context, { kind: 'word', word: 'ギフトコード' }));
    expect(said).toContain(`${SITE}/gifts/code`);
    const overview = JSON.stringify(await gifts.talk.hear(context, { kind: 'word', word: 'プレゼント' }));
    expect(overview).toContain('ギフトコードを入力');
  });

  test('the talk never says the code itself', async () => {
    const { lineUserId, browser } = await linked('たろう');
    const { location } = await give(browser, { to: 'code' });
    const code = codeOn((await browser.get(location)).text);
    const said = await gifts.talk.hear(contextOf(lineUserId), { kind: 'word', word: 'プレゼント' });
    expect(JSON.stringify(said)).toContain('コードを見る');
    expect(JSON.stringify(said)).not.toContain(code.replaceAll(' ', ''));
  });
});

describe('by phone number', () => {
  test('the sender sees the same pages for every number', async () => {
    const ken = await linked('けん');
    const { msisdn: known } = await numberOf(ken.subscriptionId);
    const { msisdn: unlinked } = await numberOf((await world.family('nobody-linked')).subscriptionId);
    const seen: string[][] = [];
    for (const number of ['090-9999-9999', known, unlinked]) {
      const taro = await linked('たろう');
      const given = await give(taro.browser, { to: 'number', number });
      expect(given.status).toBe(303);
      const pages = [await taro.browser.get(given.location), await taro.browser.get('/gifts')];
      expect(pages[0]?.text).toContain('この番号で受け取れる場合は、相手にお知らせが届きます');
      seen.push([plain(given.location), ...pages.map((page) => plain(page.text))]);
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    expect((await world.told(ken.lineUserId)).length).toBeGreaterThan(0);
    expect((await ken.browser.get('/gifts')).text).toContain('たろうさんから1GBのデータプレゼントが届いています');
  });

  test('whose time is up is offered no more, on the page and in the talk, before anybody has noted it', async () => {
    const [taro, ken] = [await linked('たろう'), await linked('けん')];
    await give(taro.browser, { to: 'number', number: (await numberOf(ken.subscriptionId)).msisdn });
    const shown = async () => [
      (await ken.browser.get('/gifts')).text.includes('届いています'),
      (await gifts.tellWaiting(contextOf(ken.lineUserId))).length,
    ];
    expect(await shown()).toEqual([true, 1]);
    world.clock.advance('PT72H');
    expect(await shown()).toEqual([false, 0]);
  });

  test('declined on the page, it is gone there and still waits for its sender', async () => {
    const [taro, ken] = [await linked('たろう'), await linked('けん')];
    const { msisdn } = await numberOf(ken.subscriptionId);
    const given = await give(taro.browser, { to: 'number', number: msisdn });
    const before = await taro.browser.get(given.location);
    expect((await ken.browser.get(`${given.location}/decline`)).text).toContain(
      'たろうさんからの1GBのプレゼントを辞退しますか？ あとから受け取ることはできません。',
    );
    expect((await taro.browser.get(`${given.location}/decline`)).status).toBe(404);
    expect((await ken.browser.post(`${given.location}/decline`, {})).location).toBe('/gifts?done=declined');
    expect((await ken.browser.get('/gifts')).text).not.toContain('届いています');
    expect(plain((await taro.browser.get(given.location)).text)).toBe(plain(before.text));
  });

  test.each(['', '090', 'けん'])('%j is no number: told at its field', async (number) => {
    const { browser } = await linked('たろう');
    const refused = await give(browser, { to: 'number', number });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('href="#number"');
  });

  async function numberOf(subscriptionId: string) {
    const { rows } = await world.database.pool.query<{ msisdn: string }>(
      `select '0' || substr(msisdn, 3) as msisdn from subscription where subscription_id = $1`,
      [subscriptionId],
    );
    return rows[0] ?? { msisdn: '' };
  }
});
