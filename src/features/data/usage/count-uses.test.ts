import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inStretches } from './count-uses.ts';
import { keyed } from './request-key.ts';

test('every use goes once; those of one subscription together, in their order, and no command is cut short', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (subscriptions, together) => {
      const placed = subscriptions.map((subscription, place) => ({
        place,
        use: keyed({
          requestId: `${place}`,
          subscriptionId: `${subscription}`,
          endedAt: '2026-04-10T02:00:00Z',
          isZeroRated: false,
          amount: { mode: 'delta', bytes: 1 },
        }),
      }));
      const stretches = inStretches(placed, together);
      const stretchOf = new Map(stretches.flatMap((stretch, at) => stretch.map(({ place }) => [place, at] as const)));
      expect(stretchOf.size).toBe(placed.length);
      for (const subscription of new Set(subscriptions)) {
        const places = placed.flatMap(({ place, use }) => (use.subscriptionId === `${subscription}` ? place : []));
        expect(new Set(places.map((place) => stretchOf.get(place))).size).toBe(1);
        const order = stretches.flat().flatMap(({ place }) => (places.includes(place) ? place : []));
        expect(order).toEqual(places);
      }
      for (const stretch of stretches.slice(0, -1)) expect(stretch.length).toBeGreaterThanOrEqual(together);
    }),
  );
});
