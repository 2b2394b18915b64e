import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newContractor } from '../../../tests/support/orders.ts';
import { type OrdersWorld, ordersWorld } from '../../../tests/support/orders-world.ts';
import { newId } from '../../base/ids.ts';

let world: OrdersWorld;
let agent: Awaited<ReturnType<OrdersWorld['desk']>>;
let supervisor: Awaited<ReturnType<OrdersWorld['desk']>>;
let auditor: Awaited<ReturnType<OrdersWorld['desk']>>;
beforeAll(async () => {
  world = await ordersWorld();
  [agent, supervisor, auditor] = [
    await world.desk('agent'),
    await world.desk('supervisor'),
    await world.desk('auditor'),
  ];
});
afterAll(() => world.close());

const LINE = `U${'a'.repeat(32)}`;
/** Placed, and taken by the agent. */
async function taken(given: Parameters<OrdersWorld['place']>[0] = {}) {
  const { orderId } = await world.place(given);
  expect((await agent.step(orderId, 'take')).status).toBe(303);
  return orderId;
}

/** An order that has become a contract, which nobody has come to see yet. */
async function contracted(loginId: string, subscription: { endedAt?: string } = {}) {
  const orderId = await taken({ lineUserId: LINE });
  const { contractorId } = await world.contractor(loginId);
  const { subscriptionId } = await world.subscription(contractorId, subscription);
  await world.sql.query(
    `update product_order set state = 'completed', contractor_id = $2, subscription_id = $3 where order_id = $1`,
    [orderId, contractorId, subscriptionId],
  );
  await world.sql.query(`insert into product_order_welcome (order_id, password_cipher) values ($1, 'sealed')`, [
    orderId,
  ]);
  return orderId;
}

describe('the desk', () => {
  test('from the queue to the network: told in the talk and by mail at each step, on record', async () => {
    const order = await world.place({ lineUserId: LINE });
    const { orderId } = order;
    const shown = `${order.orderNumber.slice(0, 4)}-${order.orderNumber.slice(4)}`;
    const queue = (await agent.browser.get('/console/orders')).text;
    expect(queue).toContain(shown);
    expect(queue).not.toContain('山本');
    expect(await agent.see(orderId)).toContain('確認を始める');
    await agent.step(orderId, 'take');
    expect(await agent.see(orderId)).toContain('承認して、開通の手続きを始める');
    expect((await agent.step(orderId, 'ask', { reason: 'お住まいの部屋番号を教えてください。' })).status).toBe(303);

    const applicant = await world.signedIn({ lineUserId: LINE });
    expect((await applicant.get(`/orders/${orderId}`)).text).toContain('部屋番号');
    expect((await applicant.post(`/orders/${orderId}/answer`, { answer: ' ' })).status).toBe(422);
    expect((await applicant.post(`/orders/${orderId}/answer`, { answer: '101号室です' })).status).toBe(303);
    expect(await agent.see(orderId)).toContain('101号室です');
    expect((await agent.step(orderId, 'approve')).status).toBe(303);
    expect(await world.story(orderId)).toBe('place take ask answer approve');

    const titles = (await world.heard(LINE)).map((said) => said.split('\n')[0]);
    expect(titles).toEqual([
      'お申し込みを受け付けました',
      '内容の確認を始めました',
      '確認したいことがあります',
      'お答えを受け取りました',
      'お申し込みを承認しました',
    ]);
    const { contractor } = order.application;
    const mails = await world.mails(contractor.kind === 'new' ? contractor.mail : '');
    expect(mails.map(({ subject }) => subject)).toEqual(titles.map((title) => `【さくらモバイル】${title}`));
    expect(mails[2]?.text).toContain('お住まいの部屋番号を教えてください。');
    expect(mails[2]?.text).toContain('2026年12月2日まで');
    expect(await world.count('audit_log', `action = 'orders.shown' and detail ->> 'orderId' = '${orderId}'`)).toBe(3);
  });

  test('documents are named by their title; the words agreed to are there as long as they are the present ones', async () => {
    const at = { openedAt: '2026-11-18T04:55:00Z', agreedAt: '2026-11-18T04:56:00Z' };
    const { orderId } = await world.place({
      documents: [
        { code: 'terms', version: '2026-04-01', ...at },
        { code: 'explanation', version: '2025-04-01', ...at },
      ],
    });
    const page = await agent.see(orderId);
    expect(page).toContain('利用規約（2026年4月1日版）');
    expect(page).toMatch(/重要事項説明（2025年4月1日版）[\s\S]*いまは2026年10月1日版です/);
    const kept = '/console/orders/documents/terms/2026-04-01';
    expect([...page.matchAll(/\/console\/orders\/documents\/[^"]+/g)].map(String)).toEqual([kept]);
    expect((await agent.browser.get(kept)).text).toContain('規約');
    expect((await agent.browser.get('/console/orders/documents/explanation/2025-04-01')).status).toBe(404);
  });

  test('the mailed link opens the page for whoever has it, and for nobody else', async () => {
    const order = await world.place();
    const { contractor } = order.application;
    const [mail] = await world.mails(contractor.kind === 'new' ? contractor.mail : '');
    const path = /https:\/\/my\.example\.jp(\/orders\/link\/\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    const browser = world.browser();
    const page = await browser.open(path);
    expect([page.status, page.text.includes('お申し込みを受け付けました')]).toEqual([200, true]);
    expect((await browser.post(`/orders/${order.orderId}/cancel`, {})).status).toBe(303);
    expect((await world.now(order.orderId)).state).toBe('cancelled');
    const other = await world.place();
    expect((await browser.get(`/orders/${other.orderId}`)).status).toBe(404);
    expect((await browser.post(`/orders/${other.orderId}/cancel`, {})).status).toBe(404);
    expect((await world.browser().get(`/orders/${other.orderId}`)).location).toContain('/login');
    world.clock.advance('P30D');
    expect((await world.browser().get(path)).status).toBe(410);
    world.clock.advance('-P30D');
  });

  test('who is not reviewing decides nothing, and is told who is', async () => {
    const orderId = await taken();
    const page = await supervisor.see(orderId);
    expect(page).toContain('いま井上 窓口さんが確認しています');
    expect(page).not.toContain('value="approve"');
    const answer = await supervisor.step(orderId, 'approve');
    expect([answer.status, answer.text.includes('ほかの人が確認しています')]).toEqual([409, true]);
    await supervisor.step(orderId, 'take');
    expect((await agent.step(orderId, 'reject', { reason: 'いたずらのため' })).status).toBe(409);
    expect((await supervisor.step(orderId, 'approve')).status).toBe(303);
    expect(await world.story(orderId)).toBe('place take take approve');
  });

  test('two on one order at once: one counts, the other is told and has done nothing', async () => {
    const { orderId } = await world.place();
    const answers = await Promise.all(
      [agent, supervisor, agent, supervisor].map((one) => one.step(orderId, 'take', { version: 1 })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 303, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.text).toContain('何も行っていません');
    expect(await world.story(orderId)).toBe('place take');
  });

  test('a form sent twice is done once', async () => {
    const orderId = await taken();
    const sent = { reason: '同じ質問を二度', version: 2 };
    const answers = await Promise.all([1, 2, 3].map(() => agent.step(orderId, 'ask', sent)));
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await world.story(orderId)).toBe('place take ask');
  });

  test('what the applicant did meanwhile is shown first', async () => {
    const orderId = await taken({ lineUserId: LINE });
    const applicant = await world.signedIn({ lineUserId: LINE });
    await applicant.post(`/orders/${orderId}/cancel`, {});
    const answer = await agent.step(orderId, 'approve', { version: 2 });
    expect([answer.status, answer.text.includes('取り消し済み')]).toEqual([409, true]);
    expect(await world.story(orderId)).toBe('place take cancel');
  });

  test('a question, a refusal and a cancellation say why; the words reach the applicant', async () => {
    const orderId = await taken({ lineUserId: LINE });
    for (const event of ['ask', 'reject', 'cancel']) {
      expect((await agent.step(orderId, event, { reason: 'no' })).status).toBe(422);
    }
    expect((await agent.step(orderId, 'reject', { reason: 'ご本人と連絡がとれませんでした' })).status).toBe(303);
    expect((await world.heard(LINE)).at(-1)).toContain('理由: ご本人と連絡がとれませんでした');
  });

  test('an auditor looks and does nothing', async () => {
    const { orderId } = await world.place();
    expect(await auditor.see(orderId)).not.toContain('name="event"');
    expect((await auditor.step(orderId, 'take')).status).toBe(404);
  });
});

describe('exceptions', () => {
  test('another name than the card: one asks, another approves, once', async () => {
    const orderId = await taken({
      contractor: newContractor({ name: { family: '髙本', given: '恵' }, mail: 'taka@example.jp' }),
    });
    expect(await agent.see(orderId)).toContain('氏名が、本人確認をしたものと違います。');
    expect((await agent.step(orderId, 'approve', { reason: '' })).status).toBe(422);
    const requestId = newId();
    const asked = await agent.step(orderId, 'approve', { reason: '異体字のため、同じ人です', requestId });
    expect([asked.status, asked.location]).toEqual([303, `/console/requests/${requestId}`]);
    expect((await world.now(orderId)).state).toBe('pending');
    const path = `/console/requests/${requestId}`;
    const page = await supervisor.browser.get(path);
    expect(page.text).toContain('氏名が、本人確認をしたものと違います。');
    const yes = { decision: 'approve', note: '' };
    expect((await agent.browser.post(path, yes)).status).toBe(404);
    expect((await supervisor.browser.post(path, yes)).status).toBe(303);
    // The button tapped twice is answered as once; what was decided is not decided otherwise.
    expect((await supervisor.browser.post(path, yes)).status).toBe(303);
    const no = { decision: 'refuse', note: 'ちがう名前のため' };
    expect((await supervisor.browser.post(path, no)).status).toBe(409);
    expect(await world.story(orderId)).toBe('place take approve');
  });

  test('what a second person says yes to is the order as it was', async () => {
    const contractor = newContractor({ birthDate: '1991-04-13', mail: 'other-day@example.jp' });
    const orderId = await taken({ contractor });
    const requestId = newId();
    await agent.step(orderId, 'approve', { reason: '打ち間違いと思われます', requestId });
    await agent.step(orderId, 'ask', { reason: '生年月日をお知らせください' });
    const path = `/console/requests/${requestId}`;
    const answer = await supervisor.browser.post(path, { decision: 'approve', note: '' });
    expect(answer.status).toBe(409);
    expect(await world.story(orderId)).toBe('place take ask');
  });

  test('what stops an order stops it for two as well', async () => {
    const { orderId } = await world.place({
      number: {
        kind: 'reservation',
        phoneNumber: '09055556666',
        reservationNumber: '1234567890',
        validUntil: '2026-12-01',
      },
    });
    world.clock.advance('P15D');
    const late = await world.desk('agent');
    await late.step(orderId, 'take');
    expect(await late.see(orderId)).toContain('MNP予約番号の期限が過ぎています。');
    expect((await late.step(orderId, 'approve', { reason: '急ぎのため' })).status).toBe(409);
    world.clock.advance('-P15D');
  });

  test('the same person, address, phone and card are found with other orders, and the customer who is there already', async () => {
    const contractor = newContractor({ mail: 'twice@example.jp', phone: '090-9999-1111' });
    const { contractorId } = await world.contractor('twin', '山本　恵');
    await world.sql.query('update contractor set birth_date = $2 where contractor_id = $1', [
      contractorId,
      contractor.birthDate,
    ]);
    // Of the same name alone there are many.
    const { contractorId: namesake } = await world.contractor('namesake', '山本　恵');
    const first = await world.place({ contractor });
    const orderId = await taken({ contractor });
    const page = await agent.see(orderId);
    expect(page).toContain(`/console/orders/${first.orderId}`);
    expect(page).toContain('同じ連絡先電話番号の申し込みが、ほかにあります。');
    expect(page).toContain('同じ氏名・生年月日の契約者がいます。');
    expect(page).toContain(`/console/customers/${contractorId}`);
    expect(page).not.toContain(`/console/customers/${namesake}`);
  });
});

test('whom an order was about is forgotten when its time is over, and its history cannot be written anew', async () => {
  const orderId = await taken({ lineUserId: LINE, number: { kind: 'one-stop', phoneNumber: '09044443333' } });
  await agent.step(orderId, 'reject', { reason: 'ご本人のご希望のため' });
  const living = await taken({ lineUserId: LINE });
  await agent.step(living, 'ask', { reason: 'ご希望をお聞かせください' });
  const [running, ended] = [await contracted('goes-on'), await contracted('goes-by', { endedAt: 'PT4320H' })];
  const began = world.clock.now();
  const forget = () => world.orders.jobs.find(({ name }) => name === 'orders.forget')?.run(world.clock.now());
  const hidden = ['山本', 'ヤマモト', 'example.jp', '神宮前', '09044443333', '4F1A22', 'ご希望', LINE];
  /** What can be read of whom it was about, and what leads from others to it. */
  const left = async (of: string) => {
    const text = JSON.stringify([await world.now(of), await world.orders.changesOf(world.sql, of)]);
    const [row] = await world.sql.query<{ hasTraits: boolean; hasPassword: boolean }>(
      `select exists (select from product_order_trait where order_id = $1) as "hasTraits",
         exists (select from product_order_welcome where order_id = $1 and password_cipher is not null) as "hasPassword"`,
      [of],
    );
    return [hidden.filter((canary) => text.includes(canary)).length, row?.hasTraits, row?.hasPassword];
  };
  world.clock.advance('P29D');
  await forget();
  expect(await left(ended)).toEqual([6, true, true]);
  world.clock.advance('P150D');
  await forget();
  expect(await left(orderId)).toEqual([8, true, false]);
  expect(await left(ended)).toEqual([6, true, false]);
  world.clock.advance('P2D');
  await forget();
  const kept = await world.now(orderId);
  expect(await left(orderId)).toEqual([0, false, false]);
  expect(kept).toMatchObject({ state: 'rejected', application: { planCode: 'p3' } });
  expect(await world.story(orderId)).toBe('place take reject');
  expect(await left(living)).toEqual([7, true, false]);
  for (const statement of ["set note_cipher = ''", "set to_state = 'completed', note_cipher = null"]) {
    await expect(
      world.sql.query(`update product_order_change ${statement} where order_id = '${orderId}'`),
    ).rejects.toThrow('insert-only');
  }
  // Three years after its end, and of one that goes on never.
  world.clock.freeze('2030-05-17T12:00:00+09:00');
  await forget();
  expect([await left(ended), await left(running)]).toEqual([
    [6, true, false],
    [6, true, false],
  ]);
  world.clock.freeze('2030-05-19T12:00:00+09:00');
  await forget();
  expect([await left(ended), await left(running)]).toEqual([
    [0, false, false],
    [6, true, false],
  ]);
  world.clock.freeze(began);
});

test('an order whose question is not answered in fourteen days ends by itself', async () => {
  const orderId = await taken({ lineUserId: LINE });
  await agent.step(orderId, 'ask', { reason: 'お返事をください' });
  const run = async () => {
    for (const job of world.orders.jobs) await job.run(world.clock.now());
  };
  world.clock.freeze('2026-12-02T23:59:59+09:00');
  await run();
  expect((await world.now(orderId)).state).toBe('held');
  world.clock.freeze('2026-12-03T00:00:00+09:00');
  await run();
  await run();
  expect(await world.story(orderId)).toBe('place take ask expire');
});
