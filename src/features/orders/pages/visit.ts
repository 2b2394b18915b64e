import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { isId } from '../../../base/ids.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { sealedCookie } from '../../../infra/http/sealed-cookie.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { loadOwnOrder, type Visitor } from '../access-store.ts';
import type { OrdersDeps } from '../deps.ts';
import { type Order, openOrder } from '../order.ts';

const MINUTES = 12 * 60;

/** Who looks at an order: a LINE account, a contractor, and whoever opened a mailed link, or sent it, in this browser. */
export function visits(deps: OrdersDeps) {
  const { db, clock, isSecure, secrets } = deps;
  const cookie = <Value>(name: string, shape: z.ZodType<Value>) =>
    sealedCookie({ tokens: secrets.tokens, clock, isSecure }, { name, minutes: MINUTES, sameSite: 'Lax', shape });
  const opened = cookie('renkei-order', z.string());
  const sent = cookie('renkei-order-sent', z.strictObject({ orderId: z.string(), until: z.string() }));

  function sentOrderId(c: WebContext): string | null {
    const kept = sent.read(c);
    return kept && Temporal.Instant.compare(clock.now(), kept.until) < 0 ? kept.orderId : null;
  }

  function visitor(c: WebContext): Visitor {
    const { session } = c.var;
    return {
      lineUserId: session?.lineUserId ?? null,
      contractorId: session?.contractorId ?? null,
      linkedOrderId: opened.read(c) ?? null,
      sentOrderId: sentOrderId(c),
    };
  }

  return {
    visitor,
    keep: (c: WebContext, orderId: string) => opened.keep(c, orderId),
    keepSent: (c: WebContext, orderId: string, until: Temporal.Instant) =>
      sent.keep(c, { orderId, until: until.toString() }),
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
