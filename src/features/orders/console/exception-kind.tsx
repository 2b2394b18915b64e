import { z } from 'zod';
import type { FourEyesKind } from '../../staff/index.ts';
import type { OrdersDeps } from '../deps.ts';
import { approveException, EXCEPTION } from '../review.ts';
import { shownNumber } from '../tell.ts';
import { QUEUE } from './queue.tsx';
import { deskText } from './text.ts';

/** What was asked for and is applied: nothing of it is sent again by whoever approves. */
const payload = z.object({
  orderId: z.string(),
  orderNumber: z.string(),
  version: z.int(),
  exceptions: z.array(z.string()),
});

/** An order with an exception, which a second person approves. */
export function exceptionKind(deps: OrdersDeps): FourEyesKind {
  return {
    kind: EXCEPTION,
    describe(request, language) {
      const { orderId, exceptions, ...order } = payload.parse(request.payload);
      const t = deskText(language);
      const says = Object.entries(t.findings);
      return {
        title: t.exceptionTitle(shownNumber(order)),
        rows: [
          { term: t.exceptionOrder, value: <a href={`${QUEUE}/${orderId}`}>{shownNumber(order)}</a> },
          {
            term: t.exceptionFindings,
            value: exceptions.map((code) => says.find(([known]) => known === code)?.[1] ?? code).join(' '),
          },
        ],
      };
    },
    apply(tx, request, decider) {
      const { orderId, version } = payload.parse(request.payload);
      return approveException(deps, tx, { orderId, version, decider });
    },
    refused: (code, language) =>
      Object.entries(deskText(language).refusals).find(([known]) => known === code)?.[1] ?? code,
  };
}
