import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Clock } from '../../base/clock.ts';
import { isId, newId } from '../../base/ids.ts';
import { isSink } from '../../base/sink.ts';
import { type Db, runnerOf } from '../db/index.ts';
import { idParameter } from '../http/api-shapes.ts';
import { isAtHome } from '../http/post-out.ts';
import { tmfError, tmfErrorAnswer } from '../http/tmf.ts';
import { tmfBody, tmfCommon, tmfErrors, tmfJson, tmfNotThere } from '../http/tmf-routes.ts';
import type { WebEnv } from '../http/web-env.ts';
import type { KeyRing } from '../secrets.ts';
import { auditListener, type Hub, newListenerSecret, typesOf } from './hub.ts';
import { countListeners, endListener, insertListener } from './listener-store.ts';

const hubInput = z
  .strictObject({ callback: z.string().trim().min(1).max(2_000), query: z.string().max(500).optional() })
  .openapi('EventSubscriptionInput');

const hubShape = z
  .object({
    id: z.uuid(),
    callback: z.string(),
    query: z.string().optional(),
    secret: z.string().openapi({ description: 'Signs every event; told this once (an extension)' }),
  })
  .openapi('EventSubscription');

/** `POST hub` and `DELETE hub/{id}` of one of TM Forum's interfaces. */
export function hubRoutes<Base extends string>(base: Base, tag: string) {
  return {
    listen: createRoute({
      ...tmfCommon(tag),
      method: 'post',
      path: `${base}/hub` as const,
      summary: 'Be told: events are posted to the callback, in order, until it takes them',
      request: { body: tmfBody(hubInput) },
      responses: {
        201: { description: 'From now on', content: tmfJson(hubShape) },
        ...tmfErrors,
        409: tmfErrorAnswer('It listens already, or too many do'),
      },
    }),
    unlisten: createRoute({
      ...tmfCommon(tag),
      method: 'delete',
      path: `${base}/hub/{id}` as const,
      summary: 'Be told no more',
      request: { params: idParameter },
      responses: { 204: { description: 'Ended' }, ...tmfErrors, ...tmfNotThere },
    }),
  };
}

const MOST_LISTENERS = 20;

interface HubDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly publicUrl: string;
  readonly secrets: { readonly show: KeyRing };
}

/** Answers them. A listener is a public https address with a name, and gets a secret that signs its events. */
export function answerHub<Base extends string>(
  app: OpenAPIHono<WebEnv>,
  deps: HubDeps,
  { hub, base, routes }: { hub: Hub; base: Base; routes: ReturnType<typeof hubRoutes<Base>> },
): void {
  const sql = runnerOf(deps.db);

  app.openapi(routes.listen, async (c) => {
    const { callback, query } = c.req.valid('json');
    const eventTypes = typesOf(hub, query);
    if (!eventTypes) return tmfError(c, 400, 'invalidQuery', 'A query is eventType= and types, with commas between');
    if (!isSink(callback, isAtHome(deps.publicUrl))) {
      return tmfError(c, 400, 'invalidCallback', 'A callback is a public https address with a name');
    }
    const full = () => tmfError(c, 409, 'conflict', 'It listens already, or too many do');
    if ((await countListeners(sql, hub.name)) >= MOST_LISTENERS) return full();
    const listener = { listenerId: newId(), hub: hub.name, callback, query: query || null };
    const { secret, secretCipher } = newListenerSecret(deps.secrets.show, listener.listenerId);
    const now = deps.clock.now();
    if (!(await insertListener(sql, now, { ...listener, eventTypes, secretCipher }))) return full();
    await auditListener(sql, now, { hub: hub.name, listenerId: listener.listenerId, act: 'added' });
    c.header('location', `${deps.publicUrl}${base}/hub/${listener.listenerId}`);
    return c.json({ id: listener.listenerId, callback, ...(query ? { query } : {}), secret }, 201);
  });

  app.openapi(routes.unlisten, async (c) => {
    const { id: listenerId } = c.req.valid('param');
    const now = deps.clock.now();
    const isEnded = isId(listenerId) && (await endListener(sql, now, { listenerId, hub: hub.name }));
    if (!isEnded) return tmfError(c, 404, 'notFound', 'There is no such thing');
    await auditListener(sql, now, { hub: hub.name, listenerId, act: 'removed' });
    return c.body(null, 204);
  });
}
