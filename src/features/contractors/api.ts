import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import { type Db, runnerOf } from '../../infra/db/index.ts';
import { answerOnce } from '../../infra/http/answer-once.ts';
import { requireApiKey } from '../../infra/http/api-key.ts';
import {
  answerInvalid,
  describedProblem,
  idempotencyKeyHeader,
  idParameter,
  pageOf,
  pageQuery,
  pageShape,
  problemAnswer,
} from '../../infra/http/api-shapes.ts';
import type { WebContext, WebEnv } from '../../infra/http/web-env.ts';
import type { KeyRing } from '../../infra/secrets.ts';
import * as shapes from './api-shapes.ts';
import type { ContractorFault } from './contractor-actions.ts';
import { provisioningFaults } from './faults.ts';
import type { Contractors } from './index.ts';
import { serviceState } from './rules/service-state.ts';
import { loadContractorsAfter } from './store.ts';
import type { SubscriptionFault } from './subscription-actions.ts';
import { loadSubscriptionsAfter } from './subscription-store.ts';

export interface ProvisioningDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly apiKey: string;
  /** Hides what an `Idempotency-Key` stands for: bodies hold passwords. */
  readonly hashKey: KeyRing;
}

const CONFLICTS = new Set(['login-id-taken', 'msisdn-taken']);

/** Provisioning by the back office: contractors and subscriptions in, and changes to them. */
export function provisioningApi(deps: ProvisioningDeps, contractors: Contractors): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>({ defaultHook: answerInvalid });
  const sql = runnerOf(deps.db);
  const once = (c: WebContext, scope: string, body: unknown) => ({ scope, key: c.req.header('idempotency-key'), body });
  const onceDeps = () => ({ db: deps.db, hashKey: deps.hashKey, now: deps.clock.now() });
  app.use('/api/v1/contractors/*', requireApiKey(deps.apiKey));
  app.use('/api/v1/subscriptions/*', requireApiKey(deps.apiKey));

  app.openapi(routes.createContractor, async (c) => {
    const body = c.req.valid('json');
    const done = await answerOnce(onceDeps(), once(c, 'api:contractors', body), async (tx) => {
      const { identityVerified = false, kana = null, birthDate = null, ...rest } = body;
      const input = { ...rest, kana, birthDate, isIdentityVerified: identityVerified };
      const decision = await contractors.createContractor(input, tx);
      return decision.ok ? { id: decision.value.contractorId, code: null } : { id: '', code: decision.code };
    });
    if (!done.ok) return reused(c);
    if (done.answer.code) return refused(c, done.answer.code);
    const contractor = await contractors.contractor(sql, done.answer.id);
    if (!contractor) return notFound(c);
    c.header('location', `/api/v1/contractors/${contractor.contractorId}`);
    return c.json(shapes.contractorBody(contractor), 201);
  });

  app.openapi(routes.listContractors, async (c) => {
    const page = c.req.valid('query');
    const found = await loadContractorsAfter(sql, page);
    const body = pageOf(found, page.limit, { id: ({ contractorId }) => contractorId, body: shapes.contractorBody });
    return c.json(body, 200);
  });

  app.openapi(routes.listSubscriptions, async (c) => {
    const page = c.req.valid('query');
    const now = deps.clock.now();
    const body = pageOf(await loadSubscriptionsAfter(sql, page), page.limit, {
      id: ({ subscriptionId }) => subscriptionId,
      body: (subscription) => shapes.subscriptionBody(subscription, serviceState(subscription, now)),
    });
    return c.json(body, 200);
  });

  app.openapi(routes.readContractor, async (c) => {
    const contractor = await contractors.contractor(sql, c.req.valid('param').id);
    return contractor ? c.json(shapes.contractorBody(contractor), 200) : notFound(c);
  });

  app.openapi(routes.changeContractor, async (c) => {
    const { identityVerified, ...rest } = c.req.valid('json');
    const contractor = await contractors.changeContractor(
      c.req.valid('param').id,
      withoutUndefined({ ...rest, isIdentityVerified: identityVerified }),
    );
    return contractor ? c.json(shapes.contractorBody(contractor), 200) : notFound(c);
  });

  app.openapi(routes.createSubscription, async (c) => {
    const body = c.req.valid('json');
    const done = await answerOnce(onceDeps(), once(c, 'api:subscriptions', body), async (tx) => {
      const decision = await contractors.createSubscription(
        {
          ...body,
          optionCodes: body.optionCodes ?? [],
          opensAt: Temporal.Instant.from(body.opensAt),
          endedAt: instant(body.endedAt),
          userName: body.userName ?? null,
          userBirthDate: body.userBirthDate ?? null,
        },
        tx,
      );
      return decision.ok ? { id: decision.value.subscriptionId, code: null } : { id: '', code: decision.code };
    });
    if (!done.ok) return reused(c);
    if (done.answer.code) return refused(c, done.answer.code);
    const subscription = (await contractors.subscriptions(sql, [done.answer.id])).get(done.answer.id);
    if (!subscription) return notFound(c);
    c.header('location', `/api/v1/subscriptions/${subscription.subscriptionId}`);
    return c.json(shapes.subscriptionBody(subscription, serviceState(subscription, deps.clock.now())), 201);
  });

  app.openapi(routes.readSubscription, async (c) => {
    const { id } = c.req.valid('param');
    const subscription = (await contractors.subscriptions(sql, [id])).get(id);
    if (!subscription) return notFound(c);
    return c.json(shapes.subscriptionBody(subscription, serviceState(subscription, deps.clock.now())), 200);
  });

  app.openapi(routes.changeSubscription, async (c) => {
    const { opensAt, endedAt, ...rest } = c.req.valid('json');
    const decision = await contractors.changeSubscription(c.req.valid('param').id, {
      ...withoutUndefined(rest),
      ...(opensAt === undefined ? {} : { opensAt: Temporal.Instant.from(opensAt) }),
      ...(endedAt === undefined ? {} : { endedAt: instant(endedAt) }),
    });
    if (!decision.ok) return decision.code === 'not-found' ? notFound(c) : refused(c, decision.code);
    return c.json(shapes.subscriptionBody(decision.value, serviceState(decision.value, deps.clock.now())), 200);
  });

  return app;
}

function refused(c: WebContext, code: ContractorFault | SubscriptionFault) {
  return describedProblem(c, CONFLICTS.has(code) ? 409 : 422, code, provisioningFaults[code]);
}

function reused(c: WebContext) {
  return describedProblem(c, 422, 'request-id-reused', 'This Idempotency-Key was used for another request');
}

function notFound(c: WebContext) {
  return describedProblem(c, 404, 'not-found', 'There is no such thing');
}

function instant(text: string | null | undefined): Temporal.Instant | null {
  return text ? Temporal.Instant.from(text) : null;
}

type Defined<Fields> = { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };

/** What was given: a missing field changes nothing, null empties it. */
function withoutUndefined<Fields extends object>(fields: Fields): Defined<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<Fields>;
}

const json = <Schema>(schema: Schema) => ({ 'application/json': { schema } });
const security = [{ apiKey: [] }];
const commonOfLists = {
  400: problemAnswer('The request does not fit its description'),
  401: problemAnswer('No valid bearer key'),
};
const common = {
  ...commonOfLists,
  404: problemAnswer('There is no such thing'),
  409: problemAnswer('Taken by another'),
  422: problemAnswer('Refused by a rule'),
};

const routes = {
  createContractor: createRoute({
    method: 'post',
    path: '/api/v1/contractors',
    security,
    tags: ['Provisioning'],
    summary: 'A new contractor',
    request: {
      headers: idempotencyKeyHeader,
      body: { required: true, content: json(shapes.newContractorShape) },
    },
    responses: { 201: { description: 'Created', content: json(shapes.contractorShape) }, ...common },
  }),
  listContractors: createRoute({
    method: 'get',
    path: '/api/v1/contractors',
    security,
    tags: ['Provisioning'],
    summary: 'All contractors, a page after the other',
    request: { query: pageQuery },
    responses: { 200: { description: 'A page', content: json(pageShape(shapes.contractorShape)) }, ...commonOfLists },
  }),
  listSubscriptions: createRoute({
    method: 'get',
    path: '/api/v1/subscriptions',
    security,
    tags: ['Provisioning'],
    summary: 'All subscriptions, those that ended included, a page after the other',
    request: { query: pageQuery },
    responses: { 200: { description: 'A page', content: json(pageShape(shapes.subscriptionShape)) }, ...commonOfLists },
  }),
  readContractor: createRoute({
    method: 'get',
    path: '/api/v1/contractors/{id}',
    security,
    tags: ['Provisioning'],
    summary: 'A contractor',
    request: { params: idParameter },
    responses: { 200: { description: 'The contractor', content: json(shapes.contractorShape) }, ...common },
  }),
  changeContractor: createRoute({
    method: 'patch',
    path: '/api/v1/contractors/{id}',
    security,
    tags: ['Provisioning'],
    summary: 'Change a contractor: what is given, null empties',
    request: { params: idParameter, body: { required: true, content: json(shapes.contractorChangeShape) } },
    responses: { 200: { description: 'The contractor now', content: json(shapes.contractorShape) }, ...common },
  }),
  createSubscription: createRoute({
    method: 'post',
    path: '/api/v1/subscriptions',
    security,
    tags: ['Provisioning'],
    summary: 'A new subscription; its link code and first data come with it',
    request: {
      headers: idempotencyKeyHeader,
      body: { required: true, content: json(shapes.newSubscriptionShape) },
    },
    responses: { 201: { description: 'Created', content: json(shapes.subscriptionShape) }, ...common },
  }),
  readSubscription: createRoute({
    method: 'get',
    path: '/api/v1/subscriptions/{id}',
    security,
    tags: ['Provisioning'],
    summary: 'A subscription',
    request: { params: idParameter },
    responses: { 200: { description: 'The subscription', content: json(shapes.subscriptionShape) }, ...common },
  }),
  changeSubscription: createRoute({
    method: 'patch',
    path: '/api/v1/subscriptions/{id}',
    security,
    tags: ['Provisioning'],
    summary: 'Change a subscription: what is given, null empties',
    request: { params: idParameter, body: { required: true, content: json(shapes.subscriptionChangeShape) } },
    responses: { 200: { description: 'The subscription now', content: json(shapes.subscriptionShape) }, ...common },
  }),
};
