import { createRoute, z } from '@hono/zod-openapi';
import { idempotencyKeyHeader, idParameter } from '../../../infra/http/api-shapes.ts';
import { tmfErrorAnswer, tmfFields, tmfPage } from '../../../infra/http/tmf.ts';
import { units } from './amounts.ts';

export const PREPAY = '/tmf-api/prepayBalanceManagement/v4';
const KINDS = ['carry-over', 'gift', 'base', 'top-up'] as const;

const words = (most: number) => z.string().trim().min(1).max(most);
const quantity = z.object({ amount: z.number(), units: z.enum(units) });
const period = z.object({ endDateTime: z.string() });
const productRef = z.object({ id: z.uuid(), '@referredType': z.literal('Product') });
const bucketRef = z.object({ id: z.string(), href: z.string(), '@referredType': z.literal('Bucket') });
const accountRef = z.object({ id: z.uuid(), '@referredType': z.literal('PartyAccount') });

const bucketShape = z
  .object({
    id: z.string().openapi({ description: 'The subscription and the kind; the same for good' }),
    href: z.string(),
    name: z.enum(KINDS),
    usageType: z.literal('data'),
    status: z.enum(['active', 'expired']),
    remainingValue: quantity,
    remainingValueName: z.string(),
    validFor: period.optional().openapi({ description: 'Until when the part that ends first can be used (exclusive)' }),
    consumptionOrder: z.int().openapi({ description: 'From 1: which is used first (an extension)' }),
    product: z.array(productRef),
    partyAccount: accountRef,
    '@type': z.literal('Bucket'),
  })
  .openapi('Bucket');
export type BucketBody = z.infer<typeof bucketShape>;

const accumulatedShape = z
  .object({
    id: z.uuid().openapi({ description: 'The subscription' }),
    href: z.string(),
    name: z.literal('data'),
    totalBalance: quantity,
    reservedValue: quantity.openapi({ description: 'On loan to the network beside the total (an extension)' }),
    bucket: z.array(bucketRef),
    product: z.array(productRef),
    partyAccount: accountRef,
    '@type': z.literal('AccumulatedBalance'),
  })
  .openapi('AccumulatedBalance');
export type AccumulatedBody = z.infer<typeof accumulatedShape>;

const ref = (id: z.ZodType<string>) =>
  z.strictObject({
    id,
    href: z.string().optional(),
    name: z.string().optional(),
    '@referredType': z.string().optional(),
  });

const topupInput = z
  .strictObject({
    amount: z.strictObject({ amount: z.number(), units: z.enum(units) }),
    usageType: z.literal('data'),
    bucket: ref(words(100)).openapi({ description: 'The bucket of kind top-up of the subscription' }),
    partyAccount: ref(z.uuid()).openapi({ description: 'The contractor' }),
    channel: ref(words(100)).optional(),
    description: words(300).optional(),
    reason: words(300).optional(),
    '@type': z.string().optional(),
  })
  .openapi('TopupBalanceCreate');

const topupShape = z
  .object({
    id: z.uuid(),
    href: z.string(),
    status: z.literal('completed'),
    usageType: z.literal('data'),
    amount: quantity,
    bucket: bucketRef,
    product: z.array(productRef),
    channel: z.object({ id: z.string() }).optional(),
    requestedDate: z.string(),
    confirmationDate: z.string(),
    '@type': z.literal('TopupBalance'),
  })
  .openapi('TopupBalance');
export type TopupBody = z.infer<typeof topupShape>;

const common = { security: [{ apiKey: [] }], tags: ['Prepay balance (TMF654)'] };
const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } });
const errors = {
  400: tmfErrorAnswer('The request cannot be read, or names nobody'),
  401: tmfErrorAnswer('No valid bearer key'),
};
const notThere = { 404: tmfErrorAnswer('There is no such thing') };

/** Whose it is: by subscription, by phone number as it is now, or by contractor. */
const whose = {
  'product.id': z.uuid().optional().openapi({ description: 'A subscription' }),
  'logicalResource.id': z.string().max(30).optional().openapi({ description: 'A phone number, with its country code' }),
  'partyAccount.id': z.uuid().optional().openapi({ description: 'A contractor' }),
};
export type Whose = { readonly [Name in keyof typeof whose]?: string | undefined };

/** TM Forum prepay balance, version 4: what is offered of it. */
export const routes = {
  listBuckets: createRoute({
    ...common,
    method: 'get',
    path: `${PREPAY}/bucket`,
    summary: 'What is left of each kind, in the order of use; of one subscription, number or contractor',
    request: { query: z.strictObject({ ...tmfPage, ...whose, name: z.enum(KINDS).optional() }) },
    responses: { 200: { description: 'A page of them', content: json(z.array(bucketShape.partial())) }, ...errors },
  }),
  readBucket: createRoute({
    ...common,
    method: 'get',
    path: `${PREPAY}/bucket/{id}`,
    summary: 'What is left of one kind',
    request: { params: idParameter, query: z.strictObject(tmfFields) },
    responses: { 200: { description: 'As it is now', content: json(bucketShape.partial()) }, ...errors, ...notThere },
  }),
  listAccumulated: createRoute({
    ...common,
    method: 'get',
    path: `${PREPAY}/accumulatedBalance`,
    summary: 'What is left in all; of one subscription, number or contractor',
    request: { query: z.strictObject({ ...tmfPage, ...whose }) },
    responses: {
      200: { description: 'A page of them', content: json(z.array(accumulatedShape.partial())) },
      ...errors,
    },
  }),
  readAccumulated: createRoute({
    ...common,
    method: 'get',
    path: `${PREPAY}/accumulatedBalance/{id}`,
    summary: 'What a subscription has left in all',
    request: { params: idParameter, query: z.strictObject(tmfFields) },
    responses: {
      200: { description: 'As it is now', content: json(accumulatedShape.partial()) },
      ...errors,
      ...notThere,
    },
  }),
  topUp: createRoute({
    ...common,
    method: 'post',
    path: `${PREPAY}/topupBalance`,
    summary: 'Adds data that was paid elsewhere: at once, once for each key, and on no bill',
    request: { headers: idempotencyKeyHeader, body: { required: true, content: json(topupInput) } },
    responses: {
      201: { description: 'Done', content: json(topupShape) },
      ...errors,
      ...notThere,
      409: tmfErrorAnswer('The key was used for another top-up, or the subscription is not in service'),
    },
  }),
  listTopUps: createRoute({
    ...common,
    method: 'get',
    path: `${PREPAY}/topupBalance`,
    summary: 'Top-ups that came here, newest first',
    request: { query: z.strictObject({ ...tmfPage, 'product.id': z.uuid().optional() }) },
    responses: { 200: { description: 'A page of them', content: json(z.array(topupShape.partial())) }, ...errors },
  }),
  readTopUp: createRoute({
    ...common,
    method: 'get',
    path: `${PREPAY}/topupBalance/{id}`,
    summary: 'One top-up',
    request: { params: idParameter, query: z.strictObject(tmfFields) },
    responses: { 200: { description: 'What came of it', content: json(topupShape.partial()) }, ...errors, ...notThere },
  }),
};
