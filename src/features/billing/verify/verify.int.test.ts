import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BillingWorld, billingWorld } from '../../../../tests/support/billing.ts';
import { testOperator } from '../../../../tests/support/operator.ts';
import { newId } from '../../../base/ids.ts';
import type { Operator } from '../../../base/operator.ts';
import { addMonths } from '../../../base/operator-month.ts';
import { verifyBills } from './index.ts';

/** 1,000 were tried by hand; the suite has no time for them. */
const CONTRACTORS = 120;
const MONTHS = 6;
const AT_ONCE = 40;

/** Odd percentages and roundings find more than ten and down. */
const operator: Operator = {
  ...testOperator,
  billing: { ...testOperator.billing, taxPercent: 8, rounding: 'half-up' },
};

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld(operator, {
    pointsFor: async (_tx, _month, payable) =>
      new Map(
        payable.map(({ contractorId, spendableYen }) => [
          contractorId,
          contractorId.endsWith('7') ? Math.floor(spendableYen / 3) : 0,
        ]),
      ),
  });
});
afterAll(() => world.close());

/** The same dice in every run: mulberry32. */
function createDice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

const PLANS = ['p500m', 'p3', 'p6', 'p12'];
const OPTIONS = [[], ['voicemail'], ['kakeho10'], ['kakeho10', 'voicemail']];

test('bills of many random contractors over half a year agree with the second computation to the yen', async () => {
  const dice = createDice(20_261_125);
  const start = '2026-10';
  await world.until(`${start}-02T12:00:00+09:00`);
  const now = world.clock.now();
  const held: { contractorId: string; subscriptionId: string }[] = [];
  for (let one = 0; one < CONTRACTORS; one += 1) {
    const contractorId = newId();
    await world.sql.query(
      `insert into contractor (contractor_id, login_id, password_hash, name, email, created_at)
       values ($1, $2, '-', 'x', 'x@example.com', $3)`,
      [contractorId, contractorId, now.toString()],
    );
    for (let line = 0; line <= dice(3); line += 1) {
      const subscriptionId = newId();
      const opensAt = now.add({ hours: 24 * (dice(200) - 100) });
      const endedAt = dice(6) === 0 ? opensAt.add({ hours: 24 * dice(200) }) : null;
      await world.sql.query(
        `insert into subscription (subscription_id, contractor_id, msisdn, plan_code, option_codes, opens_at, ended_at,
           created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          subscriptionId,
          contractorId,
          `8170${String(held.length).padStart(8, '0')}`,
          PLANS[dice(4)],
          `{${(OPTIONS[dice(4)] ?? []).join(',')}}`,
          opensAt.toString(),
          endedAt?.toString() ?? null,
          now.toString(),
        ],
      );
      held.push({ contractorId, subscriptionId });
    }
  }

  for (let count = 0; count < MONTHS; count += 1) {
    const month = addMonths(start, count);
    await world.until(`${month}-05T12:00:00+09:00`);
    for (let first = 0; first < held.length; first += AT_ONCE) {
      await Promise.all(held.slice(first, first + AT_ONCE).map((each) => liveAMonth(each, month)));
    }
    await world.until(`${month}-25T12:00:00+09:00`);
  }
  await world.until(`${addMonths(start, MONTHS)}-01T00:00:00+09:00`);
  const { bills, findings } = await verifyBills(world.sql, operator);
  expect(findings).toEqual([]);
  expect(bills).toBe(CONTRACTORS * MONTHS);
  const [kinds] = await world.sql.query<{ kinds: number }>('select count(distinct kind)::int as kinds from bill_line');
  expect(kinds?.kinds).toBeGreaterThanOrEqual(7);

  async function liveAMonth({ contractorId, subscriptionId }: (typeof held)[number], month: string): Promise<void> {
    const own = { contractorId, subscriptionId };
    switch (dice(8)) {
      case 0:
      case 1: {
        const planCode = PLANS[dice(4)] ?? 'p3';
        const optionCodes = planCode === 'p500m' ? (OPTIONS[dice(2)] ?? []) : (OPTIONS[dice(4)] ?? []);
        await world.billing.askPlanChange({ requestId: newId(), ...own, to: { planCode, optionCodes } });
        return;
      }
      case 2:
        await world.billing.takeBackPlanChange(own);
        return;
      case 3:
      case 4:
        await world.billing.topUp({ requestId: newId(), ...own, packCode: ['gb05', 'gb1', 'gb3'][dice(3)] ?? 'gb1' });
        return;
      case 5:
      case 6:
        await sendItem(subscriptionId, `${addMonths(month, -dice(2))}-0${1 + dice(3)}T00:00:00Z`);
        return;
      case 7:
        await world.contractors.changeSubscription(subscriptionId, {
          planCode: 'p6',
          optionCodes: OPTIONS[dice(4)] ?? [],
        });
    }
  }

  async function sendItem(subscriptionId: string, occurredAt: string): Promise<void> {
    const isCorrection = dice(3) === 0;
    const item = {
      id: newId(),
      subscriptionId,
      occurredAt,
      kind: isCorrection ? 'correction' : 'calls',
      label: { ja: '通話料', en: 'Calls' },
      amountYen: isCorrection ? dice(4_000) - 3_000 : dice(3_000),
      isTaxed: dice(4) !== 0,
    };
    const response = await world.web.request('https://my.example.jp/api/v1/bill-items', {
      method: 'POST',
      headers: { authorization: 'Bearer the-key', 'content-type': 'application/json' },
      body: JSON.stringify({ source: 'rating', items: [item] }),
    });
    expect(response.status).toBe(200);
  }
}, 120_000);
