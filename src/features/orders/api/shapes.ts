import { z } from '@hono/zod-openapi';
import { orderTopics } from '../../../base/order-topic.ts';
import { momentShape } from '../../../infra/http/api-shapes.ts';
import { orderStates } from '../rules/states.ts';

/** The attributes of TMF622 that are read and answered here; those of the standard that are not listed are refused. */

const day = z.iso.date();
/** Letters without a NUL among them: what is kept of an order stands sealed, where only later a column would refuse it. */
const words = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\0]*$/);
const personName = z.strictObject({ family: words(50), given: words(50) });

/** What the standard leaves open is told in the product's characteristics: name → value. */
export const wantedShape = z
  .strictObject({
    simKind: z.enum(['sim', 'esim']),
    number: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('new') }),
        z.strictObject({ kind: z.literal('one-stop'), phoneNumber: words(20) }),
        z.strictObject({
          kind: z.literal('reservation'),
          phoneNumber: words(20),
          reservationNumber: words(20),
          validUntil: day,
        }),
      ])
      .default({ kind: 'new' }),
    contractor: z
      .strictObject({
        name: personName,
        kana: personName,
        birthDate: day,
        postalCode: words(10),
        address: words(300),
        phone: words(20),
        mail: z.email().max(200),
      })
      .optional(),
    user: z
      .strictObject({
        name: personName,
        kana: personName,
        birthDate: day,
        filtering: z.boolean(),
        guardian: z
          .strictObject({ name: words(100), agreedAt: momentShape })
          .nullable()
          .default(null),
      })
      .optional(),
    identity: z
      .strictObject({
        reference: words(200),
        method: z.enum(['jpki', 'ic-chip']),
        outcome: z.enum(['success', 'mismatch']),
        checkedAt: momentShape,
        certificateSerial: words(100),
        mismatched: z
          .array(z.enum(['name', 'birth-date', 'address']))
          .max(3)
          .default([]),
        person: z.strictObject({ name: personName, birthDate: day, postalCode: words(10), address: words(300) }),
      })
      .optional(),
    payment: z
      .strictObject({
        reference: words(200),
        brand: words(50),
        lastFour: z.string().regex(/^\d{4}$/),
        expiresIn: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
      })
      .optional(),
    documents: z
      .array(z.strictObject({ code: words(100), version: words(50), openedAt: momentShape, agreedAt: momentShape }))
      .max(20),
    entryCode: words(30)
      .optional()
      .openapi({ description: 'Waives the registration fee; blanks and hyphens are ignored' }),
    invitation: words(100).optional().openapi({ description: 'What the link of an invitation ends with' }),
    language: z.enum(['ja', 'en']).default('ja'),
  })
  .openapi('ProductOrderCharacteristics', { description: 'What stands in the product’s characteristics, by name' });
export type Wanted = z.infer<typeof wantedShape>;

const { shape: wanted } = wantedShape;
/** Of them what staff can ask about. */
export const answeredShape = z
  .strictObject({
    simKind: wanted.simKind.optional(),
    number: wanted.number.unwrap().optional(),
    contractor: wanted.contractor,
    user: wanted.user,
    identity: wanted.identity,
    payment: wanted.payment,
  })
  .openapi('ProductOrderAnswer', { description: 'What an answer may put right, by name' });
export type Answered = z.infer<typeof answeredShape>;

/** Attributes of every entity by which it may say more of itself; they change nothing. */
const typed = {
  '@type': z.string().optional(),
  '@baseType': z.string().optional(),
  '@schemaLocation': z.string().optional(),
};

const characteristic = z.strictObject({
  id: z.string().optional(),
  name: words(100),
  valueType: z.string().optional(),
  value: z.unknown(),
  ...typed,
});

const itemInput = z.strictObject({
  id: words(50),
  action: z.enum(['add', 'modify', 'delete', 'noChange']).openapi({ description: 'Only `add`' }),
  quantity: z.int().optional(),
  productOffering: z
    .strictObject({
      id: words(50),
      href: z.string().optional(),
      name: z.string().optional(),
      '@referredType': z.string().optional(),
      ...typed,
    })
    .openapi({ description: 'A plan on the item with a product, an option on every other' }),
  product: z
    .strictObject({ productCharacteristic: z.array(characteristic).max(20), ...typed })
    .optional()
    .openapi({ description: 'On exactly one item; see ProductOrderCharacteristics' }),
  ...typed,
});

export const orderInput = z
  .strictObject({
    externalId: words(100)
      .optional()
      .openapi({ description: 'The sender’s own number; the same again is the same order' }),
    category: z.string().optional(),
    description: z.string().optional(),
    relatedParty: z
      .array(
        z.strictObject({
          id: words(50),
          href: z.string().optional(),
          name: z.string().optional(),
          role: z.literal('customer'),
          '@referredType': z.string().optional(),
          ...typed,
        }),
      )
      .max(1)
      .optional()
      .openapi({ description: 'A contractor who is one already; else the characteristic `contractor`' }),
    productOrderItem: z.array(itemInput).min(1).max(20),
    ...typed,
  })
  .openapi('ProductOrderCreate');
export type OrderInput = z.infer<typeof orderInput>;

export const answerInput = z
  .strictObject({
    note: z
      .array(z.strictObject({ text: words(2_000), author: z.string().optional(), ...typed }))
      .max(1)
      .optional()
      .openapi({ description: 'The answer in words' }),
    productOrderItem: z
      .array(
        z.strictObject({
          id: z.literal('01'),
          action: z.literal('add').optional(),
          product: z.strictObject({ productCharacteristic: z.array(characteristic).max(20), ...typed }),
          ...typed,
        }),
      )
      .max(1)
      .optional()
      .openapi({ description: 'Item 01 with the characteristics that are put right; see ProductOrderAnswer' }),
    ...typed,
  })
  .openapi('ProductOrderUpdate');

const state = z.enum(orderStates);

const itemShape = z.object({
  id: z.string(),
  action: z.literal('add'),
  quantity: z.literal(1),
  state,
  productOffering: z.object({ id: z.string(), name: z.string(), '@referredType': z.literal('ProductOffering') }),
  product: z
    .object({
      id: z.string().optional().openapi({ description: 'The subscription, once the order is completed' }),
      productCharacteristic: z.array(z.object({ name: z.string(), value: z.string() })),
      '@type': z.literal('Product'),
    })
    .optional(),
  productOrderItemRelationship: z.array(z.object({ id: z.string(), relationshipType: z.string() })).optional(),
  '@type': z.literal('ProductOrderItem'),
});

/** No name, address or number of a person: who is to know them has them. */
export const orderShape = z
  .object({
    id: z.uuid(),
    href: z.string(),
    externalId: z.string().optional(),
    orderNumber: z
      .string()
      .openapi({ description: 'Eight digits that applicants and staff know it by (an extension)' }),
    state,
    orderDate: z.string(),
    completionDate: z.string().optional(),
    cancellationDate: z.string().optional(),
    cancellationReason: z.string().optional(),
    note: z
      .array(
        z.object({
          id: z.string(),
          date: z.string(),
          author: z.string(),
          text: z.string(),
          about: z
            .array(z.enum(orderTopics))
            .optional()
            .openapi({ description: 'What a question asks to be put right (an extension)' }),
        }),
      )
      .optional(),
    relatedParty: z
      .array(z.object({ id: z.string(), role: z.literal('customer'), '@referredType': z.literal('Individual') }))
      .optional(),
    productOrderItem: z.array(itemShape),
    '@type': z.literal('ProductOrder'),
  })
  .openapi('ProductOrder');
export type OrderBody = z.infer<typeof orderShape>;

export const cancelInput = z
  .strictObject({
    productOrder: z.strictObject({
      id: words(50),
      href: z.string().optional(),
      name: z.string().optional(),
      '@referredType': z.string().optional(),
      ...typed,
    }),
    cancellationReason: words(500).optional(),
    requestedCancellationDate: momentShape
      .optional()
      .openapi({ description: 'Only now or before: it is done at once' }),
    ...typed,
  })
  .openapi('CancelProductOrderCreate');

export const cancelShape = z
  .object({
    id: z.uuid(),
    href: z.string(),
    state: z.enum(['done', 'terminatedWithError']),
    cancellationReason: z.string().optional(),
    requestedCancellationDate: z.string(),
    effectiveCancellationDate: z.string().optional(),
    productOrder: z.object({ id: z.uuid(), href: z.string(), '@referredType': z.literal('ProductOrder') }),
    '@type': z.literal('CancelProductOrder'),
  })
  .openapi('CancelProductOrder');
export type CancelBody = z.infer<typeof cancelShape>;
