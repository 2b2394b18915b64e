import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import { isId, newId } from '../../base/ids.ts';
import { type Db, runnerOf, type SqlRunner } from '../db/runner.ts';
import { digest } from '../secrets.ts';
import { IDLE_DAYS, idleLimit, isDueToTouch, type ProofPurpose, restLimit } from './session-rules.ts';
import {
  endSessions,
  findSession,
  insertSession,
  isSessionOf,
  listSessions,
  loadHistory,
  saveProof,
  setContractor,
  touchSession,
  wakeSession,
} from './session-store.ts';

/** Who is behind a browser. At least one of `contractorId` and `lineUserId` is set. */
export interface Session {
  readonly sessionId: string;
  readonly contractorId: string | null;
  readonly lineUserId: string | null;
  readonly method: 'password' | 'line-login' | 'passkey';
  /** When the person signed in. */
  readonly authenticatedAt: Temporal.Instant;
  readonly createdAt: Temporal.Instant;
  /** When the person last gave a proof that is not the password; see `hasSecondProof`. */
  readonly provenAt: Temporal.Instant | null;
  /** What that proof was for; null: for everything. */
  readonly provenFor: ProofPurpose | null;
  /** Idle too long for what is about money, and not proven since. */
  readonly isRested: boolean;
}

/** What proves more than a password: a sign-in with LINE, a tap in the linked talk, a code, a passkey. */
export type SecondProof = 'line' | 'line-tap' | 'one-time-code' | 'recovery-code' | 'mail-code' | 'passkey';

export interface SessionRow extends Session {
  readonly userAgent: string | null;
  readonly seenAt: Temporal.Instant;
  readonly endedAt: Temporal.Instant | null;
}

export interface Sessions {
  /** Signs in: a new secret each time; the browser's session until now ends. */
  start(
    c: Context,
    who: {
      contractorId?: string | null;
      lineUserId?: string | null;
      method: Session['method'];
      /** What was given beyond a password, if anything. */
      provenBy?: SecondProof;
    },
  ): Promise<Session>;
  /** Who is signed in, looked up once a request; null after 14 days without a visit. */
  current(c: Context): Promise<Session | null>;
  /** The signed-in person has given a second proof: for everything, or for one purpose. It wakes a rested session, too. */
  prove(c: Context, by: SecondProof, purpose?: ProofPurpose): Promise<void>;
  /** The signed-in person has typed the password once more: enough for money after a rest, and no second proof. */
  wake(c: Context): Promise<void>;
  /** Signs this browser out. */
  end(c: Context): Promise<void>;
  /**
   * The same person now acts for another contractor. The caller has checked that they may, and says whether what was
   * proven so far proves them there, too.
   */
  actFor(c: Context, contractorId: string, proof: { isProven: boolean }): Promise<void>;
  /**
   * Signs out every browser that matches all that is given (at least one), for instance when a link is undone.
   * With `sql` it happens in the caller's transaction.
   */
  endAll(
    match: { contractorId?: string; lineUserId?: string; sessionId?: string; exceptSessionId?: string },
    sql?: SqlRunner,
  ): Promise<number>;
  /** A contractor's signed-in browsers, last visit first. */
  list(contractorId: string): Promise<SessionRow[]>;
  /** A contractor's sign-ins, latest first, those that ended included. */
  history(contractorId: string, limit: number): Promise<SessionRow[]>;
  /** Ends one of the contractor's own sessions, if it has not ended yet; false when there never was such a one. */
  revoke(contractorId: string, sessionId: string): Promise<boolean>;
}

/**
 * Sessions in the database: 256-bit secrets, of which only the SHA-256 is stored, so that a copy of the table signs
 * nobody in. On https the cookie has the `__Host-` prefix, which no other host can set.
 */
export function createSessions(deps: { db: Db; clock: Clock; isSecure: boolean }): Sessions {
  const { clock, isSecure } = deps;
  const pool = runnerOf(deps.db);
  const cookieName = isSecure ? '__Host-renkei' : 'renkei';
  const looked = new WeakMap<Context, Promise<Session | null>>();

  const cookieOptions = { httpOnly: true, secure: isSecure, sameSite: 'Lax', path: '/' } as const;
  const writeCookie = (c: Context, secret: string) =>
    setCookie(c, cookieName, secret, { ...cookieOptions, maxAge: IDLE_DAYS * 86_400 });

  async function lookUp(c: Context): Promise<Session | null> {
    const secret = getCookie(c, cookieName);
    if (!secret) return null;
    const now = clock.now();
    const found = await findSession(pool, digest(secret), idleLimit(now));
    if (!found) return null;
    if (!isDueToTouch(found.seenAt, now)) return found.session;
    const isRested = await touchSession(pool, found.session.sessionId, { now, restLimit: restLimit(now) });
    writeCookie(c, secret);
    return { ...found.session, isRested };
  }

  function current(c: Context): Promise<Session | null> {
    const known = looked.get(c);
    if (known) return known;
    const looking = lookUp(c);
    looked.set(c, looking);
    return looking;
  }

  return {
    current,

    async start(c, who) {
      const old = await current(c);
      const now = clock.now();
      const session: Session = {
        sessionId: newId(),
        contractorId: who.contractorId ?? null,
        lineUserId: who.lineUserId ?? null,
        method: who.method,
        authenticatedAt: now,
        createdAt: now,
        provenAt: who.provenBy ? now : null,
        provenFor: null,
        isRested: false,
      };
      const secret = randomBytes(32).toString('base64url');
      const userAgent = c.req.header('user-agent')?.slice(0, 300) ?? null;
      await insertSession(pool, { ...session, userAgent, provenBy: who.provenBy ?? null }, digest(secret));
      if (old) await endSessions(pool, now, { sessionId: old.sessionId });
      writeCookie(c, secret);
      looked.set(c, Promise.resolve(session));
      return session;
    },

    async prove(c, by, purpose) {
      const session = await current(c);
      if (!session) return;
      const proof = { provenAt: clock.now(), provenFor: purpose ?? null };
      await saveProof(pool, session.sessionId, { ...proof, by });
      looked.set(c, Promise.resolve({ ...session, ...proof, isRested: false }));
    },

    async wake(c) {
      const session = await current(c);
      if (!session) return;
      await wakeSession(pool, session.sessionId);
      looked.set(c, Promise.resolve({ ...session, isRested: false }));
    },

    async end(c) {
      const session = await current(c);
      if (session) await endSessions(pool, clock.now(), { sessionId: session.sessionId });
      deleteCookie(c, cookieName, cookieOptions);
      looked.set(c, Promise.resolve(null));
    },

    async actFor(c, contractorId, { isProven }) {
      const session = await current(c);
      if (!session) return;
      await setContractor(pool, session.sessionId, { contractorId, isProven });
      const provenAt = isProven ? session.provenAt : null;
      looked.set(c, Promise.resolve({ ...session, contractorId, provenAt }));
    },

    async endAll(match, sql = pool) {
      if (match.contractorId === undefined && match.lineUserId === undefined) {
        throw new Error('endAll needs a contractor or a LINE account: it would sign everybody out');
      }
      return endSessions(sql, clock.now(), match);
    },

    list: (contractorId) => listSessions(pool, contractorId, idleLimit(clock.now())),

    history: (contractorId, limit) => loadHistory(pool, contractorId, limit),

    async revoke(contractorId, sessionId) {
      if (!isId(sessionId)) return false;
      await endSessions(pool, clock.now(), { contractorId, sessionId });
      return isSessionOf(pool, { contractorId, sessionId });
    },
  };
}
