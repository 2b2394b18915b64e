import type Provider from 'oidc-provider';
import type { Operator } from '../../../base/operator.ts';
import { renderError } from './error-page.tsx';

/** What the provider says of itself otherwise than the library, which cannot know that we narrowed it. */
const TRUTH = {
  // A person's name is made by us for each partner (`partner_subject`), so the library's own pairwise names are not used.
  subject_types_supported: ['pairwise'],
  response_modes_supported: ['query'],
  backchannel_user_code_parameter_supported: false,
};

/** Stands before everything the provider answers. */
export function standBefore(
  provider: Provider,
  { isSecure, operator }: { isSecure: boolean; operator: Operator },
): void {
  provider.use(async (ctx, next) => {
    // Whoever comes anew comes as nobody: what an earlier visit left in the browser decides nothing.
    if (ctx.path === '/auth') delete ctx.req.headers.cookie;
    ctx.mountPath = '/oidc';
    ctx.set(headersOf(isSecure));
    // The library would answer a refusal of this by the very way asked for: a script in a page that may run none.
    const { response_mode: mode = 'query' } = ctx.query;
    if (ctx.path === '/auth' && mode !== 'query') {
      ctx.status = 400;
      const error_description = 'answers come in the query';
      renderError(ctx, { error: 'unsupported_response_mode', error_description }, operator);
      return;
    }
    await next();
    if (ctx.path === '/.well-known/openid-configuration') Object.assign(ctx.body ?? {}, TRUTH);
  });
}

function headersOf(isSecure: boolean): Record<string, string> {
  return {
    'content-security-policy':
      "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    ...(isSecure ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  };
}
