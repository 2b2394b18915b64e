import { randomBytes } from 'node:crypto';
import { getCookie, setCookie } from 'hono/cookie';
import type { WebContext } from '../../infra/http/web-env.ts';
import { digest } from '../../infra/secrets.ts';
import { DRAFT_DAYS } from './rules/limits.ts';

/** Who asks for a draft: all that is known of them. A draft is theirs when one of these is its owner. */
export interface Applicant {
  readonly contractorId: string | null;
  readonly lineUserId: string | null;
  /** SHA-256 of the secret in their browser. */
  readonly browserHash: Buffer | null;
}

const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** The browser's secret for applications: 256 bits, of which only the hash is stored. */
export function createBrowserSecrets({ isSecure }: { isSecure: boolean }) {
  const name = isSecure ? '__Host-renkei-apply' : 'renkei-apply';

  function read(c: WebContext): string | null {
    const secret = getCookie(c, name);
    return secret && SECRET.test(secret) ? secret : null;
  }

  return {
    applicant(c: WebContext): Applicant {
      const secret = read(c);
      return {
        contractorId: c.var.session?.contractorId ?? null,
        lineUserId: c.var.session?.lineUserId ?? null,
        browserHash: secret === null ? null : digest(secret),
      };
    },
    /** The hash of the secret this browser has from now on; one it has stays, and lives on. */
    keep(c: WebContext): Buffer {
      const secret = read(c) ?? randomBytes(32).toString('base64url');
      const maxAge = DRAFT_DAYS * 86_400;
      setCookie(c, name, secret, { httpOnly: true, secure: isSecure, sameSite: 'Lax', path: '/', maxAge });
      return digest(secret);
    },
  };
}
export type BrowserSecrets = ReturnType<typeof createBrowserSecrets>;
