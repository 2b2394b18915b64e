import { z } from 'zod';
import { orderTopics } from '../../base/order-topic.ts';
import { IDENTITY_METHODS, PERSON_FIELDS, REFUSAL_REASONS } from '../../infra/identity/identity.ts';
import { CARD_FAILURES } from '../../infra/payments/payments.ts';
import type { Draft } from './rules/draft.ts';

const person = z.object({
  name: z.object({ family: z.string(), given: z.string() }),
  birthDate: z.string(),
  postalCode: z.string(),
  address: z.string(),
});

const identityFailure = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('mismatch'), mismatched: z.array(z.enum(PERSON_FIELDS)) }),
  z.object({ outcome: z.literal('refusal'), reason: z.enum(REFUSAL_REASONS) }),
  z.object({ outcome: z.literal('time-out') }),
]);

const page = z.object({ id: z.string(), url: z.string() }).nullable();

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
      method: z.enum(IDENTITY_METHODS),
      checkedAt: z.string(),
      outcome: z.enum(['success', 'mismatch']),
      certificateSerial: z.string(),
      mismatched: z.array(z.enum(PERSON_FIELDS)),
      person,
    })
    .nullable()
    .catch(null),
  identityVisit: z
    .object({
      key: z.string(),
      method: z.enum(IDENTITY_METHODS),
      person,
      page,
      failure: identityFailure.nullable(),
    })
    .nullable()
    .catch(null),
  identityVisits: z.number().catch(0),
  cardVisit: z
    .object({
      key: z.string(),
      page,
      failure: z.enum(CARD_FAILURES).nullable(),
    })
    .nullable()
    .catch(null),
  cardVisits: z.number().catch(0),
  payment: z
    .object({ reference: z.string(), brand: z.string(), lastFour: z.string(), expiresIn: z.string() })
    .nullable()
    .catch(null),
  entryCode: z.string().nullable().catch(null),
  invitation: z.string().nullable().catch(null),
  correction: z
    .object({ orderId: z.string(), about: z.array(z.enum(orderTopics)), contractorId: z.string().nullable() })
    .nullable()
    .default(null),
  documents: z
    .array(z.object({ code: z.string(), version: z.string(), openedAt: z.string(), agreedAt: z.string().nullable() }))
    .catch([]),
});
