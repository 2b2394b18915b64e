import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BillingWorld, billingWorld } from '../../../tests/support/billing.ts';
import type { Browser } from '../../../tests/support/linking.ts';
import { GB } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { addMonths } from '../../base/operator-month.ts';

let world: BillingWorld;

beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world.close());
/** Every test has months of its own, since time only goes on. */
let month = '2026-08';
const inMonths = (count: number, rest: string) => `${addMonths(month, count)}-${rest}+09:00`;
beforeEach(async () => {
  month = addMonths(month, 3);
  await world.until(inMonths(0, '18T14:00:00'));
});

let people = 0;
async function family() {
  people += 1;
  return world.family(`family-${people}`);
}

const baseLeft = async (subscriptionId: string) => {
  const { buckets } = await world.data.balance(world.sql, subscriptionId, world.clock.now());
  return buckets.find(({ kind }) => kind === 'base')?.remainingBytes;
};

async function terms(subscriptionId: string) {
  const found = (await world.contractors.subscriptions(world.sql, [subscriptionId])).get(subscriptionId);
  return [found?.planCode, ...(found?.optionCodes ?? [])];
}

const ask = (of: { contractorId: string; subscriptionId: string }, planCode: string, optionCodes: string[] = []) =>
  world.billing.askPlanChange({
    requestId: newId(),
    contractorId: of.contractorId,
    subscriptionId: of.subscriptionId,
    to: { planCode, optionCodes },
  });

async function changeByPage(browser: Browser, subscriptionId: string, fields: Record<string, string>) {
  const chosen = await browser.post(`/plan/${subscriptionId}/choose`, fields);
  const page = await browser.get(chosen.location);
  const hidden = Object.fromEntries(
    [...page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  return { page, confirm: () => browser.post(`/plan/${subscriptionId}/confirm`, hidden) };
}

describe('changing plan and options', () => {
  test('shows before what becomes different, waits for the 1st, and the month is granted by the new plan', async () => {
    const one = await family();
    const browser = await world.signIn(one.loginId);
    const { page, confirm } = await changeByPage(browser, one.subscriptionId, { plan: 'p6', 'option-kakeho10': 'yes' });
    const said = world.words(page.text);
    expect(said).toMatch(/プラン 3GBプラン 6GBプラン/);
    expect(said).toMatch(/オプション なし 10分かけ放題/);
    expect(said).toMatch(/月に贈れるデータ量 3GB 6GB/);
    expect(said).toMatch(/月額（税込） 980円 2,668円/);
    expect(said).toContain('2026年12月1日から変わります');

    const [first, again] = [await confirm(), await confirm()];
    expect([first.location, again.location]).toEqual(['/plan?done=asked', '/plan?done=asked']);
    expect(world.words((await browser.get('/plan')).text)).toContain('12月1日から次の内容に変わります');
    expect(await terms(one.subscriptionId)).toEqual(['p3']);

    await world.until(inMonths(1, '01T00:00:00'));
    expect(await terms(one.subscriptionId)).toEqual(['p6', 'kakeho10']);
    expect(await baseLeft(one.subscriptionId)).toBe(6 * GB);
    await world.until(inMonths(1, '01T09:00:00'));
    expect(await baseLeft(one.subscriptionId)).toBe(6 * GB);
  });

  test('counts from the first instant on, also for a use that comes before any job', async () => {
    const one = await family();
    await ask(one, 'p12');
    world.clock.freeze(inMonths(1, '01T00:00:00.500'));
    await world.data.recordUse({
      requestId: newId(),
      subscriptionId: one.subscriptionId,
      endedAt: world.clock.now().toString(),
      isZeroRated: false,
      amount: { mode: 'delta', bytes: 1 },
    });
    expect(await terms(one.subscriptionId)).toEqual(['p3']);
    expect(await baseLeft(one.subscriptionId)).toBe(12 * GB);
  });

  test('a program that stood still grants every month by its own plan', async () => {
    const one = await family();
    await ask(one, 'p6');
    await world.until(inMonths(2, '10T00:00:00'));
    const grants = await world.sql.query<{ amount: number }>(
      `select e.amount from ledger_entry e where e.to_owner_id = $1 and e.reason = 'plan-grant' order by e.entry_id`,
      [one.subscriptionId],
    );
    expect(grants.map(({ amount }) => amount)).toEqual([3 * GB, 6 * GB, 6 * GB]);
    expect(await terms(one.subscriptionId)).toEqual(['p6']);
  });

  test('can be taken back until then, and replaced', async () => {
    const [stays, replaced] = [await family(), await family()];
    await ask(stays, 'p6');
    await ask(replaced, 'p6');
    await ask(replaced, 'p12');
    const browser = await world.signIn(stays.loginId);
    expect((await browser.post(`/plan/${stays.subscriptionId}/take-back`, {})).location).toBe('/plan?done=taken-back');
    expect((await browser.post(`/plan/${stays.subscriptionId}/take-back`, {})).status).toBe(303);
    await world.until(inMonths(1, '01T00:00:00'));
    expect(await baseLeft(stays.subscriptionId)).toBe(3 * GB);
    expect(await baseLeft(replaced.subscriptionId)).toBe(12 * GB);
    const history = world.words((await (await world.signIn(replaced.loginId)).get('/plan')).text);
    expect(history).toMatch(/12GBプラン 適用済み/);
    expect(history).toMatch(/6GBプラン 取り消し/);
  });

  test('says which options fall away with the plan, and lets them', async () => {
    const one = await family();
    await ask(one, 'p3', ['kakeho10', 'voicemail']);
    await world.until(inMonths(1, '01T00:00:00'));
    const browser = await world.signIn(one.loginId);
    const fields = { plan: 'p500m', 'option-kakeho10': 'yes', 'option-voicemail': 'yes' };
    const { page, confirm } = await changeByPage(browser, one.subscriptionId, fields);
    expect(world.words(page.text)).toContain('10分かけ放題（新しいプランでは使えません）');
    await confirm();
    await world.until(inMonths(2, '01T00:00:00'));
    expect(await terms(one.subscriptionId)).toEqual(['p500m', 'voicemail']);
  });

  test('the same as now is said to be that', async () => {
    const one = await family();
    const browser = await world.signIn(one.loginId);
    const answer = await browser.post(`/plan/${one.subscriptionId}/choose`, { plan: 'p3' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('いまのご契約と同じ内容です');
    expect(await ask(one, 'p3')).toEqual({ ok: false, code: 'nothing-changes' });
  });

  test('is told when asked, when taken back, and in the morning of the 1st, not in the night', async () => {
    const one = await family();
    const person = await world.person('たろう');
    await world.linkContractor(person, one.loginId);
    await ask(one, 'p6');
    await ask(one, 'p12');
    const heads = async () => (await world.notified(person)).map((said) => said.split('\n')[0]);
    expect((await heads()).filter((head) => head?.includes('受け付けました'))).toHaveLength(2);
    await world.until(inMonths(1, '01T00:00:00'));
    expect(await heads()).not.toContain('今日から新しいプランです');
    await world.until(inMonths(1, '01T10:00:00'));
    await world.until(inMonths(1, '02T10:00:00'));
    expect((await heads()).filter((head) => head === '今日から新しいプランです')).toHaveLength(1);
    await ask(one, 'p3');
    await world.billing.takeBackPlanChange(one);
    expect((await heads()).at(-1)).toBe('プランとオプションの変更を取り消しました');
    const record = await world.sql.query<{ action: string }>(
      `select action from audit_log where subscription_id = $1 and action like 'billing.%' order by audit_id`,
      [one.subscriptionId],
    );
    const [asked, takenBack] = ['billing.plan-change-asked', 'billing.plan-change-taken-back'];
    expect(record.map(({ action }) => action)).toEqual([asked, asked, asked, takenBack]);
  });

  test('never comes for a number that has gone or an end that is set before it, and nobody is told that it has', async () => {
    const [gone, ended, later] = [await family(), await family(), await family()];
    const person = await world.person('たろう');
    for (const one of [gone, ended, later]) {
      await world.linkContractor(person, one.loginId);
      await ask(one, 'p6');
    }
    const { contractorId, subscriptionId } = gone;
    const leave = { requestId: newId(), contractorId, subscriptionId, kind: 'mnp-out' as const };
    const reserved = await world.billing.askLeave(leave);
    const reservationNumber = (reserved.ok && reserved.value.reservationNumber) || '';
    await world.billing.completePorting({ reservationNumber, movedAt: world.clock.now() });
    const ends = (of: { subscriptionId: string }, endedAt: string) =>
      world.contractors.changeSubscription(of.subscriptionId, { endedAt: Temporal.Instant.from(endedAt) });
    await ends(ended, inMonths(1, '01T00:00:00'));
    await ends(later, inMonths(1, '01T00:00:01'));
    await world.until(inMonths(1, '01T00:00:00'));
    await world.until(inMonths(1, '01T10:00:00'));
    const all = [gone, ended, later].map((one) => terms(one.subscriptionId));
    expect(await Promise.all(all)).toEqual([['p3'], ['p3'], ['p6']]);
    const heads = (await world.notified(person)).map((said) => said.split('\n')[0]);
    expect(heads.filter((head) => head === '今日から新しいプランです')).toHaveLength(1);
  });

  test('twenty at once leave one that waits', async () => {
    const one = await family();
    await Promise.all(Array.from({ length: 20 }, (_, i) => ask(one, i % 2 === 0 ? 'p6' : 'p12')));
    const rows = await world.sql.query(`select 1 from plan_change where subscription_id = $1 and state = 'waiting'`, [
      one.subscriptionId,
    ]);
    expect(rows).toHaveLength(1);
  });
});

test('nobody finds or changes the plan of somebody else', async () => {
  const [owner, stranger] = [await family(), await family()];
  const browser = await world.signIn(stranger.loginId);
  const path = `/plan/${owner.subscriptionId}`;
  const fields = { plan: 'p6', requestId: newId() };
  const answers = [
    await browser.get(path),
    await browser.post(`${path}/choose`, fields),
    await browser.get(`${path}/confirm?plan=p6`),
    await browser.post(`${path}/confirm`, fields),
    await browser.post(`${path}/take-back`, {}),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  expect(await world.contractors.terms.changesOf(world.sql, [owner.subscriptionId])).toEqual([]);
});
