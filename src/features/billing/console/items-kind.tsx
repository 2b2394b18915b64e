import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { accept, refuse } from '../../../base/refusal.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { formatMoment, formatYen } from '../../../infra/ui/format.ts';
import { createCalendar } from '../../data/index.ts';
import type { FourEyesKind } from '../../staff/index.ts';
import { type BillItem, recordItemsWithin } from '../items.ts';
import type { BillItemsConsole } from './index.ts';
import { billItemsText } from './text.ts';

export const ITEMS = 'billing.items';

const payload = z.object({
  source: z.string(),
  items: z.array(
    z.object({
      id: z.string(),
      subscriptionId: z.string(),
      kind: z.enum(['calls', 'correction']),
      occurredAt: z.string(),
      label: z.object({ ja: z.string(), en: z.string() }),
      amountYen: z.int(),
      isTaxed: z.boolean(),
    }),
  ),
});

/** What is asked for: the very items that were checked. */
export const itemsPayload = (asked: { source: string; items: readonly BillItem[] }): z.infer<typeof payload> =>
  payload.parse(asked);

/** Items of bills from a file: a second person takes them by approving, all or none. */
export function itemsKind({ clock, operator }: Pick<BillItemsConsole, 'clock' | 'operator'>): FourEyesKind {
  const { timeZone } = operator;
  return {
    kind: ITEMS,

    describe(request, language) {
      const { source, items } = payload.parse(request.payload);
      const t = billItemsText(language);
      const total = items.reduce((sum, { amountYen }) => sum + amountYen, 0);
      return {
        title: t.asked(items.length),
        rows: [
          { term: t.source, value: source },
          { term: t.sum, value: formatYen(total, language) },
          ...items.map(({ label, amountYen, kind, occurredAt, subscriptionId }) => ({
            term: label[language],
            value: (
              <>
                <span class="detail-line">
                  {formatYen(amountYen, language)} · {t.kinds[kind]} ·{' '}
                  {formatMoment(Temporal.Instant.from(occurredAt), timeZone, language)}
                </span>
                <a class="tap" href={`/console/subscriptions/${subscriptionId}/ledger`}>
                  {t.subscription}
                </a>
              </>
            ),
          })),
        ],
      };
    },

    async apply(tx, request) {
      const { source, items } = payload.parse(request.payload);
      const asked = { source, items, now: clock.now() };
      const outcomes = await recordItemsWithin(runnerOf(tx), createCalendar(timeZone), asked);
      const isGood = outcomes.every(({ status }) => status === 'accepted' || status === 'duplicate');
      return isGood ? accept(null) : refuse('not-as-checked');
    },

    refused: (_code, language) => billItemsText(language).notAsChecked,
  };
}
