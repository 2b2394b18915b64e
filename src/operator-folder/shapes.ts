import { z } from 'zod';

// Shapes that several files of the operator's folder use. A message goes on after the field's name.

export const bilingual = z.strictObject({ ja: z.string().min(1), en: z.string().min(1) });
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 23:00');
export const code = z.string().regex(/^[a-z0-9-]+$/, 'must be small letters, digits and hyphens');
export const count = z.int().min(1);
export const day = z.iso.date('must be a day like 2026-04-01');
export const yen = z.int().nonnegative();

export const hasEachOnce = (things: readonly { code: string }[]) =>
  new Set(things.map((thing) => thing.code)).size === things.length;
