import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BillingWorld, billingWorld } from '../../../tests/support/billing.ts';
import type { Browser } from '../../../tests/support/linking.ts';
import { GB, MB } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';

let world: BillingWorld;

beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world.close());

async function charges(contractorId: string) {
  return world.sql.query<{ kind: string; month: string; amountYen: number; label: { ja: string } }>(
    `select kind, month, amount_yen as "amountYen", label from bill_charge where contractor_id = $1`,
    [contractorId],
  );
}

async function left(subscriptionId: string): Promise<number> {
  return (await world.data.balance(world.sql, subscriptionId, world.clock.now())).totalBytes;
}

/** From the choice to the page that asks once more. */
async function confirmPage(browser: Browser, subscription: string, pack = 'gb1'): Promise<string> {
  const chosen = await browser.post('/top-up/choose', { subscription, pack });
  expect(chosen.status).toBe(303);
  return (await browser.get(chosen.location)).text;
}

const confirm = (browser: Browser, page: string) =>
  browser.post('/top-up/confirm', {
    requestId: world.hidden(page, 'requestId'),
    subscription: world.hidden(page, 'subscription'),
    pack: world.hidden(page, 'pack'),
  });

describe('buying data', () => {
  test('says price, last day and bill before; has its effect at once; goes onto the bill of the month', async () => {
    const { contractorId, subscriptionId } = await world.family('buyer');
    const browser = await world.signIn('buyer');
    const page = await confirmPage(browser, subscriptionId);
    expect(world.words(page)).toContain('1,100円');
    expect(world.words(page)).toContain('12月31日まで');
    expect(world.words(page)).toContain('2026年11月分のご請求（12月1日に確定）');
    expect(await left(subscriptionId)).toBe(3 * GB);

    const done = await confirm(browser, page);
    expect(done.location).toMatch(/^\/top-up\/[0-9a-f-]{36}$/);
    expect(world.words((await browser.get(done.location)).text)).toContain('データ追加購入 1GB');
    expect(await left(subscriptionId)).toBe(4 * GB);
    expect(await charges(contractorId)).toEqual([
      { kind: 'top-up', month: '2026-11', amountYen: 1_100, label: { ja: 'データ追加購入 1GB', en: 'Top-up 1GB' } },
    ]);
  });

  test('happens once, however often the same form is sent', async () => {
    const { contractorId, subscriptionId } = await world.family('twice');
    const browser = await world.signIn('twice');
    const page = await confirmPage(browser, subscriptionId, 'gb05');
    const answers = await Promise.all(Array.from({ length: 8 }, () => confirm(browser, page)));
    expect(new Set(answers.map(({ location }) => location)).size).toBe(1);
    expect(await charges(contractorId)).toHaveLength(1);
    expect(await left(subscriptionId)).toBe(3_500 * MB);
  });

  test('the tenth of a month is the last, also of thirty at once; the next month begins anew', async () => {
    const { contractorId, subscriptionId } = await world.family('often');
    const buy = () => world.billing.topUp({ requestId: newId(), contractorId, subscriptionId, packCode: 'gb05' });
    const answers = await Promise.all(Array.from({ length: 30 }, buy));
    const results = answers.map((each) => each.ok && (each.answer.result === 'refused' ? each.answer.code : 'bought'));
    expect(results.filter((result) => result === 'bought')).toHaveLength(10);
    expect(results.filter((result) => result === 'limit-reached')).toHaveLength(20);
    expect(await charges(contractorId)).toHaveLength(10);
    expect(await left(subscriptionId)).toBe(8 * GB);

    const browser = await world.signIn('often');
    const refused = await browser.post('/top-up/confirm', {
      requestId: newId(),
      subscription: subscriptionId,
      pack: 'gb05',
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('月に10回までです');

    world.clock.freeze('2026-12-02T00:00:00Z');
    expect(await buy()).toMatchObject({ answer: { result: 'topped-up' } });
    world.clock.freeze('2026-11-18T05:00:00Z');
  });

  test('brings the full speed back, and tells the contractor the price and the user only the data', async () => {
    const { contractorId, subscriptionId, code } = await world.family('slow', '田中 太郎');
    const [parent, child] = [await world.person('たろう'), await world.person('さくら')];
    await world.linkContractor(parent, 'slow');
    await world.linkUser(child, code());
    await world.data.recordUse({
      requestId: newId(),
      subscriptionId,
      endedAt: world.clock.now().toString(),
      isZeroRated: false,
      amount: { mode: 'delta', bytes: 3 * GB },
    });
    await world.billing.topUp({ requestId: newId(), contractorId, subscriptionId, packCode: 'gb3' });
    const events = await world.sql.query<{ type: string }>(
      'select type from network_event where subscription_id = $1 order by position',
      [subscriptionId],
    );
    expect(events.map(({ type }) => type)).toEqual(['data.throttle.set', 'data.throttle.lifted']);
    expect(await world.notified(parent)).toContainEqual(expect.stringMatching(/3GB追加しました[\s\S]*3,300円/));
    const toChild = await world.notified(child);
    expect(toChild).toContainEqual(expect.stringContaining('契約者の方が、データを3GB追加しました'));
    expect(toChild.join()).not.toMatch(/円|¥|請求/);
  });

  test('whoever switched it off is not told', async () => {
    const { contractorId, subscriptionId } = await world.family('quiet');
    const person = await world.person('けん');
    await world.linkContractor(person, 'quiet');
    await world.sql.query(`insert into notice_off (line_user_id, kind, off_since) values ($1, 'top-up', now())`, [
      person,
    ]);
    await world.billing.topUp({ requestId: newId(), contractorId, subscriptionId, packCode: 'gb1' });
    expect((await world.notified(person)).join()).not.toContain('追加しました');
  });
});

describe('somebody else', () => {
  test('finds nothing of another contractor, on no page', async () => {
    const owner = await world.family('owner');
    await world.family('stranger');
    const bought = await world.billing.topUp({
      requestId: newId(),
      contractorId: owner.contractorId,
      subscriptionId: owner.subscriptionId,
      packCode: 'gb1',
    });
    const chargeId = bought.ok && bought.answer.result === 'topped-up' ? bought.answer.chargeId : '';
    const browser = await world.signIn('stranger');
    const fields = { subscription: owner.subscriptionId, pack: 'gb1', requestId: newId() };
    const answers = [
      await browser.get(`/top-up?subscription=${owner.subscriptionId}`),
      await browser.post('/top-up/choose', fields),
      await browser.get(`/top-up/confirm?subscription=${owner.subscriptionId}&pack=gb1`),
      await browser.post('/top-up/confirm', fields),
      await browser.get(`/top-up/${chargeId}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(await charges(owner.contractorId)).toHaveLength(1);
  });

  test('who only carries the phone is shown the sign-in for contractors, and told in the talk whom to ask', async () => {
    const { code, subscriptionId } = await world.family('parents');
    const child = await world.person('こども');
    await world.linkUser(child, code());
    const browser = await world.signInWithLine(child);
    expect((await browser.get(`/top-up?subscription=${subscriptionId}`)).location).toMatch(/^\/login\?next=/);
    const [topUp] = world.billing.talk;
    const said = await topUp?.hear(
      {
        db: world.database.db,
        now: world.clock.now(),
        eventId: 'e',
        lineUserId: child,
        displayName: null,
        language: 'ja',
      },
      { kind: 'word', word: 'チャージ' },
    );
    expect(JSON.stringify(said)).toContain('契約者の方にお願いしてください');
    expect(JSON.stringify(said)).not.toContain('円');
  });
});
