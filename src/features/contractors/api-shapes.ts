import { z } from '@hono/zod-openapi';
import { FILTERINGS } from '../../base/filtering.ts';
import { momentShape } from '../../infra/http/api-shapes.ts';
import type { Contractor } from './store.ts';
import type { Subscription } from './subscription-store.ts';

const name = z.string().trim().min(1).max(100);
const day = z.iso.date();
const options = z.array(z.string().max(100)).max(50).openapi({ description: 'Options added to the plan' });
const identityVerified = z
  .boolean()
  .openapi({ description: 'Whether the identity was checked against an official document at the contract' });
const filtering = z.enum(FILTERINGS).openapi({
  description: 'What keeps harmful sites away: off, content (the list of the operator), parental (a guardian decides)',
});

const home = z
  .strictObject({
    postalCode: z.string().regex(/^\d{7}$/),
    address: z.string().trim().min(1).max(300),
    phone: z.string().regex(/^0\d{9,10}$/),
  })
  .openapi({ description: 'Where the contractor lives and is called back; kept sealed and never answered' });

export const newContractorShape = z
  .strictObject({
    loginId: z.string().max(100).openapi({ example: 'tanaka' }),
    password: z.string().max(1_000).openapi({ description: 'At least 15 characters; never answered again' }),
    name,
    kana: name.nullish(),
    birthDate: day.nullish().openapi({ description: 'Missing for a company' }),
    email: z.email().max(320),
    identityVerified: identityVerified.optional(),
    home: home.optional(),
  })
  .openapi('NewContractor');

export const contractorChangeShape = z
  .strictObject({
    name: name.optional(),
    kana: name.nullish(),
    birthDate: day.nullish(),
    email: z.email().max(320).optional(),
    identityVerified: identityVerified.optional(),
    home: home.optional(),
  })
  .openapi('ContractorChange');

export const contractorShape = z
  .object({
    id: z.uuid(),
    loginId: z.string(),
    name: z.string(),
    kana: z.string().nullable(),
    birthDate: z.string().nullable(),
    email: z.string(),
    identityVerified,
    createdAt: z.string(),
  })
  .openapi('Contractor');

export const newSubscriptionShape = z
  .strictObject({
    contractorId: z.uuid(),
    msisdn: z.string().max(30).openapi({ example: '819012345678' }),
    planCode: z.string().max(100),
    optionCodes: options.optional(),
    opensAt: momentShape.openapi({ description: 'In service from this instant on' }),
    endedAt: momentShape.nullish(),
    userName: name.nullish().openapi({ description: 'Missing when the contractor carries the phone' }),
    userBirthDate: day.nullish(),
    filtering: filtering.nullish().openapi({ description: 'Missing: on for minors, off for adults' }),
  })
  .openapi('NewSubscription');

export const subscriptionChangeShape = z
  .strictObject({
    msisdn: z.string().max(30).optional(),
    planCode: z.string().max(100).optional().openapi({ description: 'Counts from this month on' }),
    optionCodes: options.optional(),
    opensAt: momentShape.optional(),
    endedAt: momentShape.nullish(),
    userName: name.nullish(),
    userBirthDate: day.nullish(),
    filtering: filtering.nullish(),
  })
  .openapi('SubscriptionChange');

export const subscriptionShape = z
  .object({
    id: z.uuid(),
    contractorId: z.uuid(),
    msisdn: z.string(),
    planCode: z.string(),
    optionCodes: z.array(z.string()),
    opensAt: z.string(),
    endedAt: z.string().nullable(),
    userName: z.string(),
    userBirthDate: z.string().nullable(),
    filtering: filtering.nullable(),
    state: z.enum(['not-open', 'in-service', 'ended']),
  })
  .openapi('Subscription');

export function contractorBody(contractor: Contractor): z.infer<typeof contractorShape> {
  const { contractorId: id, loginId, name, kana, birthDate, email, isIdentityVerified, createdAt } = contractor;
  return {
    id,
    loginId,
    name,
    kana,
    birthDate,
    email,
    identityVerified: isIdentityVerified,
    createdAt: createdAt.toString(),
  };
}

export function subscriptionBody(
  subscription: Subscription,
  state: 'not-open' | 'in-service' | 'ended',
): z.infer<typeof subscriptionShape> {
  const {
    subscriptionId: id,
    contractorId,
    msisdn,
    planCode,
    optionCodes,
    opensAt,
    endedAt,
    userName,
    userBirthDate,
    filtering: kept,
  } = subscription;
  return {
    id,
    contractorId,
    msisdn,
    planCode,
    optionCodes: [...optionCodes],
    opensAt: opensAt.toString(),
    endedAt: endedAt?.toString() ?? null,
    userName,
    userBirthDate,
    filtering: kept,
    state,
  };
}
