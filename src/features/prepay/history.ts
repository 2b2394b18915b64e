import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { idAfter, isId } from '../../base/ids.ts';
import { selectFields, tmfError, tmfList } from '../../infra/http/tmf.ts';
import { tmfListRoute, tmfReadRoute } from '../../infra/http/tmf-routes.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import { entryReasons, type JournalEntry } from '../data/index.ts';
import { answerRefusal, NOT_FOUND } from './answers.ts';
import type { PrepayParts } from './deps.ts';
import {
  bucketOf,
  bucketRef,
  logicalResource,
  PREPAY,
  PREPAY_TAG,
  productOf,
  productRef,
  quantity,
  RECEIVER,
  resourceOf,
  type Site,
} from './refs.ts';
import { quantityOf } from './rules/amounts.ts';

const historyShape = z
  .object({
    id: z.string().openapi({ description: 'The subscription and the entry of the journal' }),
    href: z.string(),
    status: z.literal('completed'),
    usageType: z.literal('data'),
    reason: z.enum(entryReasons),
    description: z.string().optional().openapi({ description: 'Of a correction, why it was made' }),
    amount: quantity.openapi({ description: 'Below zero for what left the bucket' }),
    bucket: bucketRef,
    product: z.array(productRef),
    logicalResource: z.array(logicalResource),
    receiverLogicalResource: logicalResource.openapi({ description: 'Who has it now: another one only for a gift' }),
    requestedDate: z.string(),
    confirmationDate: z.string(),
    totalBalance: quantity.openapi({ description: 'What the subscription held afterwards (an extension)' }),
    balanceAction: z
      .object({ id: z.uuid() })
      .optional()
      .openapi({ description: 'The transfer or reservation it belongs to, if it came here (an extension)' }),
    '@type': z.literal('BalanceActionHistory'),
  })
  .openapi('BalanceActionHistory');

const path = `${PREPAY}/balanceActionHistory` as const;
const ofHistory = { tag: PREPAY_TAG, shape: historyShape };

export const historyRoutes = {
  listHistory: tmfListRoute({
    ...ofHistory,
    path,
    summary: 'Every movement of a subscription’s data, newest first: the entries of its journal',
    filters: {
      'product.id': z.uuid().optional().openapi({ description: 'The subscription; required' }),
      reason: z.enum(entryReasons).optional(),
      before: z.string().max(100).optional().openapi({
        description: 'The id of the last one seen: reads on behind it, however far back (in place of `offset`)',
      }),
    },
  }),
  readHistory: tmfReadRoute({ ...ofHistory, path: `${path}/{id}`, summary: 'One movement' }),
};

/** The journal of a subscription, an entry a movement. */
export function answerHistory(app: OpenAPIHono<WebEnv>, deps: PrepayParts): void {
  const { data, site } = deps;
  const { sql, subscription } = deps.named;

  app.openapi(historyRoutes.listHistory, async (c) => {
    const { fields, offset, limit, reason, before, 'product.id': subscriptionId } = c.req.valid('query');
    if (subscriptionId === undefined) return tmfError(c, 400, 'filterRequired', 'A subscription is named (product.id)');
    const seen = before === undefined ? undefined : readHistoryId(before);
    if (before !== undefined && seen?.subscriptionId !== subscriptionId) {
      return tmfError(c, 400, 'invalidRequest', 'before is an id of this subscription’s history');
    }
    const { total, page } = await data.journalPosition(sql, { subscriptionId, reason, offset });
    const from = seen ? { before: seen.entryId } : page;
    const filter = reason === undefined ? {} : { filter: { reason } };
    const { entries } = from ? await data.journal(sql, { subscriptionId, ...from, limit, ...filter }) : { entries: [] };
    const bodies = entries.map((entry) => historyBody(site, subscriptionId, entry));
    return tmfList(c, bodies, { total, fields });
  });

  app.openapi(historyRoutes.readHistory, async (c) => {
    const named = readHistoryId(c.req.valid('param').id);
    if (!named || !(await subscription(named.subscriptionId))) return answerRefusal(c, NOT_FOUND);
    const { subscriptionId, entryId } = named;
    const { entries } = await data.journal(sql, { subscriptionId, before: idAfter(entryId), limit: 1 });
    const [entry] = entries;
    if (entry?.entryId !== entryId) return answerRefusal(c, NOT_FOUND);
    return c.json(selectFields(historyBody(site, subscriptionId, entry), c.req.valid('query').fields), 200);
  });
}

function readHistoryId(id: string): { subscriptionId: string; entryId: string } | undefined {
  const [subscriptionId = '', entryId = '', ...more] = id.split('.');
  return isId(subscriptionId) && isId(entryId) && more.length === 0 ? { subscriptionId, entryId } : undefined;
}

function historyBody(site: Site, subscriptionId: string, entry: JournalEntry): z.infer<typeof historyShape> {
  const { about } = entry;
  const id = `${subscriptionId}.${entry.entryId}`;
  const at = entry.at.toString();
  const actionId = about?.kind === 'gift' ? about.giftId : about?.kind === 'reservation' ? about.reservationId : null;
  return {
    id,
    href: `${site.publicUrl}${path}/${id}`,
    status: 'completed',
    usageType: 'data',
    reason: entry.reason,
    ...(about?.kind === 'correction' ? { description: about.reason } : {}),
    amount: quantityOf(entry.direction === 'out' ? -entry.amountBytes : entry.amountBytes, site.megabyte),
    bucket: bucketOf(site, subscriptionId, entry.bucket),
    product: productOf(subscriptionId),
    logicalResource: [resourceOf(subscriptionId)],
    receiverLogicalResource: resourceOf(receiverOf(entry) ?? subscriptionId),
    requestedDate: at,
    confirmationDate: at,
    totalBalance: quantityOf(entry.totalAfterBytes, site.megabyte),
    ...(actionId === null ? {} : { balanceAction: { id: actionId } }),
    '@type': 'BalanceActionHistory',
  };
}

/** Of what went to somebody else, who that is once they have it. */
function receiverOf({ direction, reason, about }: JournalEntry): string | null {
  if (direction !== 'out' || about?.kind !== 'gift' || !reason.startsWith('gift-')) return null;
  return about.state === 'claimed' ? about.otherSubscriptionId : RECEIVER;
}
