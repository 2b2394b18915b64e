import { z } from 'zod';
import { bilingual, code, count, hasEachOnce } from './shapes.ts';

/** The file `stickers` names: the sets points can buy. */
export const stickersFile = z
  .array(
    z.strictObject({
      code,
      name: bilingual,
      productId: z.string().regex(/^\d{1,20}$/, 'must be a package id of LINE: digits'),
      pricePoints: count,
      isOpen: z.boolean(),
      picture: z.string().regex(/^[a-z0-9-]+\.svg$/, 'must be the name of an SVG file in the folder stickers'),
    }),
  )
  .refine(hasEachOnce, 'has a code twice');
