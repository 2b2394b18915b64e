import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testOperator } from '../../../tests/support/operator.ts';
import { application } from '../../../tests/support/orders.ts';
import { type SimulatedLine, simulatedLine } from '../../../tests/support/simulated-line.ts';
import type { Order, OrderChange } from './order.ts';
import { transitions } from './rules/states.ts';
import { talkMessage } from './tell.ts';

let line: SimulatedLine;
beforeAll(async () => {
  line = await simulatedLine();
});
afterAll(() => line.stop());

const at = Temporal.Instant.from('2026-11-18T05:00:00Z');
const events = transitions.map(({ event, to }) => ({ event, to }));

test.each(['ja', 'en'] as const)(
  'LINE takes what is told of every change in %s, with the longest words',
  async (language) => {
    for (const { event, to } of events) {
      const order: Order = {
        orderId: '01a21554-8f27-7000-b0ad-0ee389b137a8',
        orderNumber: '01234567',
        state: to,
        version: 2,
        application: application({ language, number: { kind: 'one-stop', phoneNumber: '09011112222' } }),
        contractorId: null,
        subscriptionId: null,
        lineUserId: `U${'0'.repeat(32)}`,
        reviewerId: null,
        placedAt: at,
        changedAt: at,
      };
      const change: OrderChange = {
        orderId: order.orderId,
        version: 2,
        event,
        fromState: null,
        toState: to,
        actorKind: 'staff',
        staffId: null,
        note: '長'.repeat(500),
        at,
        about: [],
        before: null,
      };
      const message = talkMessage({ operator: testOperator, publicUrl: 'https://my.example.jp' }, order, change);
      expect(await line.complaints([message]), `${event}`).toEqual([]);
      expect(JSON.stringify(message)).toContain('0123-4567');
    }
  },
);
