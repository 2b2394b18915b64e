import { expect, test } from 'vitest';
import { faultIn } from './faults.ts';

test.each([
  { webhook: { drop: 0.5, delayMs: 100, delayRate: 0.1, redeliver: true, unknownFields: 0.2 } },
  { api: { status: 503, rate: 0.3 }, menus: { lagMs: 60_000 } },
  {},
])('%o can be done', (order) => {
  expect(faultIn(order)).toBeNull();
});

test.each([
  [{ webhok: {} }, 'not of webhok'],
  [{ webhook: { dorp: 1 } }, 'not dorp'],
  [{ webhook: { drop: 2 } }, 'webhook.drop must be a rate (0 to 1)'],
  [{ api: { status: 200 } }, 'api.status must be a status'],
  [{ api: null }, 'api must be an object'],
])('%o is refused', (order, words) => {
  expect(faultIn(order)).toContain(words);
});
