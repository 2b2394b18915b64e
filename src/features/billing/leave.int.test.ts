import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BillingWorld, billingWorld } from '../../../tests/support/billing.ts';
import { newId } from '../../base/ids.ts';
import { addMonths } from '../../base/operator-month.ts';
import { settleLeave } from './leave-store.ts';

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
  await world.until(inMonths(0, '10T14:00:00'));
});

let families = 0;
async function family() {
  families += 1;
  return world.family(`leaver-${families}`, '田中 太郎');
}

async function endOf(subscriptionId: string) {
  const found = (await world.contractors.subscriptions(world.sql, [subscriptionId])).get(subscriptionId);
  return found?.endedAt?.toZonedDateTimeISO('Asia/Tokyo').toPlainDateTime().toString() ?? null;
}

async function stateOf(subscriptionId: string) {
  const rows = await world.sql.query<{ state: string }>(
    'select state from leave_request where subscription_id = $1 order by asked_at',
    [subscriptionId],
  );
  return rows.map(({ state }) => state);
}

/** What is on record of leaving, oldest first. */
async function recordOf(subscriptionId: string) {
  const rows = await world.sql.query<{ said: string }>(
    `select actor_kind || ' ' || action as said from audit_log
     where subscription_id = $1 and action like 'billing.%' order by audit_id`,
    [subscriptionId],
  );
  return rows.map(({ said }) => said);
}

const ask = (of: { contractorId: string; subscriptionId: string }, kind: 'cancel' | 'mnp-out', requestId = newId()) =>
  world.billing.askLeave({ requestId, contractorId: of.contractorId, subscriptionId: of.subscriptionId, kind });

async function moved(reservationNumber: string | null, movedAt = world.clock.now()) {
  const response = await world.web.request('https://my.example.jp/api/v1/number-portability/completions', {
    method: 'POST',
    headers: { authorization: 'Bearer the-key', 'content-type': 'application/json' },
    body: JSON.stringify({ reservationNumber, movedAt: movedAt.toString() }),
  });
  return response.status;
}

const heads = async (person: string) => (await world.notified(person)).map((said) => said.split('\n')[0]);

describe('cancelling', () => {
  test('says what is lost, asks who is there, and ends with the month at its exact moment', async () => {
    const one = await family();
    const browser = await world.signIn(one.loginId);
    const path = `/leave/${one.subscriptionId}/cancel`;
    expect((await browser.get(path)).location).toBe(`/proof?next=${encodeURIComponent(path)}`);
    await world.prove(browser);
    const page = await browser.get(path);
    expect(world.words(page.text)).toMatch(/残っているデータ（いま3GB）.*電話番号 090-.*ポイント/);
    const requestId = world.hidden(page.text, 'requestId');

    world.clock.advance('PT6M');
    expect((await browser.post(path, { requestId })).location).toBe('/proof?next=/leave');
    expect(await endOf(one.subscriptionId)).toBeNull();

    await world.prove(browser);
    const answers = [await browser.post(path, { requestId }), await browser.post(path, { requestId })];
    expect(answers.map(({ location }) => location)).toEqual(['/leave?done=cancel', '/leave?done=cancel']);
    expect(await endOf(one.subscriptionId)).toBe(`${addMonths(month, 1)}-01T00:00:00`);
    expect(world.words((await browser.get('/leave')).text)).toContain('取り消して使い続ける');

    await world.until(inMonths(1, '01T00:00:00'));
    const { totalBytes } = await world.data.balance(world.sql, one.subscriptionId, world.clock.now());
    const [granted] = await world.sql.query<{ count: number }>(
      `select count(*)::int as count from data_month where subscription_id = $1 and month = $2`,
      [one.subscriptionId, addMonths(month, 1)],
    );
    expect([totalBytes, granted?.count]).toEqual([expect.any(Number), 0]);
  });

  test('is told to contractor and user; at the end links are undone, in the morning', async () => {
    const one = await family();
    const [parent, child] = [await world.person('たろう'), await world.person('さくら')];
    await world.linkContractor(parent, one.loginId);
    await world.linkUser(child, one.code());
    await ask(one, 'cancel');
    expect(await heads(parent)).toContain('解約を受け付けました');
    expect(await heads(child)).toContain('解約を受け付けました');
    await world.until(inMonths(1, '01T00:00:00'));
    expect(await heads(parent)).not.toContain('ご利用が終わりました');
    await world.until(inMonths(1, '01T10:00:00'));
    await world.until(inMonths(1, '02T10:00:00'));
    expect((await heads(parent)).filter((head) => head === 'ご利用が終わりました')).toHaveLength(1);
    expect((await world.linking.lineAccountsLinkedTo(world.sql, [one.subscriptionId])).size).toBe(0);
    expect(await stateOf(one.subscriptionId)).toEqual(['done']);
  });

  test('can be taken back until its moment, and not after', async () => {
    const [stays, goes] = [await family(), await family()];
    await ask(stays, 'cancel');
    await ask(goes, 'cancel');
    world.clock.freeze(inMonths(0, '28T23:59:59'));
    const browser = await world.signIn(stays.loginId);
    expect((await browser.post(`/leave/${stays.subscriptionId}/take-back`, {})).location).toBe('/leave?done=stays');
    await world.until(inMonths(1, '01T00:00:00'));
    expect(await world.billing.takeBackLeave(goes)).toEqual({ ok: true, value: null });
    expect([await endOf(stays.subscriptionId), await endOf(goes.subscriptionId)]).toEqual([
      null,
      `${addMonths(month, 1)}-01T00:00:00`,
    ]);
  });

  test('takes a change of plan that waits with it', async () => {
    const one = await family();
    await world.billing.askPlanChange({ requestId: newId(), ...one, to: { planCode: 'p6', optionCodes: [] } });
    await ask(one, 'cancel');
    const changes = await world.contractors.terms.changesOf(world.sql, [one.subscriptionId]);
    expect(changes.map(({ state }) => state)).toEqual(['taken-back']);
    const again = await world.billing.askPlanChange({
      requestId: newId(),
      ...one,
      to: { planCode: 'p6', optionCodes: [] },
    });
    expect(again).toEqual({ ok: false, code: 'leaving' });
    const browser = await world.signIn(one.loginId);
    const page = (await browser.get('/plan')).text;
    expect(page).toContain('で終わるため、変更できません');
    expect(page).toContain('解約を取り消すと、変更できます');
    expect(page).not.toContain(`href="/plan/${one.subscriptionId}"`);
    const path = `/plan/${one.subscriptionId}`;
    const answers = [
      await browser.get(path),
      await browser.get(`${path}/confirm?plan=p6`),
      await browser.post(`${path}/choose`, { plan: 'p6' }),
      await browser.post(`${path}/confirm`, { plan: 'p6' }),
    ];
    expect(answers.map(({ location }) => location)).toEqual(['/plan', '/plan', '/plan', '/plan']);
  });
});

describe('taking the number along', () => {
  test('gives ten digits for fifteen days, shown on the page and never in the talk', async () => {
    const one = await family();
    const parent = await world.person('たろう');
    await world.linkContractor(parent, one.loginId);
    const requestId = newId();
    const [first, again] = [await ask(one, 'mnp-out', requestId), await ask(one, 'mnp-out', requestId)];
    expect(again).toEqual(first);
    const number = first.ok ? first.value.reservationNumber : null;
    expect(number).toMatch(/^\d{10}$/);
    const browser = await world.signInWithLine(parent);
    const page = world.words((await browser.get('/leave')).text);
    expect(page.replaceAll(' ', '')).toContain(number);
    expect(page).toContain(`${Number(month.slice(5))}月24日まで`);
    world.clock.advance('PT6M');
    expect(world.words((await browser.get('/leave')).text).replaceAll(' ', '')).not.toContain(number);
    expect((await world.notified(parent)).join()).not.toContain(number);
    expect(await ask(one, 'mnp-out')).toEqual({ ok: false, code: 'number-reserved' });
    expect(await ask(one, 'cancel')).toEqual({ ok: false, code: 'number-reserved' });
  });

  test('ends the subscription when the clearing house says so, once', async () => {
    const [one, other] = [await family(), await family()];
    const [asked, others] = [await ask(one, 'mnp-out'), await ask(other, 'mnp-out')];
    const number = asked.ok ? asked.value.reservationNumber : null;
    world.clock.advance('PT24H');
    expect(await moved(number, world.clock.now().add({ seconds: 1 }))).toBe(422);
    expect([await moved(number), await moved(number)]).toEqual([200, 200]);
    expect(await recordOf(one.subscriptionId)).toEqual([
      'contractor billing.leave-asked',
      'provisioning billing.number-moved',
    ]);
    expect(await endOf(one.subscriptionId)).toBe(`${month}-11T14:00:00`);
    expect(await moved('1000000000')).toBe(404);
    await world.until(inMonths(0, '12T10:00:00'));
    expect(await stateOf(one.subscriptionId)).toEqual(['done']);
    // Another's number is good for its own time.
    expect(await moved(others.ok ? others.value.reservationNumber : null)).toBe(200);
    expect(await endOf(other.subscriptionId)).toBe(`${month}-12T10:00:00`);
  });

  test('lapses when nobody used it, or when it is taken back', async () => {
    const [late, back] = [await family(), await family()];
    const person = await world.person('たろう');
    await world.linkContractor(person, late.loginId);
    const numbers = await Promise.all([late, back].map((one) => ask(one, 'mnp-out')));
    await world.billing.takeBackLeave(back);
    expect(await moved(numbers[1]?.ok ? numbers[1].value.reservationNumber : null)).toBe(409);
    expect(await recordOf(back.subscriptionId)).toEqual([
      'contractor billing.leave-asked',
      'contractor billing.leave-taken-back',
    ]);
    // From its end on it is good for nothing, whether or not that was noted yet.
    world.clock.freeze(inMonths(0, '25T00:00:00'));
    expect(await moved(numbers[0]?.ok ? numbers[0].value.reservationNumber : null)).toBe(409);
    await world.until(inMonths(0, '25T10:00:00'));
    expect(await stateOf(late.subscriptionId)).toEqual(['lapsed']);
    expect(await moved(numbers[0]?.ok ? numbers[0].value.reservationNumber : null)).toBe(409);
    expect(await heads(person)).toContain('MNP予約番号の期限が切れました');
    expect(await ask(late, 'cancel')).toMatchObject({ ok: true });
  });
});

test('an end is not taken back once the number is promised to somebody else, also where both happen at once', async () => {
  const promise = async (subscriptionId: string) => {
    const [held] = await world.sql.query<{ msisdn: string }>(
      'select msisdn from subscription where subscription_id = $1',
      [subscriptionId],
    );
    const { contractorId } = await world.contractor(`next-${subscriptionId}`);
    const opensAt = Temporal.Instant.from(inMonths(1, '05T00:00:00'));
    return world.contractors.createSubscription({ contractorId, msisdn: `+${held?.msisdn}`, planCode: 'p3', opensAt });
  };
  const one = await family();
  await ask(one, 'cancel');
  expect((await promise(one.subscriptionId)).ok).toBe(true);
  expect(await world.billing.takeBackLeave(one)).toEqual({ ok: false, code: 'not-found' });
  expect(await endOf(one.subscriptionId)).toBe(`${addMonths(month, 1)}-01T00:00:00`);
  expect(await stateOf(one.subscriptionId)).toEqual(['waiting']);

  for (let round = 0; round < 8; round += 1) {
    const raced = await family();
    await ask(raced, 'cancel');
    const [back, next] = await Promise.all([world.billing.takeBackLeave(raced), promise(raced.subscriptionId)]);
    expect([back.ok, next.ok].sort()).toEqual([false, true]);
  }
});

test('a reservation number taken back leaves an end that the back office has set', async () => {
  const one = await family();
  await ask(one, 'mnp-out');
  const end = Temporal.Instant.from(inMonths(2, '01T00:00:00'));
  await world.contractors.changeSubscription(one.subscriptionId, { endedAt: end });
  expect(await world.billing.takeBackLeave(one)).toEqual({ ok: true, value: null });
  expect(await stateOf(one.subscriptionId)).toEqual(['taken-back']);
  expect(await endOf(one.subscriptionId)).toBe(`${addMonths(month, 2)}-01T00:00:00`);
});

test('nobody finds or ends the subscription of somebody else', async () => {
  const [owner, stranger] = [await family(), await family()];
  const browser = await world.signIn(stranger.loginId);
  const path = `/leave/${owner.subscriptionId}`;
  const fields = { requestId: newId() };
  const answers = [
    await browser.get(`${path}/cancel`),
    await browser.post(`${path}/cancel`, fields),
    await browser.get(`${path}/number`),
    await browser.post(`${path}/number`, fields),
    await browser.post(`${path}/take-back`, {}),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  expect(await stateOf(owner.subscriptionId)).toEqual([]);
});

test('the same id for another subscription is another request', async () => {
  const [one, other] = [await family(), await family()];
  const requestId = newId();
  const [first, second] = [await ask(one, 'mnp-out', requestId), await ask(other, 'mnp-out', requestId)];
  expect(first.ok && first.value.subscriptionId).toBe(one.subscriptionId);
  expect(second.ok && second.value.subscriptionId).toBe(other.subscriptionId);
  const to = { planCode: 'p6', optionCodes: [] };
  for (const own of [one, other]) {
    const { contractorId, subscriptionId } = own;
    const changed = await world.billing.askPlanChange({ requestId, contractorId, subscriptionId, to });
    expect(changed.ok && changed.value.subscriptionId).toBe(own.subscriptionId);
  }
});

test('what somebody else has settled stays as it is', async () => {
  const one = await family();
  const asked = await ask(one, 'cancel');
  if (!asked.ok) throw new Error(asked.code);
  const settle = (state: 'taken-back' | 'done') =>
    settleLeave(world.sql, world.clock.now(), { leaveId: asked.value.leaveId, state });
  expect([await settle('taken-back'), await settle('done')]).toEqual([true, false]);
  expect(await stateOf(one.subscriptionId)).toEqual(['taken-back']);
});

test('twenty at once leave one leave', async () => {
  const one = await family();
  await Promise.all(Array.from({ length: 20 }, (_, i) => ask(one, i % 2 === 0 ? 'cancel' : 'mnp-out')));
  expect(await stateOf(one.subscriptionId)).toEqual(['waiting']);
});
