import { createRoute, z } from '@hono/zod-openapi';
import { idempotencyKeyHeader, idParameter } from '../../../infra/http/api-shapes.ts';
import { tmfErrorAnswer, tmfFields, tmfPage } from '../../../infra/http/tmf.ts';
import { ORDERING } from './bodies.ts';
import { answerInput, cancelInput, cancelShape, hubInput, hubShape, orderInput, orderShape } from './shapes.ts';

const common = { security: [{ apiKey: [] }], tags: ['Product ordering (TMF622)'] };
const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } });
const body = <Schema extends z.ZodType>(schema: Schema) => ({ required: true, content: json(schema) });
const errors = {
  400: tmfErrorAnswer('The request cannot be read, or a rule refuses it'),
  401: tmfErrorAnswer('No valid bearer key'),
};
const notThere = { 404: tmfErrorAnswer('There is no such thing') };
/** Of lists and of what `fields` selects from, any attribute may be missing. */
const selected = <Schema extends z.ZodRawShape>(shape: z.ZodObject<Schema>) => shape.partial();

/** TM Forum product ordering, version 4: what is offered of it. */
export const routes = {
  createOrder: createRoute({
    ...common,
    method: 'post',
    path: `${ORDERING}/productOrder`,
    summary: 'An order for a new subscription',
    request: { headers: idempotencyKeyHeader, body: body(orderInput) },
    responses: {
      201: { description: 'Acknowledged', content: json(orderShape) },
      ...errors,
      409: tmfErrorAnswer('The externalId or key was used for another order, or the state of things does not allow it'),
    },
  }),
  listOrders: createRoute({
    ...common,
    method: 'get',
    path: `${ORDERING}/productOrder`,
    summary: 'Orders, newest first',
    request: {
      query: z.strictObject({
        ...tmfPage,
        state: z.string().max(200).optional().openapi({ description: 'One state, or several with commas between' }),
        externalId: z.string().max(100).optional(),
        'relatedParty.id': z.uuid().optional(),
      }),
    },
    responses: {
      200: { description: 'A page of them; X-Total-Count says how many', content: json(z.array(selected(orderShape))) },
      ...errors,
    },
  }),
  readOrder: createRoute({
    ...common,
    method: 'get',
    path: `${ORDERING}/productOrder/{id}`,
    summary: 'One order',
    request: { params: idParameter, query: z.strictObject(tmfFields) },
    responses: { 200: { description: 'As it is now', content: json(selected(orderShape)) }, ...errors, ...notThere },
  }),
  answerQuestion: createRoute({
    ...common,
    method: 'patch',
    path: `${ORDERING}/productOrder/{id}`,
    summary: 'Answer what was asked about an order that is held: in words, with values put right, or both',
    request: { params: idParameter, body: body(answerInput) },
    responses: {
      200: { description: 'It goes on; the same answer again is answered so, too', content: json(orderShape) },
      ...errors,
      ...notThere,
      409: tmfErrorAnswer(
        'Nothing is asked, or the order came from the form, or the state of things does not allow it',
      ),
    },
  }),
  cancel: createRoute({
    ...common,
    method: 'post',
    path: `${ORDERING}/cancelProductOrder`,
    summary: 'Take an order back, before it is completed',
    request: { body: body(cancelInput) },
    responses: {
      201: {
        description: 'Done, or ended with an error where the order can no longer be taken back',
        content: json(cancelShape),
      },
      ...errors,
      ...notThere,
    },
  }),
  listCancels: createRoute({
    ...common,
    method: 'get',
    path: `${ORDERING}/cancelProductOrder`,
    summary: 'Cancellations asked for here, newest first',
    request: { query: z.strictObject(tmfPage) },
    responses: { 200: { description: 'A page of them', content: json(z.array(selected(cancelShape))) }, ...errors },
  }),
  readCancel: createRoute({
    ...common,
    method: 'get',
    path: `${ORDERING}/cancelProductOrder/{id}`,
    summary: 'One cancellation',
    request: { params: idParameter, query: z.strictObject(tmfFields) },
    responses: {
      200: { description: 'What came of it', content: json(selected(cancelShape)) },
      ...errors,
      ...notThere,
    },
  }),
  listen: createRoute({
    ...common,
    method: 'post',
    path: `${ORDERING}/hub`,
    summary: 'Be told of orders: events are posted to the callback, in order, until it takes them',
    request: { body: body(hubInput) },
    responses: {
      201: { description: 'From now on', content: json(hubShape) },
      ...errors,
      409: tmfErrorAnswer('It listens already, or too many do'),
    },
  }),
  unlisten: createRoute({
    ...common,
    method: 'delete',
    path: `${ORDERING}/hub/{id}`,
    summary: 'Be told no more',
    request: { params: idParameter },
    responses: { 204: { description: 'Ended' }, ...errors, ...notThere },
  }),
};
