import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import type { KeyRing } from '../secrets.ts';
import { nextPath, withNext } from './next-path.ts';
import { type SealedCookie, sealedCookie } from './sealed-cookie.ts';
import type { Sessions } from './session.ts';
import type { WebContext, WebEnv } from './web-env.ts';

/** A form that was sent while money was at rest, kept in the person's own browser until they have proven themselves. */
export interface KeptForm {
  readonly contractorId: string;
  readonly path: string;
  /** As it was posted, `application/x-www-form-urlencoded`. */
  readonly body: string;
}

/** Where the person finds what they had typed. */
export const RESUME_PATH = '/proof/resume';

/** Browsers keep at most 4 KB in a cookie; sealing makes a third more of it. */
const LONGEST_FORM = 2_400;

/** The cookie in which such a form waits, sealed, for ten minutes. */
export function keptForms(deps: { tokens: KeyRing; clock: Clock; isSecure: boolean }): SealedCookie<KeptForm> {
  const shape = z.strictObject({ contractorId: z.string(), path: z.string(), body: z.string() });
  return sealedCookie(deps, { name: 'renkei-form', minutes: 10, sameSite: 'Lax', shape });
}

/**
 * Guards pages about money, behind `requireContractor`: after half an hour without a visit people prove again who they are, and
 * return to where they were, with the form they had sent. From a button in the talk (`via=line`) this goes through LINE Login.
 */
export function requireAwake(deps: { sessions: Sessions; kept: SealedCookie<KeptForm> }): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const session = await deps.sessions.current(c);
    if (!session?.contractorId || !session.isRested) return next();
    if (c.req.method !== 'GET') return c.redirect(await keep(c, session.contractorId), 303);
    const here = c.req.path + new URL(c.req.url).search;
    return c.redirect(c.req.query('via') === 'line' ? withNext('/login/line', here) : proofFor(here), 303);
  };

  async function keep(c: WebContext, contractorId: string): Promise<string> {
    const isForm = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;
    const body = isForm ? await c.req.text() : '';
    if (!isForm || body.length > LONGEST_FORM) return proofFor(`/${c.req.path.split('/')[1]}`);
    deps.kept.keep(c, { contractorId, path: c.req.path, body });
    return proofFor(RESUME_PATH);
  }
}

const proofFor = (next: string) => `/proof?next=${encodeURIComponent(nextPath(next))}`;
