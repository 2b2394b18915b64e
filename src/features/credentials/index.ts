import { Hono, type MiddlewareHandler } from 'hono';
import { hasSeed, removeSeed } from '../../infra/auth/one-time-code.ts';
import { deletePasskeysOf } from '../../infra/auth/passkey-store.ts';
import { type Db, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { requireContractor } from '../../infra/http/guards.ts';
import { nextPath } from '../../infra/http/next-path.ts';
import { keptForms, requireAwake } from '../../infra/http/rest.ts';
import { hasSecondProof, purposeOf } from '../../infra/http/session-rules.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { TalkHandler } from '../../infra/line/talk.ts';
import type { LinkProof } from '../linking/index.ts';
import { proofTalk } from './chat.ts';
import type { CredentialsDeps } from './deps.ts';
import { forgetOldQuestions } from './jobs.ts';
import { linkProof } from './link-proof.ts';
import { mailOfLink, type SafetyNotice, tellContractor } from './notices.ts';
import { codePages } from './pages/codes.tsx';
import { type FirstPassword, firstPassword, firstPasswordPages } from './pages/first-password.tsx';
import { forgottenPages } from './pages/forgotten.tsx';
import { passkeyPages } from './pages/passkeys.tsx';
import { passwordPages } from './pages/password.tsx';
import { proofPages } from './pages/proof.tsx';
import { resumePages } from './pages/resume.tsx';
import { securityPages } from './pages/security.tsx';
import { proveByCode } from './proof.ts';
import { resetJob } from './reset.ts';
import { factorOf } from './settings.ts';
import { deleteRecovery } from './store.ts';

export { credentialsDiscloser } from './disclose-store.ts';
export interface Credentials {
  pages(): Hono<WebEnv>;
  readonly talk: TalkHandler;
  readonly jobs: readonly Job[];
  /** Ends every session of a contractor who is forgotten, and deletes what they signed in with. */
  forget(tx: Db, contractorId: string): Promise<void>;
  /**
   * Before a page that a password alone must not reach: whoever has given no second proof within five minutes is asked
   * for one and comes back. Behind `requireContractor`.
   */
  requireSecondProof(): MiddlewareHandler<WebEnv>;
  /** Before pages about money: whoever was idle for half an hour proves anew who they are, and comes back. */
  requireAwake(): MiddlewareHandler<WebEnv>;
  /** Whether a sign-in by password asks for a code too. */
  asksForCode(contractorId: string): Promise<boolean>;
  /** Where a first password leads: to choosing another one. */
  readonly firstPassword: FirstPassword;
  /** What link pages ask for beyond the password. */
  readonly linkProof: LinkProof;
  /** Tells by mail that a LINE account was linked or unlinked, in the caller's transaction. */
  mailOfLink(sql: SqlRunner, of: Parameters<typeof mailOfLink>[2]): Promise<void>;
  /** Tells a contractor something about their safety, in every linked talk and by mail, in the caller's transaction. */
  tellContractor(sql: SqlRunner, notice: SafetyNotice): Promise<void>;
  /** A code of the app or of the recovery list, under their limits. */
  proveByCode(contractorId: string, typed: string): ReturnType<typeof proveByCode>;
}

/** How contractors prove who they are: password, one-time codes, second proof, signed-in devices. */
export function createCredentials(deps: CredentialsDeps): Credentials {
  const requireSecondProof = (): MiddlewareHandler<WebEnv> => async (c, next) => {
    const { session } = c.var;
    if (session && hasSecondProof(session, deps.clock.now(), purposeOf(c.req.path))) return next();
    const wanted = c.req.method === 'GET' ? c.req.path + new URL(c.req.url).search : c.req.path;
    return c.redirect(`/proof?next=${encodeURIComponent(nextPath(wanted))}`, 303);
  };

  const kept = keptForms({ ...deps, tokens: deps.secrets.tokens });

  return {
    pages() {
      const app = new Hono<WebEnv>();
      for (const path of ['/security/*', '/proof/*']) app.use(path, requireContractor(deps.sessions));
      for (const path of ['/security/codes/*', '/security/recovery', '/security/passkeys/*'])
        app.use(path, requireSecondProof());
      for (const pages of [
        securityPages,
        passwordPages,
        codePages,
        passkeyPages,
        proofPages,
        forgottenPages,
        firstPasswordPages,
      ]) {
        app.route('/', pages(deps));
      }
      app.route('/', resumePages({ ...deps, kept }));
      return app;
    },
    talk: proofTalk(deps),
    async forget(tx, contractorId) {
      const sql = runnerOf(tx);
      await deps.sessions.endAll({ contractorId }, sql);
      await removeSeed(sql, factorOf(contractorId));
      await deletePasskeysOf(sql, factorOf(contractorId));
      await deleteRecovery(sql, contractorId);
    },
    jobs: [resetJob(deps), forgetOldQuestions(deps)],
    firstPassword: firstPassword(deps),
    requireSecondProof,
    requireAwake: () => requireAwake({ sessions: deps.sessions, kept }),
    asksForCode: (contractorId) => hasSeed(runnerOf(deps.db), factorOf(contractorId)),
    linkProof: linkProof(deps),
    mailOfLink: (sql, of) => mailOfLink(deps, sql, of),
    tellContractor: (sql, notice) => tellContractor(deps, sql, notice),
    proveByCode: (contractorId, typed) => proveByCode(deps, { contractorId }, typed),
  };
}
