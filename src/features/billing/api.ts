import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { Temporal } from 'temporal-polyfill';
import { requireApiKey } from '../../infra/http/api-key.ts';
import { answerInvalid, describedProblem, momentShape, problemAnswer } from '../../infra/http/api-shapes.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import type { BillingActions } from './actions.ts';
import { isOwnSource } from './charge-store.ts';

const words = z.strictObject({ ja: z.string().min(1).max(100), en: z.string().min(1).max(100) });

const itemsShape = z
  .strictObject({
    source: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._:/-]{0,99}$/i)
      .refine((source) => !isOwnSource(source), 'is kept for what is charged here')
      .openapi({ example: 'rating/voice', description: 'Ids are unique within it' }),
    items: z
      .array(
        z.strictObject({
          id: z.string().min(1).max(200),
          subscriptionId: z.uuid().toLowerCase(),
          kind: z.enum(['calls', 'correction']).default('calls'),
          occurredAt: momentShape,
          label: words.openapi({ description: 'As it stands on the bill' }),
          amountYen: z
            .int()
            .min(-10_000_000)
            .max(10_000_000)
            .openapi({ description: 'With tax; below zero only for a correction' }),
          isTaxed: z.boolean().default(true),
        }),
      )
      .min(1)
      .max(1_000),
  })
  .openapi('BillItems');

const summaryShape = z
  .strictObject({
    accepted: z.int(),
    duplicates: z.int(),
    conflicts: z.int(),
    refused: z.int(),
    problems: z.array(z.strictObject({ index: z.int(), id: z.string(), code: z.string() })),
  })
  .openapi('BillItemsSummary');

const route = createRoute({
  method: 'post',
  path: '/api/v1/bill-items',
  security: [{ apiKey: [] }],
  tags: ['Billing'],
  summary:
    'Calls and corrections for the bill, each once by (source, id); after its month was closed it goes onto the next',
  request: { body: { required: true, content: { 'application/json': { schema: itemsShape } } } },
  responses: {
    200: {
      description: 'What became of them, with every one that was not taken',
      content: { 'application/json': { schema: summaryShape } },
    },
    400: problemAnswer('The request does not fit its description'),
    401: problemAnswer('No valid bearer key'),
  },
});

const portingRoute = createRoute({
  method: 'post',
  path: '/api/v1/number-portability/completions',
  security: [{ apiKey: [] }],
  tags: ['Billing'],
  summary:
    'A number has gone to another operator with its reservation number: its subscription ends; a repeat changes nothing',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z
            .strictObject({
              reservationNumber: z.string().regex(/^\d{10}$/),
              movedAt: momentShape,
            })
            .openapi('PortingCompletion'),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'The subscription has ended',
      content: {
        'application/json': {
          schema: z
            .strictObject({ reservationNumber: z.string(), state: z.literal('moved') })
            .openapi('PortingCompleted'),
        },
      },
    },
    400: problemAnswer('The request does not fit its description'),
    401: problemAnswer('No valid bearer key'),
    404: problemAnswer('There is no such reservation number'),
    409: problemAnswer('Taken back, or its time is up'),
    422: problemAnswer('Not yet'),
  },
});

/** Items of bills from the operator's own systems, and numbers that went elsewhere. */
export function billingApi(deps: {
  actions: Pick<BillingActions, 'recordItems' | 'completePorting'>;
  apiKey: string;
}): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>({ defaultHook: answerInvalid });
  app.use('/api/v1/bill-items', requireApiKey(deps.apiKey));
  app.openapi(route, async (c) => {
    const { source, items } = c.req.valid('json');
    const outcomes = await deps.actions.recordItems({ source, items });
    const count = (status: string) => outcomes.filter((outcome) => outcome.status === status).length;
    const problems = outcomes.flatMap((outcome, index) => {
      const id = items[index]?.id ?? '';
      if (outcome.status === 'refused') return [{ index, id, code: outcome.code }];
      return outcome.status === 'conflict' ? [{ index, id, code: 'conflicting-item' }] : [];
    });
    return c.json(
      {
        accepted: count('accepted'),
        duplicates: count('duplicate'),
        conflicts: count('conflict'),
        refused: count('refused'),
        problems,
      },
      200,
    );
  });
  app.use('/api/v1/number-portability/*', requireApiKey(deps.apiKey));
  app.openapi(portingRoute, async (c) => {
    const { reservationNumber, movedAt } = c.req.valid('json');
    const at = Temporal.Instant.from(movedAt);
    const decision = await deps.actions.completePorting({ reservationNumber, movedAt: at });
    if (decision.ok) return c.json({ reservationNumber, state: 'moved' as const }, 200);
    const [status, title] = PORTING_FAULTS[decision.code];
    return describedProblem(c, status, decision.code, title);
  });
  return app;
}

const PORTING_FAULTS = {
  'not-found': [404, 'There is no such reservation number'],
  'no-longer-valid': [409, 'The reservation number was taken back, or its time is up'],
  'from-the-future': [422, 'The number cannot have moved yet'],
} as const;
