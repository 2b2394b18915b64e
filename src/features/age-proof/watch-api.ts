import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { Temporal } from 'temporal-polyfill';
import { isId } from '../../base/ids.ts';
import { isSink } from '../../base/sink.ts';
import { momentShape } from '../../infra/http/api-shapes.ts';
import { isAtHome } from '../../infra/http/post-out.ts';
import {
  answerFailure,
  answerUnfit,
  correlate,
  json,
  type PartnerDoor,
  type PartnerEnv,
  partnerError,
  partnerErrorAnswer,
  requireScope,
  subjectError,
} from './camara.ts';
import { deviceShape } from './device.ts';
import { WATCH_DELETE_SCOPE, WATCH_READ_SCOPE, watchCreateScope, watchEventType } from './rules/scopes.ts';
import { WATCHED_PERCENTS } from './rules/volume.ts';
import type { Watch } from './watch-store.ts';
import { deleteWatch, listWatches, startWatch, WATCH_BASE, type WatchDeps } from './watches.ts';

const EVENT_TYPES = WATCHED_PERCENTS.map(watchEventType);

const credentialShape = z.object({
  credentialType: z.enum(['PLAIN', 'ACCESSTOKEN', 'REFRESHTOKEN']),
  accessToken: z.string().min(1).max(4_000).optional(),
  accessTokenExpiresUtc: momentShape.optional(),
  accessTokenType: z.string().optional(),
});

const requestShape = z
  .object({
    protocol: z.enum(['HTTP', 'MQTT3', 'MQTT5', 'AMQP', 'NATS', 'KAFKA']),
    sink: z.string(),
    sinkCredential: credentialShape.optional(),
    types: z.array(z.enum(EVENT_TYPES)).min(1),
    config: z.object({
      subscriptionDetail: z.object({ device: deviceShape.optional() }),
      subscriptionExpireTime: momentShape.optional(),
      subscriptionMaxEvents: z.int().min(1).optional(),
      initialEvent: z.boolean().optional(),
    }),
  })
  .openapi('DataVolumeWatchRequest');

const watchShape = z
  .object({
    protocol: z.literal('HTTP'),
    sink: z.string(),
    types: z.array(z.string()),
    config: z.object({
      subscriptionDetail: z.object({ device: z.object({ phoneNumber: z.string() }).optional() }),
      subscriptionExpireTime: z.string().optional(),
      subscriptionMaxEvents: z.int().optional(),
      initialEvent: z.boolean().optional(),
    }),
    id: z.uuid(),
    status: z.literal('ACTIVE'),
    startsAt: z.string(),
    expiresAt: z.string().optional(),
  })
  .openapi('DataVolumeWatch');

const idParameter = z.object({
  subscriptionId: z.string().openapi({ param: { name: 'subscriptionId', in: 'path' } }),
});
const errors = {
  400: partnerErrorAnswer(
    'INVALID_ARGUMENT, OUT_OF_RANGE, INVALID_PROTOCOL, INVALID_CREDENTIAL, INVALID_TOKEN, INVALID_SINK',
  ),
  401: partnerErrorAnswer('UNAUTHENTICATED'),
  403: partnerErrorAnswer('PERMISSION_DENIED, SUBSCRIPTION_MISMATCH'),
  404: partnerErrorAnswer('NOT_FOUND, IDENTIFIER_NOT_FOUND'),
  422: partnerErrorAnswer('MISSING_, UNNECESSARY_, UNSUPPORTED_IDENTIFIER, MULTIEVENT_SUBSCRIPTION_NOT_SUPPORTED'),
  429: partnerErrorAnswer('TOO_MANY_REQUESTS, QUOTA_EXCEEDED'),
};

const routeOf = {
  create: createRoute({
    method: 'post',
    path: `${WATCH_BASE}/subscriptions`,
    security: [{ partnerToken: WATCHED_PERCENTS.map(watchCreateScope) }],
    tags: ['Partners'],
    summary: 'Hear when a share of the data is used: CAMARA Device Data Volume Subscriptions v0.1',
    request: { body: { required: true, content: json(requestShape) } },
    responses: { 201: { description: 'Standing', content: json(watchShape) }, ...errors },
  }),
  list: createRoute({
    method: 'get',
    path: `${WATCH_BASE}/subscriptions`,
    security: [{ partnerToken: [WATCH_READ_SCOPE] }],
    tags: ['Partners'],
    summary: 'What a partner wants to hear',
    responses: { 200: { description: 'All that stand', content: json(z.array(watchShape)) }, ...errors },
  }),
  read: createRoute({
    method: 'get',
    path: `${WATCH_BASE}/subscriptions/{subscriptionId}`,
    security: [{ partnerToken: [WATCH_READ_SCOPE] }],
    tags: ['Partners'],
    summary: 'One of them',
    request: { params: idParameter },
    responses: { 200: { description: 'It stands', content: json(watchShape) }, ...errors },
  }),
  delete: createRoute({
    method: 'delete',
    path: `${WATCH_BASE}/subscriptions/{subscriptionId}`,
    security: [{ partnerToken: [WATCH_DELETE_SCOPE] }],
    tags: ['Partners'],
    summary: 'Hear no more',
    request: { params: idParameter },
    responses: { 204: { description: 'Ended' }, ...errors },
  }),
};

type Body = z.infer<typeof requestShape>;
type Fault = readonly [400 | 422, string, string];

/** What the description leaves to the one who implements it, in this order. */
function faultOf(body: Body, now: Temporal.Instant, isHome: boolean): Fault | null {
  const credential = body.sinkCredential;
  if (body.protocol !== 'HTTP') return [400, 'INVALID_PROTOCOL', 'Only HTTP is supported.'];
  if (!isSink(body.sink, isHome)) return [400, 'INVALID_SINK', 'sink: an https address with a name is needed.'];
  if (credential && credential.credentialType !== 'ACCESSTOKEN') {
    return [400, 'INVALID_CREDENTIAL', 'Only Access token is supported.'];
  }
  if (credential?.accessTokenType !== undefined && credential.accessTokenType !== 'bearer') {
    return [400, 'INVALID_TOKEN', 'Only bearer token is supported.'];
  }
  if (credential && !(credential.accessToken && credential.accessTokenExpiresUtc && credential.accessTokenType)) {
    return [
      400,
      'INVALID_ARGUMENT',
      'sinkCredential: accessToken, accessTokenExpiresUtc and accessTokenType are needed.',
    ];
  }
  const isPast = (at: string | undefined) =>
    at !== undefined && Temporal.Instant.compare(Temporal.Instant.from(at), now) <= 0;
  if (isPast(credential?.accessTokenExpiresUtc)) {
    return [400, 'INVALID_ARGUMENT', 'sinkCredential.accessTokenExpiresUtc: has passed.'];
  }
  if (isPast(body.config.subscriptionExpireTime)) {
    return [400, 'INVALID_ARGUMENT', 'config.subscriptionExpireTime: has passed.'];
  }
  if (body.types.length > 1) {
    return [422, 'MULTIEVENT_SUBSCRIPTION_NOT_SUPPORTED', 'One event type at a time.'];
  }
  return null;
}

/** POST, GET, DELETE /device-data-volume-subscriptions/v0.1/subscriptions. */
export function watchApi(deps: WatchDeps & PartnerDoor): OpenAPIHono<PartnerEnv> {
  const app = new OpenAPIHono<PartnerEnv>({ defaultHook: answerUnfit });
  const isHome = isAtHome(deps.publicUrl);
  const all = `${WATCH_BASE}/subscriptions`;
  app.onError(answerFailure);
  app.use(`${WATCH_BASE}/*`, correlate);
  app.post(all, requireScope(deps, ...WATCHED_PERCENTS.map(watchCreateScope)));
  app.get(all, requireScope(deps, WATCH_READ_SCOPE));
  app.get(`${all}/:subscriptionId`, requireScope(deps, WATCH_READ_SCOPE));
  app.delete(`${all}/:subscriptionId`, requireScope(deps, WATCH_DELETE_SCOPE));

  app.openapi(routeOf.create, async (c) => {
    const body = c.req.valid('json');
    const { access } = c.var;
    const fault = faultOf(body, deps.clock.now(), isHome);
    if (fault) return partnerError(c, ...fault);
    const percent = WATCHED_PERCENTS.find((each) => watchEventType(each) === body.types[0]);
    if (percent === undefined) return partnerError(c, 400, 'INVALID_ARGUMENT', 'types: not known.');
    if (!access.scopes.has(watchCreateScope(percent))) {
      return partnerError(c, 403, 'SUBSCRIPTION_MISMATCH', 'The access token is for other events.');
    }
    const { config, sinkCredential } = body;
    const decision = await startWatch(deps, access, {
      percent,
      sink: body.sink,
      credential:
        sinkCredential?.accessToken && sinkCredential.accessTokenExpiresUtc
          ? {
              accessToken: sinkCredential.accessToken,
              endsAt: Temporal.Instant.from(sinkCredential.accessTokenExpiresUtc),
            }
          : null,
      device: config.subscriptionDetail.device,
      expiresAt: config.subscriptionExpireTime ? Temporal.Instant.from(config.subscriptionExpireTime) : null,
      maxEvents: config.subscriptionMaxEvents ?? null,
      wantsInitial: config.initialEvent ?? false,
    });
    if (decision.ok) return c.json(bodyOf(decision.value), 201);
    if (decision.code === 'quota-exceeded') return partnerError(c, 429, 'QUOTA_EXCEEDED', 'Out of resource quota.');
    return subjectError(c, decision.code);
  });

  app.openapi(routeOf.list, async (c) => c.json((await listWatches(deps, c.var.access)).map(bodyOf), 200));

  app.openapi(routeOf.read, async (c) => {
    const { subscriptionId } = c.req.valid('param');
    if (!isId(subscriptionId)) return malformed(c);
    const [watch] = await listWatches(deps, c.var.access, subscriptionId);
    return watch ? c.json(bodyOf(watch), 200) : notFound(c);
  });

  app.openapi(routeOf.delete, async (c) => {
    const { subscriptionId } = c.req.valid('param');
    if (!isId(subscriptionId)) return malformed(c);
    return (await deleteWatch(deps, c.var.access, subscriptionId)) ? c.body(null, 204) : notFound(c);
  });

  return app;
}

const malformed = (c: Parameters<typeof partnerError>[0]) =>
  partnerError(c, 400, 'INVALID_ARGUMENT', 'subscriptionId: is no UUID.');
const notFound = (c: Parameters<typeof partnerError>[0]) =>
  partnerError(c, 404, 'NOT_FOUND', 'The specified resource is not found.');

/** What a partner is told of its own watch: never the credential again. */
function bodyOf(watch: Watch): z.infer<typeof watchShape> {
  return {
    protocol: 'HTTP',
    sink: watch.sink,
    types: [watchEventType(watch.percent)],
    config: {
      subscriptionDetail: watch.phoneNumber === null ? {} : { device: { phoneNumber: watch.phoneNumber } },
      ...(watch.expiresAt ? { subscriptionExpireTime: watch.expiresAt.toString() } : {}),
      ...(watch.maxEvents === null ? {} : { subscriptionMaxEvents: watch.maxEvents }),
      initialEvent: watch.wantsInitial,
    },
    id: watch.watchId,
    status: 'ACTIVE',
    startsAt: watch.startedAt.toString(),
    ...(watch.expiresAt ? { expiresAt: watch.expiresAt.toString() } : {}),
  };
}
