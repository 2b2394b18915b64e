import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { Application } from '../../src/features/orders/index.ts';
import { type OrdersSite, ordersSite } from '../support/orders-site.ts';

/**
 * A number is brought along, goes to another operator, and comes back years later with somebody else. What belonged to the
 * first never reaches the second, and what comes late for the first is the first's.
 */

const NUMBER = '09070005555';
const MSISDN = '819070005555';
let site: OrdersSite;
beforeAll(async () => {
  site = await ordersSite();
});
afterAll(() => site.close());

/** Somebody in LINE who brings the number along, until it works and both links are made. */
async function arrives(): Promise<{ orderId: string; subscriptionId: string; contractorId: string; line: string }> {
  const line = await site.friend();
  const number: Application['number'] = { kind: 'one-stop', phoneNumber: NUMBER };
  const orderId = await site.approved({ lineUserId: line, number });
  await site.pass(4);
  await site.tap(line, 'link', { order: orderId });
  const { subscriptionId, contractorId } = await site.now(orderId);
  if (!subscriptionId || !contractorId) throw new Error('it does not work');
  return { orderId, subscriptionId, contractorId, line };
}

const api = (path: string, body: unknown, type = 'application/json') =>
  site.app.web.request(`https://my.example.jp${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${site.app.config.apiKey}`, 'content-type': type, 'idempotency-key': newId() },
    body: JSON.stringify(body),
  });

/** A record of the network about the number, of a use that ended so long ago. */
async function uses(hoursAgo: number): Promise<void> {
  const time = site.clock.now().subtract({ hours: hoursAgo }).toString();
  const data = { mode: 'delta', uplinkBytes: 0, downlinkBytes: 7_000_000, start: time, end: time };
  const event = { specversion: '1.0', type: 'network.usage', source: 'pgw', id: newId(), subject: MSISDN, time, data };
  const response = await api('/api/v1/usage', event, 'application/cloudevents+json');
  const answer = await response.json();
  if (answer.status !== 'accepted') throw new Error(JSON.stringify(answer));
}

/** What was drawn from somebody's data, in all. */
async function used(subscriptionId: string): Promise<number> {
  const [row] = await site.run(
    `select coalesce(sum(used_bytes), 0)::float as used from data_usage_daily where subscription_id = $1`,
    [subscriptionId],
  );
  return Number(row?.used);
}

test('a number comes, leaves, and comes back with somebody else', async () => {
  const first = await arrives();
  const taken = await site.app.orders.place(site.unsent({ number: { kind: 'one-stop', phoneNumber: NUMBER } }));
  expect(taken).toEqual({ ok: false, code: 'number-taken' });
  await uses(0);
  expect(await used(first.subscriptionId)).toBe(7_000_000);

  // It goes to another operator: the subscription ends at that moment, and the network is asked to end the SIM.
  const asked = { requestId: newId(), contractorId: first.contractorId, subscriptionId: first.subscriptionId };
  const leave = await site.app.billing.askLeave({ ...asked, kind: 'mnp-out' });
  if (!leave.ok) throw new Error(leave.code);
  const reservationNumber = leave.value.reservationNumber ?? '';
  site.clock.advance('PT24H');
  const movedAt = site.clock.now().toString();
  expect((await api('/api/v1/number-portability/completions', { reservationNumber, movedAt })).status).toBeLessThan(
    300,
  );
  await site.due('orders.end-sims');
  await site.pass(5);
  const [sim] = await site.run('select state from product_order_activation where order_id = $1', [first.orderId]);
  expect(sim).toEqual({ state: 'ended' });

  // A use that ended before, and is told late, is still the first's.
  await uses(30);
  expect(await used(first.subscriptionId)).toBe(14_000_000);

  site.clock.advance('P20D');
  const second = await arrives();
  expect(second.subscriptionId).not.toBe(first.subscriptionId);
  const rows = await site.run('select subscription_id as id from subscription where msisdn = $1 order by opens_at', [
    MSISDN,
  ]);
  expect(rows.map(({ id }) => id)).toEqual([first.subscriptionId, second.subscriptionId]);

  await uses(0);
  await uses(20 * 24);
  expect([await used(first.subscriptionId), await used(second.subscriptionId)]).toEqual([21_000_000, 7_000_000]);

  // The old link, code and gifts stay with the old subscription; the number leads to the new one.
  const links = await site.run(
    'select line_user_id as line from user_link where subscription_id = $1 and unlinked_at is null',
    [second.subscriptionId],
  );
  expect(links).toEqual([{ line: second.line }]);
  const sql = site.sql;
  const holder = await site.app.contractors.subscriptionOfMsisdn(sql, site.clock.now(), MSISDN);
  expect(holder?.subscriptionId).toBe(second.subscriptionId);
  const then = site.clock.now().subtract({ hours: 19 * 24 });
  expect((await site.app.contractors.subscriptionOfMsisdn(sql, then, MSISDN))?.subscriptionId).toBe(
    first.subscriptionId,
  );

  // Nobody else gets it while it is held, by whichever way; and the first cannot take their end back.
  const other = { contractorId: first.contractorId, msisdn: `+${MSISDN}`, planCode: 'p3' };
  const opensAt = site.clock.now();
  expect(await site.app.contractors.createSubscription({ ...other, opensAt })).toEqual({
    ok: false,
    code: 'msisdn-taken',
  });
  expect(await site.app.contractors.changeSubscription(first.subscriptionId, { endedAt: null })).toEqual({
    ok: false,
    code: 'msisdn-taken',
  });
});

test('of two who open the same number at once, one does', async () => {
  const { contractorId } = await site.people.family('racers', '競争', ['競争']);
  const opens = { contractorId, msisdn: '+819070006666', planCode: 'p3', opensAt: site.clock.now() };
  const opened = await Promise.all(Array.from({ length: 8 }, () => site.app.contractors.createSubscription(opens)));
  expect(opened.filter(({ ok }) => ok)).toHaveLength(1);
});
