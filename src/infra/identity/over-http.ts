import { z } from 'zod';
import { accept } from '../../base/refusal.ts';
import { type CompanyOptions, createCompany } from '../outside/company.ts';
import { IDENTITY_METHODS, type IdentityProvider, identityResult } from './identity.ts';

const session = z.object({ sessionId: z.string().min(1).max(200), url: z.url() });
const outcome = z.object({ sessionId: z.string(), result: identityResult.nullable() });

/** A provider asked over HTTP; the README has the protocol. */
export function createIdentityProvider(options: CompanyOptions): IdentityProvider {
  const company = createCompany('identity', options);
  const pagesOrigin = new URL(options.url).origin;
  return {
    pagesOrigin,
    methods: IDENTITY_METHODS,
    open: ({ sessionKey, ...body }) =>
      company.ask({
        method: 'PUT',
        path: `/sessions/${encodeURIComponent(sessionKey)}`,
        body,
        // People are sent to the company's own pages and nowhere else.
        answer: session.refine(({ url }) => new URL(url).origin === pagesOrigin, { path: ['url'] }),
      }),
    async result(sessionId) {
      const told = await company.ask({
        method: 'GET',
        path: `/sessions/${encodeURIComponent(sessionId)}`,
        answer: outcome.refine((each) => each.sessionId === sessionId, { path: ['sessionId'] }),
      });
      return told.ok ? accept(told.value.result) : told;
    },
  };
}
