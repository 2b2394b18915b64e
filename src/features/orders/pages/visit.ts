import { z } from 'zod';
import { isId } from '../../../base/ids.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { sealedCookie } from '../../../infra/http/sealed-cookie.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { loadOwnOrder, type Visitor } from '../access-store.ts';
import type { OrdersDeps } from '../deps.ts';
import { type Order, openOrder } from '../order.ts';

const LINKED_MINUTES = 12 * 60;
const SENT_MINUTES = 60;

/** Who looks at an order: a LINE account, a contractor, and whoever opened a mailed link, or sent it, in this browser. */
export function visits(deps: OrdersDeps) {
  const { db, clock, isSecure, secrets } = deps;
  const cookie = (name: string, minutes: number) =>
    sealedCookie({ tokens: secrets.tokens, clock, isSecure }, { name, minutes, sameSite: 'Lax', shape: z.string() });
  const opened = cookie('renkei-order', LINKED_MINUTES);
  const sent = cookie('renkei-order-sent', SENT_MINUTES);

  function visitor(c: WebContext): Visitor {
    const { session } = c.var;
    return {
      lineUserId: session?.lineUserId ?? null,
      contractorId: session?.contractorId ?? null,
      linkedOrderId: opened.read(c) ?? null,
      sentOrderId: sent.read(c) ?? null,
    };
  }

  return {
    visitor,
    keep: (c: WebContext, orderId: string) => opened.keep(c, orderId),
    keepSent: (c: WebContext, orderId: string) => sent.keep(c, orderId),
    /** Whether the visitor is anybody at all. */
    isSomebody: (c: WebContext) => Object.values(visitor(c)).some((who) => who !== null),
    /** The order in the address, when it is the visitor's own. */
    async find(c: WebContext): Promise<Order | null> {
      const orderId = c.req.param('id') ?? '';
      if (!isId(orderId)) return null;
      const row = await loadOwnOrder(runnerOf(db), visitor(c), { orderId, isLocked: false });
      return row && openOrder(secrets.show, row);
    },
  };
}

export type Visits = ReturnType<typeof visits>;
