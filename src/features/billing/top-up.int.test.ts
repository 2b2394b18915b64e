import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BillingWorld, billingWorld } from '../../../tests/support/billing.ts';
import { type Browser, PASSWORD } from '../../../tests/support/linking.ts';
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
    // A call is no pack.
    await world.sql.query(
      `insert into bill_charge (charge_id, contractor_id, subscription_id, kind, month, label, amount_yen, is_taxed, source,
         source_id, caused_at, recorded_at)
       values ($1, $2, $3, 'calls', '2026-11', '{"ja": "通話料", "en": "Calls"}', 10, true, 'rating', 'a call', $4, $4)`,
      [newId(), contractorId, subscriptionId, world.clock.now().toString()],
    );
    const buy = () => world.billing.topUp({ requestId: newId(), contractorId, subscriptionId, packCode: 'gb05' });
    const answers = await Promise.all(Array.from({ length: 30 }, buy));
    const results = answers.map((each) => each.ok && (each.answer.result === 'refused' ? each.answer.code : 'bought'));
    expect(results.filter((result) => result === 'bought')).toHaveLength(10);
    expect(results.filter((result) => result === 'limit-reached')).toHaveLength(20);
    expect((await charges(contractorId)).filter(({ kind }) => kind === 'top-up')).toHaveLength(10);
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

describe('after half an hour without a visit', () => {
  const AGAIN = '/proof?next=%2Fbills';
  const rested = async (loginId: string, pause = 'PT31M1S') => {
    const { contractorId, subscriptionId } = await world.family(loginId);
    const browser = await world.signIn(loginId);
    const page = await confirmPage(browser, subscriptionId);
    world.clock.advance(pause);
    return { contractorId, subscriptionId, browser, page };
  };

  test.each(['/bills', '/payment', '/top-up', '/plan', '/leave'])('%s asks once more who it is', async (path) => {
    const { browser } = await rested(`rests${path.length}${path[1]}`);
    expect((await browser.get('/contract')).status).toBe(200);
    const answer = await browser.get(path);
    expect([answer.status, answer.location]).toEqual([303, `/proof?next=${encodeURIComponent(path)}`]);
    expect((await browser.get(`${path}?via=line`)).location).toContain('/login/line?next=');
  });

  test('half an hour is not yet too long, and every visit begins it anew', async () => {
    const { browser } = await rested('half-an-hour', 'PT30M');
    expect((await browser.get('/bills')).status).toBe(200);
    for (let visit = 0; visit < 4; visit += 1) {
      world.clock.advance('PT20M');
      expect((await browser.get('/')).status).toBe(200);
    }
    expect((await browser.get('/bills')).status).toBe(200);
  });

  test('a look at another page does not wake it, the password does, and leads back', async () => {
    const { browser } = await rested('wakes');
    await browser.get('/');
    world.clock.advance('PT2M');
    expect((await browser.get('/bills')).location).toBe(AGAIN);
    expect((await browser.post('/proof/password', { next: '/bills', password: 'no' })).status).toBe(422);
    const answer = await browser.post('/proof/password', { next: '/bills', password: PASSWORD });
    expect([answer.status, answer.location]).toEqual([303, '/bills']);
    expect((await browser.get('/bills')).status).toBe(200);
    // It is no second proof.
    expect((await browser.get('/contract/email')).status).toBe(303);
    expect((await browser.post('/proof/password', { next: '/bills', password: '' })).status).toBe(303);
  });

  test('what was typed is there again, and is done once', async () => {
    const { contractorId, browser, page } = await rested('typed');
    const asked = await confirm(browser, page);
    expect([asked.status, asked.location]).toEqual([303, '/proof?next=%2Fproof%2Fresume']);
    expect(await charges(contractorId)).toEqual([]);
    expect((await browser.get('/proof/resume')).location).toBe('/proof?next=%2Fproof%2Fresume');
    await browser.post('/proof/password', { next: '/proof/resume', password: PASSWORD });
    const resumed = (await browser.get('/proof/resume')).text;
    expect(resumed).toContain('action="/top-up/confirm"');
    const done = await confirm(browser, resumed);
    expect(done.location).toMatch(/^\/top-up\/[0-9a-f-]{36}$/);
    expect((await confirm(browser, page)).location).toBe(done.location);
    expect(await charges(contractorId)).toHaveLength(1);
  });

  test('what one person typed is not shown to the next who signs in there', async () => {
    const { browser, page } = await rested('typed-first');
    await confirm(browser, page);
    await world.family('typed-next');
    await browser.post('/logout', {});
    await world.signIn('typed-next', '/', browser);
    expect((await browser.get('/proof/resume')).location).toBe('/');
  });
});
