import type { IncomingMessage } from 'node:http';
import type Provider from 'oidc-provider';
import type { Clock } from '../../../base/clock.ts';
import type { Operator } from '../../../base/operator.ts';
import type { RateLimits } from '../../../infra/db/rate-limits.ts';
import { clientAddress } from '../../../infra/http/address.ts';
import { isBeginning, limitAt, placeOf } from '../rules/limits.ts';
import { renderError } from './error-page.tsx';

export interface OpenIdDoor {
  readonly clock: Clock;
  readonly operator: Operator;
  readonly rates: Pick<RateLimits, 'pass'>;
  /** How many proxies before us write down whom they saw. */
  readonly trustedProxies: number;
}

/** What the provider says of itself otherwise than the library, which cannot know that we narrowed it. */
const TRUTH = {
  // A person's name is made by us for each partner (`partner_subject`), so the library's own pairwise names are not used.
  subject_types_supported: ['pairwise'],
  response_modes_supported: ['query'],
  backchannel_user_code_parameter_supported: false,
};

/** Stands before everything the provider answers. */
export function standBefore(provider: Provider, deps: OpenIdDoor & { isSecure: boolean }): void {
  const { clock, operator, rates, trustedProxies } = deps;

  /** In how many seconds somebody may come again; null for whoever may now. */
  async function secondsToWait(place: string, request: IncomingMessage): Promise<number | null> {
    const limit = limitAt(place);
    if (!limit) return null;
    const forwardedFor = request.headers['x-forwarded-for']?.toString();
    const address = clientAddress({ peer: request.socket.remoteAddress, forwardedFor, trustedProxies });
    const until = await rates.pass(limit, address);
    return until && Math.max(1, Math.ceil(until.since(clock.now()).total('seconds')));
  }

  provider.use(async (ctx, next) => {
    const place = placeOf(ctx.path);
    // Whoever comes anew comes as nobody: what an earlier visit left in the browser decides nothing.
    if (isBeginning(place)) delete ctx.req.headers.cookie;
    ctx.mountPath = '/oidc';
    ctx.set(headersOf(deps.isSecure));
    const wait = await secondsToWait(place, ctx.req);
    if (wait !== null) {
      ctx.status = 429;
      ctx.set('retry-after', String(wait));
      const out = { error: 'temporarily_unavailable', error_description: 'too many requests from this address' };
      if (isBeginning(place)) renderError(ctx, out, operator, 'crowded');
      else ctx.body = out;
      return;
    }
    // The library would answer a refusal of this by the very way asked for: a script in a page that may run none.
    const { response_mode: mode = 'query' } = ctx.query;
    if (isBeginning(place) && mode !== 'query') {
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
