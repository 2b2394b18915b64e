import { z } from 'zod';
import { accept } from '../../base/refusal.ts';
import { type CompanyOptions, createCompany, heard } from '../outside/company.ts';
import { CARD_FAILURES, type CardGateway, card } from './payments.ts';

const entry = z.object({ entryId: z.string().min(1).max(200), url: z.url() });
const outcome = z.object({
  entryId: z.string(),
  result: z
    .union([
      z.strictObject({ outcome: z.literal('registered'), card }),
      z.strictObject({ outcome: z.enum(CARD_FAILURES) }),
    ])
    .nullable(),
});

/** A gateway asked over HTTP; the README has the protocol. */
export function createCardGateway(options: CompanyOptions): CardGateway {
  const company = createCompany('payments', options);
  const pagesOrigin = new URL(options.url).origin;
  return {
    pagesOrigin,
    open: ({ entryKey, ...body }) =>
      company.ask({
        method: 'PUT',
        path: `/card-entries/${encodeURIComponent(entryKey)}`,
        body,
        answer: entry.refine(({ url }) => new URL(url).origin === pagesOrigin, { path: ['url'] }),
      }),
    async result(entryId) {
      const told = await company.ask({
        method: 'GET',
        path: `/card-entries/${encodeURIComponent(entryId)}`,
        answer: outcome.refine((each) => each.entryId === entryId, { path: ['entryId'] }),
      });
      return told.ok ? accept(told.value.result) : told;
    },
    async forget(reference) {
      const told = await company.ask({
        method: 'DELETE',
        path: `/cards/${encodeURIComponent(reference)}`,
        answer: heard,
      });
      return told.ok || told.code === 'not-found' ? accept(null) : told;
    },
  };
}
