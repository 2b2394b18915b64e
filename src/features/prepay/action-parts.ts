import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { isId } from '../../base/ids.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import { selectFields, tmfList } from '../../infra/http/tmf.ts';
import { type Action, type ActionKind, loadAction, loadActions } from './action-store.ts';
import { actionStatuses, bucketRef, productRef, quantity, words } from './refs.ts';

/** What top-ups, transfers, adjustments and reservations have in common: they are answered, listed and read alike. */

/** The attributes that every action is answered with. */
export const actionShape = {
  id: z.uuid(),
  href: z.string(),
  status: z.enum(actionStatuses).openapi({
    description:
      '`created` while it waits; `cancelled` when somebody ended it, `failed` when it came to nothing by itself',
  }),
  usageType: z.literal('data'),
  amount: quantity,
  bucket: bucketRef,
  product: z.array(productRef),
  channel: z.object({ id: z.string() }).optional(),
  reason: z.string().optional(),
  requestedDate: z.string(),
  confirmationDate: z.string().optional().openapi({ description: 'When it was completed' }),
};

/** By what lists of actions can be narrowed. */
export const actionFilters = {
  'product.id': z.uuid().optional().openapi({ description: 'A subscription' }),
  status: z.enum(actionStatuses).optional(),
};

/** How an action is ended before it has come about. */
export const cancelInput = {
  status: z.literal('cancelled'),
  reason: words(300).optional(),
  '@type': z.string().optional(),
};

interface Wanted {
  readonly fields?: string | undefined;
  readonly 'product.id'?: string | undefined;
  readonly status?: Action['status'] | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** Answers a list of actions of one kind, newest first. */
export async function answerList<Body extends Record<string, unknown>>(
  c: Context,
  sql: SqlRunner,
  { kind, wanted, bodyOf }: { kind: ActionKind; wanted: Wanted; bodyOf: (action: Action) => Body },
) {
  const { fields, 'product.id': subscriptionId, ...page } = wanted;
  const { actions, total } = await loadActions(sql, { kind, subscriptionId, ...page });
  return tmfList(c, actions.map(bodyOf), { total, fields });
}

/** One action of a kind; null for what is no id of one. */
export async function findAction(sql: SqlRunner, kind: ActionKind, id: string): Promise<Action | null> {
  return isId(id) ? loadAction(sql, { kind, actionId: id }) : null;
}

/** Answers that an action was taken on, and where it is from now on. */
export function answerCreated<Body extends { readonly href: string }>(c: Context, body: Body) {
  c.header('location', body.href);
  return c.json(body, 201);
}

export const answerOne = <Body extends Record<string, unknown>>(c: Context, body: Body, fields?: string) =>
  c.json(selectFields(body, fields), 200);
