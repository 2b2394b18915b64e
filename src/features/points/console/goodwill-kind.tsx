import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { accept, refuse } from '../../../base/refusal.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { submitWithin } from '../../../ledger/within.ts';
import type { FourEyesKind } from '../../staff/index.ts';
import type { PointFamily } from '../family.ts';
import { goodwillText } from './text.ts';

const payload = z.object({ points: z.int() });

export const GOODWILL = 'points.goodwill';

/** More points than one may give alone: a second person gives them by approving. */
export function goodwillKind({ family, now }: { family: PointFamily; now: () => Temporal.Instant }): FourEyesKind {
  return {
    kind: GOODWILL,

    describe(request, language) {
      const t = goodwillText(language);
      const { points } = payload.parse(request.payload);
      const page = `/console/customers/${request.contractorId}/points`;
      return {
        title: t.asked(points.toLocaleString('en')),
        rows: [{ term: t.customer, value: <a href={page}>{t.see}</a> }],
      };
    },

    async apply(tx, request) {
      const { points } = payload.parse(request.payload);
      const command = {
        kind: 'goodwill' as const,
        requestId: `goodwill:${request.requestId}`,
        contractorId: request.contractorId ?? '',
        points,
        reason: request.reason,
        staff: request.askedBy,
      };
      const [submitted] = await submitWithin(runnerOf(tx), now(), family, [command]);
      if (!submitted?.ok) return refuse(submitted?.code ?? 'not-answered');
      const { answer } = submitted;
      return answer.result === 'refused' ? refuse(answer.code) : accept(null);
    },

    refused: (_code, language) => goodwillText(language).refused,
  };
}
