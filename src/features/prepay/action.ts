import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { isId } from '../../base/ids.ts';
import type { Accepted } from '../../base/refusal.ts';
import { idempotencyKeyHeader, idParameter } from '../../infra/http/api-shapes.ts';
import { type Described, selectFields, tmfErrorAnswer, tmfList } from '../../infra/http/tmf.ts';
import {
  tmfBody,
  tmfCommon,
  tmfErrors,
  tmfJson,
  tmfListRoute,
  tmfNotThere,
  tmfReadRoute,
} from '../../infra/http/tmf-routes.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import { type Asked, actOnce } from './act-once.ts';
import { type ActionBody, commonBody, commonShape, pathOf, TYPES } from './action-body.ts';
import { type Action, type ActionKind, type ActionStatus, loadAction, loadActions } from './action-store.ts';
import { answerRefusal, NOT_FOUND, type Refusal } from './answers.ts';
import type { PrepayParts } from './deps.ts';
import { actionStatuses, PREPAY_TAG, type Site, words } from './refs.ts';

/** A kind of action, as its file describes it. The rest is the same for all: how it is taken on, listed, read and ended. */
interface ActionOf<Sent extends Aside, Added extends z.ZodRawShape, End extends Ending> {
  readonly kind: ActionKind;
  /** What one is called in descriptions, small. */
  readonly noun: string;
  /** What asking for one does, what is so once it is answered, and what may be in the way beside its key. */
  readonly says: { readonly does: string; readonly done: string; readonly conflict: string };
  readonly input: z.ZodType<Sent>;
  /** The attributes it is answered with beside those of every action. */
  readonly added: Added;
  readonly addedOf: (action: Action, site: Site) => z.infer<z.ZodObject<Added>>;
  /** Checks what was sent, and says what is to be moved. */
  readonly ask: (sent: Sent, parts: PrepayParts) => Promise<Accepted<Movement> | Refusal>;
  /** How its system ends it before it has come about, where it can. */
  readonly end?: EndOf<End>;
}

/** What every action may be sent with, and is kept with. */
interface Aside {
  readonly channel?: { readonly id: string } | undefined;
  readonly reason?: string | undefined;
}

type Movement = Omit<Asked, 'kind' | 'key' | 'channel' | 'reason'>;

interface Ending {
  readonly status: ActionStatus;
}

interface EndOf<End extends Ending> {
  readonly says: { readonly does: string; readonly done: string };
  readonly input: z.ZodType<End>;
  /** The answer where it ended in another way. */
  readonly otherwise: Refusal;
  /** What is wrong with what was sent, whatever it is sent to. */
  readonly fault?: (sent: End, parts: PrepayParts) => Refusal | undefined;
  readonly end: (action: Action, sent: End, parts: PrepayParts) => Promise<Refusal | undefined>;
}

/** How an action is cancelled that can be ended in no other way. */
export const cancelInput = {
  status: z.literal('cancelled'),
  reason: words(300).optional(),
  '@type': z.string().optional(),
};

/** By what lists of actions can be narrowed. */
const filters = {
  'product.id': z.uuid().optional().openapi({ description: 'A subscription' }),
  status: z.enum(actionStatuses).optional(),
};

/** A kind of action as the interface has it. */
export interface ActionPart {
  readonly routes: readonly Described[];
  /** As it is answered and told of. */
  readonly bodyOf: (action: Action, site: Site) => ActionBody;
  readonly answer: (app: OpenAPIHono<WebEnv>, parts: PrepayParts) => void;
}

/** An action's routes, and how they are answered. */
export function describeAction<Sent extends Aside, Added extends z.ZodRawShape, End extends Ending>(
  of: ActionOf<Sent, Added, End>,
): ActionPart {
  const { ask, list, read, end } = routesOf(of);
  return {
    routes: [ask, list, read, ...(end ? [end] : [])],
    bodyOf: (action, site) => ({ ...commonBody(site, action), ...of.addedOf(action, site), '@type': TYPES[of.kind] }),
    answer(app, parts) {
      const { sql } = parts.named;
      const { bodyOf } = parts;
      const find = async (id: string) => (isId(id) ? loadAction(sql, { kind: of.kind, actionId: id }) : null);

      app.openapi(ask, async (c) => {
        const sent = c.req.valid('json');
        const wanted = await of.ask(sent, parts);
        if (!wanted.ok) return answerRefusal(c, wanted);
        const done = await actOnce(parts, {
          ...wanted.value,
          kind: of.kind,
          key: c.req.valid('header')['idempotency-key'],
          channel: sent.channel?.id ?? null,
          reason: sent.reason ?? null,
        });
        if (!done.ok) return answerRefusal(c, done);
        const body = bodyOf(done.value);
        c.header('location', body.href);
        return c.json(body, 201);
      });

      app.openapi(list, async (c) => {
        const { fields, 'product.id': subscriptionId, ...search } = c.req.valid('query');
        const { rows, total } = await loadActions(sql, { kind: of.kind, subscriptionId, ...search });
        return tmfList(c, rows.map(bodyOf), { total, fields });
      });

      app.openapi(read, async (c) => {
        const found = await find(c.req.valid('param').id);
        if (!found) return answerRefusal(c, NOT_FOUND);
        return c.json(selectFields(bodyOf(found), c.req.valid('query').fields), 200);
      });

      const ending = of.end;
      if (!ending || !end) return;
      app.openapi(end, async (c) => {
        const { id } = c.req.valid('param');
        const sent = c.req.valid('json');
        const fault = ending.fault?.(sent, parts);
        if (fault) return answerRefusal(c, fault);
        const found = await find(id);
        if (!found) return answerRefusal(c, NOT_FOUND);
        const refused = await ending.end(found, sent, parts);
        if (refused) return answerRefusal(c, refused);
        const now = await find(id);
        if (now?.status !== sent.status) return answerRefusal(c, ending.otherwise);
        return c.json(bodyOf(now), 200);
      });
    },
  };
}

function routesOf<Sent extends Aside, Added extends z.ZodRawShape, End extends Ending>({
  kind,
  noun,
  says,
  input,
  added,
  end,
}: ActionOf<Sent, Added, End>) {
  const type = TYPES[kind];
  const shape: typeof commonShape = z
    .object({ ...commonShape.shape, ...added, '@type': z.literal(type) })
    .openapi(type);
  const described = { tag: PREPAY_TAG, path: pathOf(kind), shape };
  const one = { ...described, path: `${described.path}/{id}` as const };
  const common = tmfCommon(PREPAY_TAG);
  return {
    ask: createRoute({
      ...common,
      method: 'post',
      path: described.path,
      summary: says.does,
      request: { headers: idempotencyKeyHeader, body: tmfBody(input) },
      responses: {
        201: { description: says.done, content: tmfJson(shape) },
        ...tmfErrors,
        ...tmfNotThere,
        409: tmfErrorAnswer(`The key was used for another ${noun}, or ${says.conflict}`),
      },
    }),
    list: tmfListRoute({
      ...described,
      summary: `${noun.charAt(0).toUpperCase()}${noun.slice(1)}s that came here, newest first`,
      filters,
    }),
    read: tmfReadRoute({ ...one, summary: `One ${noun}` }),
    end:
      end &&
      createRoute({
        ...common,
        method: 'patch',
        path: one.path,
        summary: end.says.does,
        request: { params: idParameter, body: tmfBody(end.input) },
        responses: {
          200: { description: `${end.says.done}; the same again is answered so, too`, content: tmfJson(shape) },
          ...tmfErrors,
          ...tmfNotThere,
          409: tmfErrorAnswer(end.otherwise.reason),
        },
      }),
  };
}
