import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BillingWorld, billingWorld } from '../../../tests/support/billing.ts';
import { testFolder } from '../../../tests/support/folder.ts';
import { testOperator } from '../../../tests/support/operator.ts';
import { newId } from '../../base/ids.ts';
import { addMonths } from '../../base/operator-month.ts';
import { createCalendar } from '../data/index.ts';
import { closeBills } from './closing.ts';
import { assertHeldIsKnown } from './held.ts';
import { importItems } from './items-import.ts';
import { verifyBills } from './verify/index.ts';

let world: BillingWorld;
/** Points somebody would spend on a bill, and what was asked. */
const points = new Map<string, number>();
const asked: { contractorId: string; month: string; spendableYen: number }[] = [];
let breaksAt: string | undefined;

beforeAll(async () => {
  world = await billingWorld(testOperator, {
    async pointsFor(_tx, of, bills) {
      if (bills.some((each) => each.contractorId === breaksAt)) throw new Error('the points are away');
      asked.push(...bills.map((each) => ({ month: of, ...each })));
      return new Map(
        bills.map(({ contractorId, spendableYen }) => [
          contractorId,
          Math.min(points.get(contractorId) ?? 0, spendableYen),
        ]),
      );
    },
  });
  await world.until('2026-11-18T14:00:00+09:00');
});
afterAll(() => world.close());

/** Every test has months of its own, since time only goes on. */
let month = '2026-08';
const inMonths = (count: number, rest: string) => `${addMonths(month, count)}-${rest}+09:00`;
beforeEach(async () => {
  month = addMonths(month, 3);
  await world.until(inMonths(0, '18T14:00:00'));
});

let families = 0;
async function family() {
  families += 1;
  return world.family(`payer-${families}`, '田中 太郎');
}

const numberOf = (csv: string) => /090-\d{4}-\d{4}/.exec(csv)?.[0] ?? '';

async function bill(contractorId: string, of: string) {
  const rows = await world.sql.query<{ kind: string; yen: number; label: { ja: string } }>(
    `select l.kind, l.amount_yen as yen, l.label from bill b join bill_line l using (bill_id)
     where b.contractor_id = $1 and b.month = $2 order by l.position`,
    [contractorId, of],
  );
  return rows.map(({ kind, yen }) => `${kind} ${yen}`);
}

function items(subscriptionId: string, given: { id: string; amountYen: number; occurredAt?: string; kind?: string }) {
  return {
    kind: 'calls',
    occurredAt: world.clock.now().toString(),
    label: { ja: '通話料', en: 'Calls' },
    subscriptionId,
    ...given,
  };
}

async function send(body: unknown, key = 'the-key') {
  const response = await world.web.request('https://my.example.jp/api/v1/bill-items', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}

describe('a month is closed on the 1st of the next', () => {
  test('with plan, options, top-ups and calls; tax shown; on the page, in the list and on paper', async () => {
    const one = await family();
    await world.contractors.changeSubscription(one.subscriptionId, { optionCodes: ['voicemail'] });
    await world.billing.topUp({ requestId: newId(), ...one, packCode: 'gb1' });
    await send({ source: 'rating', items: [items(one.subscriptionId, { id: newId(), amountYen: 440 })] });
    const browser = await world.signIn(one.loginId);
    expect(world.words((await browser.get('/bills')).text)).toMatch(/これまで） ここまでの合計 2,842円/);

    await world.until(inMonths(1, '01T00:00:00'));
    expect(await bill(one.contractorId, month)).toEqual([
      'base-fee 980',
      'option 319',
      'universal-service 3',
      'top-up 1100',
      'calls 440',
    ]);
    await world.signIn(one.loginId, '/', browser);
    const page = await browser.get(`/bills/${month}`);
    expect(world.words(page.text)).toMatch(/ご請求額 2,842円/);
    expect(world.words(page.text)).toMatch(/うち消費税（10%） 258円/);
    expect(world.words(page.text)).toMatch(/月額基本料 3GBプラン 980円/);
    expect(world.words((await browser.get('/bills')).text)).toContain('2,842円');
    const pdf = await browser.get(`/bills/${month}/pdf`);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(pdf.text.startsWith('%PDF-')).toBe(true);
  });

  test('once, however many processes are at it', async () => {
    const some = await Promise.all([family(), family(), family()]);
    const { database, clock, contractors } = world;
    clock.freeze(inMonths(1, '01T00:00:00'));
    const job = () =>
      closeBills({
        db: database.db,
        operator: testOperator,
        calendar: createCalendar('Asia/Tokyo'),
        contractors,
        pointsFor: async (_tx, _month, bills) => new Map(bills.map(({ contractorId }) => [contractorId, 100])),
      });
    const late = await family();
    await Promise.allSettled(Array.from({ length: 4 }, () => job().run(clock.now())));
    await job().run(clock.now());
    for (const { contractorId } of some) {
      expect(await bill(contractorId, month)).toEqual(['base-fee 980', 'universal-service 3', 'points -100']);
    }
    // Who came after the month was over has no part in it.
    expect(await bill(late.contractorId, month)).toEqual([]);
    expect(await world.sql.query(`select 1 from bill group by contractor_id, month having count(*) > 1`)).toEqual([]);
  });

  test('what breaks on the way is rolled back, and the next run goes on with it', async () => {
    const one = await family();
    points.set(one.contractorId, 5_000);
    breaksAt = one.contractorId;
    await expect(world.until(inMonths(1, '01T00:00:00'))).rejects.toThrow('the points are away');
    expect(await bill(one.contractorId, month)).toEqual([]);
    breaksAt = undefined;
    asked.length = 0;
    await world.until(inMonths(1, '01T00:01:00'));
    expect(await bill(one.contractorId, month)).toEqual(['base-fee 980', 'universal-service 3', 'points -983']);
    expect(asked.filter((of) => of.contractorId === one.contractorId)).toEqual([
      { contractorId: one.contractorId, month, spendableYen: 983 },
    ]);
  });

  test('every month of a program that stood still, each by what counted in it', async () => {
    const one = await family();
    const to = { planCode: 'p6', optionCodes: [] };
    await world.billing.askPlanChange({ requestId: newId(), ...one, to });
    await world.until(inMonths(2, '10T12:00:00'));
    expect(await bill(one.contractorId, month)).toEqual(['base-fee 980', 'universal-service 3']);
    expect(await bill(one.contractorId, addMonths(month, 1))).toEqual(['base-fee 1700', 'universal-service 3']);
    expect(await bill(one.contractorId, addMonths(month, 2))).toEqual([]);
  });

  test('a change that was taken back counts for nothing, also where the back office has changed the plan since', async () => {
    const one = await family();
    await world.billing.askPlanChange({ requestId: newId(), ...one, to: { planCode: 'p6', optionCodes: [] } });
    await world.billing.takeBackPlanChange(one);
    await world.contractors.changeSubscription(one.subscriptionId, { planCode: 'p6' });
    await world.until(inMonths(1, '01T00:00:00'));
    expect(await bill(one.contractorId, month)).toEqual(['base-fee 1700', 'universal-service 3']);
  });

  test('what the back office has changed while a change waits counts until that one comes', async () => {
    const one = await family();
    await world.billing.askPlanChange({ requestId: newId(), ...one, to: { planCode: 'p12', optionCodes: [] } });
    await world.contractors.changeSubscription(one.subscriptionId, { planCode: 'p6' });
    // The change is written into the subscription before the month is closed.
    await world.until(inMonths(1, '01T00:00:00'));
    expect(await bill(one.contractorId, month)).toEqual(['base-fee 1700', 'universal-service 3']);
  });

  test('a contract cancelled in its first days is given back what its own subscription cost, and no top-up', async () => {
    const one = await family();
    const other = await world.subscription(one.contractorId);
    const { contractorId, subscriptionId } = one;
    await world.billing.topUp({ requestId: newId(), contractorId, subscriptionId, packCode: 'gb1' });
    const begun = { orderId: newId(), now: world.clock.now(), contractorId, subscriptionId };
    const { db } = world.database;
    await db.transaction().execute((tx) => world.billing.giveBackMonthlyFees(tx, begun));
    await db.transaction().execute((tx) => world.billing.giveBackMonthlyFees(tx, begun));
    await world.until(inMonths(1, '01T00:00:00'));
    const lines = await world.sql.query<{ yen: number; of: string }>(
      `select amount_yen as yen, subscription_id as of from bill_line l join bill b using (bill_id)
       where b.contractor_id = $1 and b.month = $2 and l.kind = 'correction'
       order by l.position`,
      [contractorId, month],
    );
    // The month in which it opened, and this one; nothing of the other phone, and nothing twice.
    expect(lines.map(({ of }) => of)).toEqual([subscriptionId, subscriptionId]);
    expect(lines.at(-1)?.yen).toBe(-983);
    expect(other.subscriptionId).not.toBe(subscriptionId);
  });

  test('a subscription that opens in the month pays from its day on', async () => {
    const { contractorId } = await world.contractor(`opens-${month}`);
    await world.subscription(contractorId, { opensAt: 'PT1H' });
    await world.until(inMonths(1, '01T00:00:00'));
    const length = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
    expect(await bill(contractorId, month)).toEqual([
      `base-fee ${Math.floor((980 * (length - 17)) / length)}`,
      'universal-service 3',
    ]);
  });

  test('is told in the morning, once, to contractors only', async () => {
    const one = await family();
    points.set(one.contractorId, 300);
    const [parent, child] = [await world.person('たろう'), await world.person('さくら')];
    const [quiet, former] = [await world.person('しずか'), await world.person('まえの人')];
    for (const person of [parent, quiet, former]) await world.linkContractor(person, one.loginId);
    await world.linkUser(child, one.code());
    await world.sql.query(
      `insert into notice_off (line_user_id, kind, off_since) values ($1, 'top-up', now()), ($2, 'bill', now())`,
      [parent, quiet],
    );
    await world.sql.query('update contractor_link set unlinked_at = linked_at where line_user_id = $1', [former]);
    await world.until(inMonths(1, '01T09:59:00'));
    const bills = async (person: string) =>
      (await world.notified(person)).filter((said) => said.includes('確定しました'));
    expect(await bills(parent)).toEqual([]);
    await world.until(inMonths(1, '01T10:00:00'));
    await world.until(inMonths(1, '03T10:00:00'));
    expect(await bills(parent)).toEqual([
      expect.stringContaining('ご請求額（税込） 683円\nポイントで支払った分 300円'),
    ]);
    for (const person of [child, quiet, former]) expect(await bills(person)).toEqual([]);
  });
});

describe('items of the operator’s own systems', () => {
  test('count once by source and id; another under the same name is a conflict', async () => {
    const one = await family();
    const item = items(one.subscriptionId, { id: newId(), amountYen: 100 });
    const first = { source: 'rating', items: [item, item] };
    expect((await send(first)).answer).toMatchObject({ accepted: 1, duplicates: 1 });
    expect((await send(first)).answer).toMatchObject({ accepted: 0, duplicates: 2 });
    const theirs = await family();
    for (const change of [
      { amountYen: 101 },
      { isTaxed: false },
      { kind: 'correction' },
      { subscriptionId: theirs.subscriptionId },
      { occurredAt: world.clock.now().subtract({ hours: 1 }).toString() },
      { label: { ja: '国際通話料', en: 'Calls' } },
      { label: { ja: '通話料', en: 'Abroad' } },
    ]) {
      expect(
        (await send({ source: 'rating', items: [{ ...item, ...change }] })).answer,
        JSON.stringify(change),
      ).toMatchObject({
        conflicts: 1,
        problems: [{ index: 0, code: 'conflicting-item' }],
      });
    }
    const atOnce = await Promise.all(Array.from({ length: 5 }, () => send({ source: 'other', items: [item] })));
    expect(atOnce.map(({ answer }) => Reflect.get(Object(answer), 'accepted')).sort()).toEqual([0, 0, 0, 0, 1]);
    await world.until(inMonths(1, '01T00:00:00'));
    expect(await bill(one.contractorId, month)).toEqual([
      'base-fee 980',
      'universal-service 3',
      'calls 100',
      'calls 100',
    ]);
  });

  test('that come after the month was closed go onto the next bill, and say of which month they are', async () => {
    const one = await family();
    const occurredAt = world.clock.now().toString();
    await world.until(inMonths(1, '01T00:00:00'));
    await send({ source: 'rating', items: [items(one.subscriptionId, { id: newId(), amountYen: 77, occurredAt })] });
    await send({
      source: 'rating',
      items: [items(one.subscriptionId, { id: newId(), amountYen: -50, kind: 'correction', occurredAt })],
    });
    await world.until(inMonths(2, '01T00:00:00'));
    expect(await bill(one.contractorId, month)).toEqual(['base-fee 980', 'universal-service 3']);
    const next = addMonths(month, 1);
    expect(await bill(one.contractorId, next)).toEqual([
      'base-fee 980',
      'universal-service 3',
      'calls 77',
      'correction -50',
    ]);
    const browser = await world.signIn(one.loginId);
    expect(world.words((await browser.get(`/bills/${next}`)).text)).toContain(
      `通話料（${Number(month.slice(5))}月分） 77円`,
    );
  });

  test('are refused one by one, and all of them without the key', async () => {
    const one = await family();
    const good = items(one.subscriptionId, { id: newId(), amountYen: 1 });
    const answer = await send({
      source: 'rating',
      items: [
        good,
        { ...good, id: 'nobody', subscriptionId: newId() },
        { ...good, id: 'later', occurredAt: world.clock.now().add({ hours: 1 }).toString() },
        { ...good, id: 'below', amountYen: -1 },
      ],
    });
    expect(answer.answer).toEqual({
      accepted: 1,
      duplicates: 0,
      conflicts: 0,
      refused: 3,
      problems: [
        { index: 1, id: 'nobody', code: 'unknown-subscription' },
        { index: 2, id: 'later', code: 'from-the-future' },
        { index: 3, id: 'below', code: 'not-an-amount' },
      ],
    });
    expect((await send({ source: 'rating', items: [good] }, 'wrong')).status).toBe(401);
    for (const source of ['top-up', 'gift', 'gift-back', 'carried', 'order-registration', 'order-withdrawn']) {
      expect((await send({ source, items: [good] })).status).toBe(400);
    }
    expect((await send({ source: 'rating', items: [{ ...good, amountYen: 1.5 }] })).status).toBe(400);
  });
});

describe('a bill below zero', () => {
  test('goes onto the next, and the one after is whole again', async () => {
    const one = await family();
    const given = { id: newId(), amountYen: -2_500, kind: 'correction' };
    await send({ source: 'rating', items: [items(one.subscriptionId, given)] });
    await world.until(inMonths(3, '01T00:00:00'));
    expect(await bill(one.contractorId, month)).toEqual([
      'base-fee 980',
      'universal-service 3',
      'correction -2500',
      'carried 1517',
    ]);
    expect(await bill(one.contractorId, addMonths(month, 1))).toEqual([
      'base-fee 980',
      'universal-service 3',
      'carried -1517',
      'carried 534',
    ]);
    expect(await bill(one.contractorId, addMonths(month, 2))).toEqual([
      'base-fee 980',
      'universal-service 3',
      'carried -534',
    ]);
    const browser = await world.signIn(one.loginId);
    const page = world.words((await browser.get(`/bills/${month}`)).text);
    expect(page).toContain('ご請求額 0円');
    expect(page).toContain('翌月のご請求から差し引きます 1,517円');
    const csv = await browser.get(`/bills/${addMonths(month, 2)}/csv`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.text.split('\r\n').slice(1, 4)).toEqual([
      `${addMonths(month, 2)},田中 太郎,${numberOf(csv.text)},月額基本料 3GBプラン,980,課税`,
      `${addMonths(month, 2)},田中 太郎,${numberOf(csv.text)},ユニバーサルサービス料など,3,課税`,
      `${addMonths(month, 2)},ご契約全体,,前月からの差し引き,-534,対象外`,
    ]);
  });

  test('is paid back where the contract ends', async () => {
    const one = await family();
    await world.contractors.changeSubscription(one.subscriptionId, { endedAt: world.clock.now().add({ hours: 1 }) });
    const given = { id: newId(), amountYen: -2_500, kind: 'correction' };
    await send({ source: 'rating', items: [items(one.subscriptionId, given)] });
    await world.until(inMonths(1, '01T00:00:00'));
    expect((await bill(one.contractorId, month)).at(-1)).toBe('correction -2500');
    const browser = await world.signIn(one.loginId);
    expect(world.words((await browser.get(`/bills/${month}`)).text)).toContain('ご返金額 1,517円');
  });
});

describe('a file of calls', () => {
  const folder = testFolder();

  test('tells what would happen, takes each row once, and says what is wrong by line', async () => {
    const { contractorId, subscriptionId } = await family();
    const at = world.clock.now().toString();
    const path = join(folder, 'calls.csv');
    writeFileSync(
      path,
      [
        'id,subject,at,amountYen,label,labelEn,taxed,note',
        `a,${subscriptionId},${at},440,国内通話料,Calls,yes,first`,
        `b,${subscriptionId},${at},30,国際通話料,Abroad,no,`,
        `a,${subscriptionId},${at},441,国内通話料,Calls,,the same id for another`,
        `c,090-9999-9999,${at},10,国内通話料,,,nobody`,
        `d,${subscriptionId},${at},-10,国内通話料,,,calls give nothing back`,
        `e,${subscriptionId},yesterday,10,国内通話料,,,`,
        'f,"broken',
      ].join('\n'),
    );
    const told: number[] = [];
    const take = (isDryRun: boolean) =>
      importItems(
        { db: world.database.db, clock: world.clock, calendar: createCalendar('Asia/Tokyo') },
        {
          path,
          source: 'file',
          isDryRun,
          reportPath: `${path}.rejected.csv`,
          onProgress: ({ rows }) => told.push(rows),
        },
      );
    const counted = () =>
      world.sql.query<{ yen: number }>(
        `select amount_yen as yen from bill_charge where contractor_id = $1 order by source_id`,
        [contractorId],
      );
    const summary = { rows: 7, accepted: 2, duplicates: 0, rejected: 5 };
    expect(await take(true)).toEqual(summary);
    expect(await counted()).toEqual([]);
    expect(await take(false)).toEqual(summary);
    expect((await counted()).map(({ yen }) => yen)).toEqual([440, 30]);
    expect(await take(false)).toEqual({ rows: 7, accepted: 0, duplicates: 2, rejected: 5 });
    expect(told.at(-1)).toBe(7);
    const report = readFileSync(`${path}.rejected.csv`, 'utf8').trim().split('\n');
    expect(report.map((line) => line.split(',').slice(0, 2).join(' ')).sort()).toEqual(
      [
        'line code',
        '4 conflicting-item',
        '5 unknown-subscription',
        '6 not-an-amount',
        '7 no-moment',
        '8 not-a-row',
      ].sort(),
    );
  });

  test('that lacks a column, or comes under a name of our own, is not read', async () => {
    const path = join(folder, 'wrong.csv');
    writeFileSync(path, 'id,subject\n1,2\n');
    const deps = { db: world.database.db, clock: world.clock, calendar: createCalendar('Asia/Tokyo') };
    const request = {
      path,
      source: 'file',
      isDryRun: false,
      reportPath: `${path}.rejected.csv`,
      onProgress: () => undefined,
    };
    await expect(importItems(deps, request)).rejects.toThrow('wrong.csv lacks at');
    await expect(importItems(deps, { ...request, source: 'carried' })).rejects.toThrow('kept for what is charged here');
  });
});

test('what people hold cannot be missing from the operator’s folder', async () => {
  const one = await family();
  await world.contractors.changeSubscription(one.subscriptionId, { planCode: 'p6', optionCodes: ['voicemail'] });
  const now = world.clock.now();
  await assertHeldIsKnown(world.sql, testOperator, now);
  const without = {
    ...testOperator,
    plans: testOperator.plans.filter(({ code }) => code !== 'p6'),
    billing: { ...testOperator.billing, options: [] },
  };
  await expect(assertHeldIsKnown(world.sql, without, now)).rejects.toThrow(/plan p6: \d .*\n {2}option voicemail: \d/);
});

describe('somebody else', () => {
  test('finds no bill but their own', async () => {
    const owner = await family();
    const late = await world.contractor(`late-${month}`);
    await world.until(inMonths(1, '01T00:00:00'));
    const browser = await world.signIn(late.loginId);
    const answers = [await browser.get(`/bills/${month}`), await browser.get(`/bills/${month}/pdf`)];
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect((await browser.get('/bills')).text).not.toContain(`/bills/${month}`);
    const own = await world.signIn(owner.loginId);
    expect((await own.get('/bills')).text).toContain(`/bills/${month}`);
    expect((await own.get(`/bills/${month}`)).status).toBe(200);
    for (const path of ['/bills/2026-13', '/bills/x', '/bills/2026-01/pdf']) {
      expect((await browser.get(path)).status).toBe(404);
    }
  });

  test('who only carries the phone is sent to the sign-in of contractors by every address', async () => {
    const one = await family();
    const child = await world.person('こども');
    await world.linkUser(child, one.code());
    const browser = await world.signInWithLine(child);
    for (const path of ['/bills', `/bills/${month}`, `/bills/${month}/pdf`, '/payment', '/plan', '/top-up']) {
      expect((await browser.get(path)).location).toMatch(/^\/login\?next=/);
    }
  });
});

test('the bills agree with a second computation, and a yen that is wrong is found', async () => {
  expect((await verifyBills(world.sql, testOperator)).findings).toEqual([]);
  await world.sql.query(
    'update bill set total_yen = total_yen + 1 where bill_id = (select bill_id from bill where line_count > 0 limit 1)',
  );
  expect((await verifyBills(world.sql, testOperator)).findings).toEqual([
    expect.stringMatching(/the total is \d+ yen/),
  ]);
});
