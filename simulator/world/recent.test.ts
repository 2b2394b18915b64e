import { expect, test } from 'vitest';
import { Recent } from './recent.ts';

test('however many come, the newest stay and there is an end to them', () => {
  const recent = new Recent<number, string>(1_000);
  for (let key = 0; key < 50_000; key += 1) {
    recent.set(key, `${key}`);
    expect(recent.size).toBeLessThanOrEqual(1_000);
  }
  expect(recent.get(49_999)).toBe('49999');
  expect(recent.get(0)).toBeUndefined();
  expect([...recent].length).toBeGreaterThanOrEqual(900);
});
