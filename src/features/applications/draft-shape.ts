import { z } from 'zod';
import type { Draft } from './rules/draft.ts';

const typed = z.record(z.string(), z.string()).nullable().catch(null);

/**
 * A draft as it is kept. What a newer program does not understand any more is asked again; the rest stays.
 */
export const draftShape: z.ZodType<Draft> = z.object({
  typed: z.object({ plan: typed, sim: typed, contractor: typed, user: typed, filtering: typed }),
  verifiedMail: z.string().nullable().catch(null),
  guardianAgreedAt: z.string().nullable().catch(null),
  identity: z
    .object({
      reference: z.string(),
      method: z.enum(['jpki', 'ic-chip']),
      checkedAt: z.string(),
      outcome: z.enum(['success', 'mismatch']),
      certificateSerial: z.string(),
      mismatched: z.array(z.enum(['name', 'birth-date', 'address'])),
      person: z.object({
        name: z.object({ family: z.string(), given: z.string() }),
        birthDate: z.string(),
        postalCode: z.string(),
        address: z.string(),
      }),
    })
    .nullable()
    .catch(null),
  payment: z
    .object({ reference: z.string(), brand: z.string(), lastFour: z.string(), expiresIn: z.string() })
    .nullable()
    .catch(null),
  documents: z
    .array(z.object({ code: z.string(), version: z.string(), openedAt: z.string(), agreedAt: z.string().nullable() }))
    .catch([]),
});
