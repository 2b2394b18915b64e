import { z } from 'zod';
import { bilingual, code, day, hasEachOnce, yen } from './shapes.ts';

/** The file `plans` names: the plans there are. */
export const plansFile = z
  .array(
    z.strictObject({
      code,
      name: bilingual,
      monthlyMegabytes: z.int().positive(),
      monthlyFeeYen: yen,
      hasVoice: z.boolean(),
      points: z.strictObject({ closedFrom: day }).optional(),
      isSold: z.boolean().optional(),
    }),
  )
  .min(1)
  .refine(hasEachOnce, 'has a plan code twice');
