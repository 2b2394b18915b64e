import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Clock } from '../../../base/clock.ts';
import { isId, newId } from '../../../base/ids.ts';
import { parseMsisdn } from '../../../base/msisdn.ts';
import type { Operator } from '../../../base/operator.ts';
import { type Db, runnerOf } from '../../../infra/db/runner.ts';
import { selectFields, tmfApi, tmfError, tmfList } from '../../../infra/http/tmf.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import type { Contractors, Subscription } from '../../contractors/index.ts';
import type { Data } from '../index.ts';
import { bytesOf } from './amounts.ts';
import { accumulatedBody, bucketBodies, readBucketId, topupBody } from './bodies.ts';
import { PREPAY, routes, type Whose } from './shapes.ts';
import { topUpPrepaid } from './top-up.ts';
import { loadTopup, loadTopups } from './topup-store.ts';

interface PrepayDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly publicUrl: string;
  readonly apiKey: string;
  readonly data: Pick<Data, 'balances' | 'family'>;
  readonly contractors: Pick<Contractors, 'subscriptions' | 'subscriptionsOf' | 'subscriptionOfMsisdn'>;
}

/** TM Forum prepay balance (TMF654 version 4) over the same ledger, for the operator's own systems. */
export function prepayApi(deps: PrepayDeps): OpenAPIHono<WebEnv> {
  const { db, clock, contractors, data, publicUrl } = deps;
  const sql = runnerOf(db);
  const site = { publicUrl, megabyte: deps.operator.megabyte };
  const app = tmfApi(PREPAY, { apiKey: deps.apiKey, routes });

  app.openapi(routes.listBuckets, async (c) => {
    const { fields, offset, limit, name, ...whose } = c.req.valid('query');
    const found = await subscriptionsOf(whose);
    if (!found) return nobodyNamed(c);
    const all = (await standings(found)).flatMap((each) => bucketBodies(site, each));
    const named = all.filter((bucket) => name === undefined || bucket.name === name);
    return tmfList(c, named.slice(offset, offset + limit), { total: named.length, fields });
  });

  app.openapi(routes.readBucket, async (c) => {
    const { id } = c.req.valid('param');
    const subscription = await subscriptionOf(readBucketId(id)?.subscriptionId);
    const [standing] = subscription ? await standings([subscription]) : [];
    const bucket = standing && bucketBodies(site, standing).find((each) => each.id === id);
    return bucket ? c.json(selectFields(bucket, c.req.valid('query').fields), 200) : notFound(c);
  });

  app.openapi(routes.listAccumulated, async (c) => {
    const { fields, offset, limit, ...whose } = c.req.valid('query');
    const found = await subscriptionsOf(whose);
    if (!found) return nobodyNamed(c);
    const all = (await standings(found)).map((each) => accumulatedBody(site, each));
    return tmfList(c, all.slice(offset, offset + limit), { total: all.length, fields });
  });

  app.openapi(routes.readAccumulated, async (c) => {
    const subscription = await subscriptionOf(c.req.valid('param').id);
    const [standing] = subscription ? await standings([subscription]) : [];
    if (!standing) return notFound(c);
    return c.json(selectFields(accumulatedBody(site, standing), c.req.valid('query').fields), 200);
  });

  app.openapi(routes.topUp, async (c) => {
    const { amount, bucket, partyAccount, channel } = c.req.valid('json');
    const amountBytes = bytesOf(amount, site.megabyte);
    if (amountBytes === undefined) return tmfError(c, 400, 'amountInvalid', 'The amount is no whole number of bytes');
    const named = readBucketId(bucket.id);
    const subscription = await subscriptionOf(named?.subscriptionId);
    // Whoever names somebody else's bucket learns nothing of it.
    if (!named || subscription?.contractorId !== partyAccount.id) return notFound(c);
    if (named.kind !== 'top-up')
      return tmfError(c, 400, 'bucketNotForTopup', 'Only the bucket of kind top-up is topped up');
    const key = c.req.valid('header')['idempotency-key'];
    const requestId = key === undefined ? newId() : `key:${key}`;
    const asked = { requestId, subscription, amountBytes, channel: channel?.id ?? null };
    const done = await topUpPrepaid({ db, clock, family: data.family }, asked);
    if (!done.ok) return tmfError(c, 409, done.code, REASONS[done.code]);
    const body = topupBody(site, done.value);
    c.header('location', body.href);
    return c.json(body, 201);
  });

  app.openapi(routes.listTopUps, async (c) => {
    const { fields, 'product.id': subscriptionId = null, ...page } = c.req.valid('query');
    const { topups, total } = await loadTopups(sql, { ...page, subscriptionId });
    const bodies = topups.map((topup) => topupBody(site, topup));
    return tmfList(c, bodies, { total, fields });
  });

  app.openapi(routes.readTopUp, async (c) => {
    const { id } = c.req.valid('param');
    const topup = isId(id) ? await loadTopup(sql, id) : null;
    return topup ? c.json(selectFields(topupBody(site, topup), c.req.valid('query').fields), 200) : notFound(c);
  });

  async function subscriptionOf(id: string | undefined): Promise<Subscription | undefined> {
    return id === undefined ? undefined : (await contractors.subscriptions(sql, [id])).get(id);
  }

  /** Everything that is named must fit; null where nobody is. */
  async function subscriptionsOf(whose: Whose): Promise<readonly Subscription[] | null> {
    const { 'product.id': id, 'logicalResource.id': number, 'partyAccount.id': contractorId } = whose;
    const fits = (each: Subscription) =>
      (id === undefined || each.subscriptionId === id) &&
      (contractorId === undefined || each.contractorId === contractorId);
    if (number !== undefined) {
      const msisdn = parseMsisdn(number) ?? parseMsisdn(`+${number}`);
      const holder = msisdn ? await contractors.subscriptionOfMsisdn(sql, clock.now(), msisdn) : null;
      return holder && fits(holder) ? [holder] : [];
    }
    if (id !== undefined) {
      const named = await subscriptionOf(id);
      return named && fits(named) ? [named] : [];
    }
    return contractorId === undefined ? null : contractors.subscriptionsOf(sql, contractorId);
  }

  async function standings(found: readonly Subscription[]) {
    const now = clock.now();
    const balances = await data.balances(
      sql,
      found.map(({ subscriptionId }) => subscriptionId),
      now,
    );
    return found.flatMap((subscription, index) => {
      const balance = balances[index];
      return balance ? [{ subscription, balance, now }] : [];
    });
  }

  return app;
}

const REASONS = {
  notInService: 'The subscription is not in service',
  conflict: 'This key was used for another top-up',
} as const;

const notFound = (c: WebContext) => tmfError(c, 404, 'notFound', 'There is no such thing');
const nobodyNamed = (c: WebContext) =>
  tmfError(c, 400, 'filterRequired', 'A subscription, a phone number or a contractor is named');
