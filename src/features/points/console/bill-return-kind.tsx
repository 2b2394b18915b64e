import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { accept, refuse } from '../../../base/refusal.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { formatMonth } from '../../../infra/ui/format.ts';
import { submitWithin } from '../../../ledger/within.ts';
import type { FourEyesKind } from '../../staff/index.ts';
import type { PointFamily } from '../family.ts';
import { billReturnText, goodwillText } from './text.ts';

const payload = z.object({ month: z.string(), points: z.int() });

export const BILL_RETURN = 'points.bill-return';

/** Points that a corrected bill took too much: a second person gives them back by approving. */
export function billReturnKind({ family, now }: { family: PointFamily; now: () => Temporal.Instant }): FourEyesKind {
  return {
    kind: BILL_RETURN,

    describe(request, language) {
      const t = billReturnText(language);
      const { month, points } = payload.parse(request.payload);
      const page = `/console/customers/${request.contractorId}/points`;
      return {
        title: t.asked(formatMonth(month, language), points.toLocaleString('en')),
        rows: [{ term: goodwillText(language).customer, value: <a href={page}>{goodwillText(language).see}</a> }],
      };
    },

    async apply(tx, request) {
      const { month, points } = payload.parse(request.payload);
      const command = {
        kind: 'bill-return' as const,
        requestId: `bill-return:${request.requestId}`,
        contractorId: request.contractorId ?? '',
        month,
        points,
      };
      const [submitted] = await submitWithin(runnerOf(tx), now(), family, [command]);
      if (!submitted?.ok) return refuse(submitted?.code ?? 'not-answered');
      const { answer } = submitted;
      return answer.result === 'refused' ? refuse(answer.code) : accept(null);
    },

    refused: (_code, language) => billReturnText(language).tooMany,
  };
}
