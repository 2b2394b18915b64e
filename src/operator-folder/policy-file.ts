import { z } from 'zod';
import { clockTime, count } from './shapes.ts';

/** `policies/<giftPolicy>.yaml`: who may give how much to whom, and when. */
export const policyFile = z.strictObject({
  sourceKinds: z.array(z.enum(['carry-over', 'gift', 'base', 'top-up'])).min(1),
  minimumMegabytes: z.number().positive(),
  stepMegabytes: z.number().positive(),
  limitPerMonth: z.union([z.literal('plan'), z.literal('none'), z.number().positive()]),
  maximumMegabytes: z.number().positive().nullable(),
  giftsPerDay: count.nullable(),
  giftsPerMonth: count.nullable(),
  keepMegabytes: z.number().nonnegative(),
  feeYen: z.int().nonnegative(),
  ways: z.array(z.enum(['same-contract', 'share-link', 'gift-code', 'phone-number'])).min(1),
  acceptance: z.enum(['accept', 'automatic']),
  claimHours: z
    .int()
    .min(1)
    .max(24 * 31),
  giftCodeDays: count.nullable(),
  receivedUntil: z.union([z.enum(['month-end', 'next-month-end', 'original']), z.strictObject({ days: count })]),
  canRegift: z.boolean(),
  closed: z.strictObject({ fromLastDay: clockTime, toFirstDay: clockTime }).nullable(),
});
