import type { RateLimit } from '../../../base/rate-limit.ts';

const MINUTE = 60;

/** How often somebody may come to the provider, each with its sentence. Generous: a whole carrier may share an address. */
export const providerLimits = {
  beginning: {
    says: 'From one address a question is begun in a browser at most 300 times in 10 minutes.',
    limit: { name: 'openid:beginning', most: 300, windowSeconds: 10 * MINUTE },
  },
  programs: {
    says: 'From one address partners’ programs come for tokens, and with questions for the talk, at most 1,200 times a minute.',
    limit: { name: 'openid:programs', most: 1_200, windowSeconds: MINUTE },
  },
} as const satisfies Record<string, { says: string; limit: RateLimit }>;

/** Whatever a partner asks about somebody, by whichever interface, counts on this. */
export const questionLimit = (partner: { readonly requestsPerMinute: number }): RateLimit => ({
  name: 'partner:minute',
  most: partner.requestsPerMinute,
  windowSeconds: MINUTE,
});

const BEGINNING = '/auth';
const OF_PROGRAMS = new Set(['/token', '/token/revocation', '/backchannel', '/request', '/me']);

/** Whether a path (as `placeOf` gives it) begins a question in a browser. */
export const isBeginning = (place: string): boolean => place === BEGINNING;

/** What a place at the provider counts on; null for what costs nothing: the keys, the discovery, the way back from a page. */
export function limitAt(place: string): RateLimit | null {
  if (isBeginning(place)) return providerLimits.beginning.limit;
  return OF_PROGRAMS.has(place) ? providerLimits.programs.limit : null;
}

/** The library takes a path in any case and with a slash at its end; so do we, or a limit would be walked around. */
export const placeOf = (path: string): string => path.toLowerCase().replace(/\/$/, '');
