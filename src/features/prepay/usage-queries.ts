import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { isId, newId } from '../../base/ids.ts';
import { runnerOf } from '../../infra/db/index.ts';
import { answerOnce } from '../../infra/http/answer-once.ts';
import { idempotencyKeyHeader, idParameter } from '../../infra/http/api-shapes.ts';
import { selectFields, tmfApi, tmfError, tmfErrorAnswer, tmfList } from '../../infra/http/tmf.ts';
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
import type { Job } from '../../infra/jobs/jobs.ts';
import { inPortions } from '../../infra/jobs/portions.ts';
import { answerRefusal, KEY_CONFLICT, NOT_FOUND } from './answers.ts';
import type { PrepayDeps, PrepayParts } from './deps.ts';
import { productOf, productRef, sentRef, words } from './refs.ts';
import {
  deleteOldQueries,
  deleteQuery,
  insertQuery,
  loadQueries,
  loadQuery,
  type UsageQuery,
} from './usage-query-store.ts';
import { consumption, reportOf } from './usage-report.ts';

const CONSUMPTION = '/tmf-api/usageConsumption/v4';
const TAG = 'Usage consumption (TMF677)';
const path = `${CONSUMPTION}/queryUsageConsumption` as const;
const one = (id: z.ZodType<string>) => z.array(sentRef(id)).length(1).optional();

const queryInput = z
  .strictObject({
    searchCriteria: z.strictObject({
      product: one(z.uuid()).openapi({ description: 'A subscription' }),
      logicalResource: one(words(30)).openapi({ description: 'A phone number as it is now' }),
      partyAccount: one(z.uuid()).openapi({ description: 'A contractor: all their subscriptions' }),
      '@type': z.string().optional(),
    }),
    '@type': z.string().optional(),
  })
  .openapi('QueryUsageConsumptionCreate');

const queryShape = z
  .object({
    id: z.uuid(),
    href: z.string(),
    queryUsageConsumptionDate: z.string(),
    searchCriteria: z.object({ product: z.array(productRef), '@type': z.literal('UsageConsumption') }).openapi({
      description: 'As it was understood: whose use it is',
    }),
    usageConsumption: z.array(consumption),
    '@type': z.literal('QueryUsageConsumption'),
  })
  .openapi('QueryUsageConsumption');
const consumptions = z.array(consumption);

const ofQueries = { tag: TAG, shape: queryShape };
const routes = {
  ask: createRoute({
    ...tmfCommon(TAG),
    method: 'post',
    path,
    summary: 'What is left and was used, of one subscription, number or contractor',
    request: { headers: idempotencyKeyHeader, body: tmfBody(queryInput) },
    responses: {
      201: { description: 'The answer, as it is now', content: tmfJson(queryShape) },
      ...tmfErrors,
      ...tmfNotThere,
      409: tmfErrorAnswer('The key was used for another query'),
    },
  }),
  list: tmfListRoute({ ...ofQueries, path, summary: 'Queries of the last day, newest first', filters: {} }),
  read: tmfReadRoute({ ...ofQueries, path: `${path}/{id}`, summary: 'One query, as it was answered' }),
  remove: createRoute({
    ...tmfCommon(TAG),
    method: 'delete',
    path: `${path}/{id}`,
    summary: 'Forgets a query before its day is over',
    request: { params: idParameter },
    responses: { 204: { description: 'Forgotten' }, ...tmfErrors, ...tmfNotThere },
  }),
};

/** TM Forum usage consumption (TMF677 version 4): a query is answered at once, and kept as it was for a day. */
export function usageConsumptionApi(deps: PrepayParts): OpenAPIHono<WebEnv> {
  const { db, clock, data, named, site, operator } = deps;
  const app = tmfApi(CONSUMPTION, { apiKey: deps.apiKey, routes: Object.values(routes) });
  const sql = runnerOf(db);

  app.openapi(routes.ask, async (c) => {
    const { searchCriteria } = c.req.valid('json');
    const { product, logicalResource, partyAccount } = searchCriteria;
    const found = await named.subscriptionsOf({
      'product.id': product?.[0]?.id,
      'logicalResource.id': logicalResource?.[0]?.id,
      'partyAccount.id': partyAccount?.[0]?.id,
    });
    if (!found) return tmfError(c, 400, 'filterRequired', 'A subscription, a phone number or a contractor is named');
    // Somebody else's is not there, and neither is nobody's.
    if (found.length === 0) return answerRefusal(c, NOT_FOUND);
    const now = clock.now();
    const subscriptionIds = found.map(({ subscriptionId }) => subscriptionId);
    const key = c.req.valid('header')['idempotency-key'];
    const once = await answerOnce(
      { db, hashKey: deps.secrets.lookup, now },
      { scope: 'usage-query', key, body: searchCriteria },
      async (tx) => {
        const balances = await data.balances(runnerOf(tx), subscriptionIds, now);
        const report = found.flatMap((subscription, index) => {
          const balance = balances[index];
          return balance ? [reportOf(site, { subscription, balance, now, zone: operator.timeZone })] : [];
        });
        const queryId = newId();
        await insertQuery(runnerOf(tx), { queryId, askedAt: now, subscriptionIds, report });
        return { queryId };
      },
    );
    if (!once.ok) return answerRefusal(c, KEY_CONFLICT);
    const query = await loadQuery(sql, once.answer.queryId);
    if (!query) return answerRefusal(c, NOT_FOUND);
    const body = bodyOf(query);
    c.header('location', body.href);
    return c.json(body, 201);
  });

  app.openapi(routes.list, async (c) => {
    const { fields, ...span } = c.req.valid('query');
    const { rows, total } = await loadQueries(sql, span);
    return tmfList(c, rows.map(bodyOf), { total, fields });
  });

  app.openapi(routes.read, async (c) => {
    const { id } = c.req.valid('param');
    const query = isId(id) ? await loadQuery(sql, id) : null;
    return query ? c.json(selectFields(bodyOf(query), c.req.valid('query').fields), 200) : answerRefusal(c, NOT_FOUND);
  });

  app.openapi(routes.remove, async (c) => {
    const { id } = c.req.valid('param');
    return isId(id) && (await deleteQuery(sql, id)) ? c.body(null, 204) : answerRefusal(c, NOT_FOUND);
  });

  function bodyOf({ queryId, askedAt, subscriptionIds, report }: UsageQuery): z.infer<typeof queryShape> {
    return {
      id: queryId,
      href: `${site.publicUrl}${path}/${queryId}`,
      queryUsageConsumptionDate: askedAt.toString(),
      searchCriteria: { product: subscriptionIds.flatMap(productOf), '@type': 'UsageConsumption' },
      usageConsumption: consumptions.parse(report),
      '@type': 'QueryUsageConsumption',
    };
  }

  return app;
}

const KEPT = { hours: 24 };
const PORTION = 1_000;

/** Forgets queries after a day. */
export function forgetQueries({ db }: Pick<PrepayDeps, 'db'>): Job {
  return {
    name: 'prepay.forget-queries',
    everySeconds: 600,
    run: (now, stopping) =>
      inPortions(PORTION, stopping, () => deleteOldQueries(runnerOf(db), now.subtract(KEPT), PORTION)),
  };
}
