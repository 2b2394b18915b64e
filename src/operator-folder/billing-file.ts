import { z } from 'zod';
import { bilingual, code, count, hasEachOnce, yen } from './shapes.ts';

/** The file `billing` names: tax, options and top-ups. */
export const billingFile = z.strictObject({
  taxPercent: z.int().min(0).max(100),
  rounding: z.enum(['down', 'half-up', 'up']),
  firstMonth: z.enum(['by-days', 'free', 'full']),
  universalServiceFeeYen: yen,
  options: z
    .array(
      z.strictObject({
        code,
        name: bilingual,
        about: bilingual,
        monthlyFeeYen: yen,
        plans: z.union([z.literal('all'), z.array(code).min(1)]),
        isSold: z.boolean().optional(),
      }),
    )
    .refine(hasEachOnce, 'has an option code twice'),
  topUps: z.strictObject({
    limitPerMonth: count,
    packs: z
      .array(z.strictObject({ code, megabytes: z.number().positive(), priceYen: yen }))
      .min(1)
      .refine(hasEachOnce, 'has a pack code twice'),
  }),
});
