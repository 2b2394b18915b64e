import { createRoute, z } from '@hono/zod-openapi';
import { idempotencyKeyHeader, idParameter } from '../../../infra/http/api-shapes.ts';
import { tmfErrorAnswer } from '../../../infra/http/tmf.ts';
import {
  tmfBody,
  tmfCommon,
  tmfErrors,
  tmfJson,
  tmfListRoute,
  tmfNotThere,
  tmfReadRoute,
} from '../../../infra/http/tmf-routes.ts';
import { hubRoutes } from '../../../infra/listeners/tmf-hub.ts';
import { ORDERING } from './bodies.ts';
import { answerInput, cancelInput, cancelShape, orderInput, orderShape } from './shapes.ts';

const TAG = 'Product ordering (TMF622)';
const common = tmfCommon(TAG);
const ofOrders = { tag: TAG, shape: orderShape };
const ofCancels = { tag: TAG, shape: cancelShape };

/** TM Forum product ordering, version 4: what is offered of it. */
export const routes = {
  createOrder: createRoute({
    ...common,
    method: 'post',
    path: `${ORDERING}/productOrder`,
    summary: 'An order for a new subscription',
    request: { headers: idempotencyKeyHeader, body: tmfBody(orderInput) },
    responses: {
      201: { description: 'Acknowledged', content: tmfJson(orderShape) },
      ...tmfErrors,
      409: tmfErrorAnswer('The externalId or key was used for another order, or the state of things does not allow it'),
    },
  }),
  listOrders: tmfListRoute({
    ...ofOrders,
    path: `${ORDERING}/productOrder`,
    summary: 'Orders, newest first',
    filters: {
      state: z.string().max(200).optional().openapi({ description: 'One state, or several with commas between' }),
      externalId: z.string().max(100).optional(),
      'relatedParty.id': z.uuid().optional(),
    },
  }),
  readOrder: tmfReadRoute({ ...ofOrders, path: `${ORDERING}/productOrder/{id}`, summary: 'One order' }),
  answerQuestion: createRoute({
    ...common,
    method: 'patch',
    path: `${ORDERING}/productOrder/{id}`,
    summary: 'Answer what was asked about an order that is held: in words, with values put right, or both',
    request: { params: idParameter, body: tmfBody(answerInput) },
    responses: {
      200: { description: 'It goes on; the same answer again is answered so, too', content: tmfJson(orderShape) },
      ...tmfErrors,
      ...tmfNotThere,
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
    request: { body: tmfBody(cancelInput) },
    responses: {
      201: {
        description: 'Done, or ended with an error where the order can no longer be taken back',
        content: tmfJson(cancelShape),
      },
      ...tmfErrors,
      ...tmfNotThere,
    },
  }),
  listCancels: tmfListRoute({
    ...ofCancels,
    path: `${ORDERING}/cancelProductOrder`,
    summary: 'Cancellations asked for here, newest first',
    filters: {},
  }),
  readCancel: tmfReadRoute({
    ...ofCancels,
    path: `${ORDERING}/cancelProductOrder/{id}`,
    summary: 'One cancellation',
  }),
  ...hubRoutes(ORDERING, TAG),
};
