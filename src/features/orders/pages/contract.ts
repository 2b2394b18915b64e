import { Hono } from 'hono';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { documentOfOrder } from '../contract-document.ts';
import { contractPdf } from '../contract-pdf.ts';
import type { OrdersDeps } from '../deps.ts';
import { shownNumber } from '../tell.ts';
import type { Visits } from './visit.ts';

/** GET /orders/:id/contract: the contract document on paper, as it was delivered. */
export function contractPages(deps: OrdersDeps, own: Visits): Hono<WebEnv> {
  const { operator } = deps;
  return new Hono<WebEnv>().get('/orders/:id/contract', async (c) => {
    const order = await own.find(c);
    const delivered = order && (await documentOfOrder(deps, runnerOf(deps.db), order.orderId));
    if (!delivered) return c.notFound();
    const { language } = c.var;
    const orderNumber = shownNumber(order);
    const madeAtMs = delivered.deliveredAt.epochMilliseconds;
    const pdf = await contractPdf({ document: delivered.document, operator, language, orderNumber, madeAtMs });
    c.header('content-type', 'application/pdf');
    c.header('content-disposition', `attachment; filename="contract-${orderNumber}.pdf"`);
    return c.body(pdf);
  });
}
