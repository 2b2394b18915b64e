import { randomBytes } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import { type Accepted, accept, type Decision, type Refused, refuse } from '../../base/refusal.ts';
import { hasSeed } from '../../infra/auth/one-time-code.ts';
import { audit, type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import { answerFormOnce } from '../../infra/http/answer-once.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { inPortions } from '../../infra/jobs/portions.ts';
import { enqueueMail } from '../../infra/mail/mail.ts';
import { digest, keyedHash } from '../../infra/secrets.ts';
import type { PasswordFault } from '../contractors/index.ts';
import type { CredentialsDeps } from './deps.ts';
import { noticeText } from './notice-text.ts';
import { tellOfChange } from './notices.ts';
import { credentialLimits } from './rules/limits.ts';
import { resetExpiry } from './rules/ways.ts';
import { findReset, insertReset, insertResetRequest, takeResetRequests, useReset } from './store.ts';

const PORTION = 50;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/**
 * Somebody has forgotten a password. Whether there is such a login ID is not looked up here: the same rows are written
 * and the same words said for every one, and a job answers those that exist. The same form again
 * asks for nothing more.
 */
export async function askForReset(
  deps: CredentialsDeps,
  request: { loginId: string; language: Language; address: string; requestId: string },
): Promise<Accepted<null> | (Refused<'too-many-tries'> & { readonly until: Temporal.Instant })> {
  const loginId = request.loginId.normalize('NFKC').trim().toLowerCase().slice(0, 64);
  const now = deps.clock.now();
  const about = keyedHash(deps.secrets.limits, `password-reset:${loginId}`).toString('base64url');
  const { answer } = await answerFormOnce(
    { db: deps.db, hashKey: deps.secrets.limits, now },
    { scope: `password-reset:${about}`, requestId: request.requestId },
    async (tx): Promise<{ until: string | null }> => {
      const taken = await deps.limits.take(tx, [
        { limit: credentialLimits.resetForId.limit, subject: loginId },
        { limit: credentialLimits.resetFromAddress.limit, subject: request.address },
      ]);
      if (!taken.ok) return { until: taken.until.toString() };
      await insertResetRequest(runnerOf(tx), now, { loginId, language: request.language });
      return { until: null };
    },
  );
  if (answer.until === null) return accept(null);
  return { ...refuse('too-many-tries'), until: Temporal.Instant.from(answer.until) };
}

/** Mails the links that were asked for. Token, mail and the end of the request are one transaction. */
export function resetJob(deps: CredentialsDeps): Job {
  return {
    name: 'credentials.resets',
    everySeconds: 5,
    run: (now, stopping) => inPortions(PORTION, stopping, () => inTransaction(deps.db, (tx) => mailPortion(tx, now))),
  };

  async function mailPortion(tx: Db, now: Temporal.Instant): Promise<number> {
    const sql = runnerOf(tx);
    const requests = await takeResetRequests(sql, PORTION);
    for (const request of requests) {
      const contractor = await deps.contractors.contractorOfLoginId(sql, request.loginId);
      if (!contractor) continue;
      const token = randomBytes(32).toString('base64url');
      const { contractorId } = contractor;
      const expiresAt = resetExpiry(request.requestedAt);
      await insertReset(sql, now, { tokenHash: digest(token), contractorId, expiresAt });
      const t = noticeText(request.language).mail;
      const operator = deps.operator.name[request.language];
      await enqueueMail(sql, now, {
        to: contractor.email,
        subject: t.resetSubject(operator),
        text: t.frame(contractor.name, t.reset(`${deps.publicUrl}/login/reset/${token}`), operator),
        dedupeKey: `credentials:reset:${request.requestId}`,
      });
      await audit(sql, now, { actor: { kind: 'system' }, action: 'credentials.reset-mailed', contractorId });
    }
    return requests.length;
  }
}

/** Whether a mailed link still works. Looking uses nothing up. */
export async function isResetOpen(deps: CredentialsDeps, token: string): Promise<boolean> {
  return TOKEN.test(token) && (await findReset(runnerOf(deps.db), deps.clock.now(), digest(token))) !== null;
}

/** Sets a new password by a mailed link: once. Every browser that was signed in is signed out. */
export async function finishReset(
  deps: CredentialsDeps,
  { token, password }: { token: string; password: string },
): Promise<Decision<{ contractorId: string }, 'link-over' | PasswordFault>> {
  if (!TOKEN.test(token)) return refuse('link-over');
  const tokenHash = digest(token);
  const pool = runnerOf(deps.db);
  const owner = await findReset(pool, deps.clock.now(), tokenHash);
  const contractor = owner && (await deps.contractors.contractor(pool, owner));
  if (!contractor) return refuse('link-over');
  const hasSecondFactor = await hasSeed(pool, { kind: 'contractor', id: contractor.contractorId });
  const prepared = await deps.contractors.preparePassword({ loginId: contractor.loginId, password, hasSecondFactor });
  if (!prepared.ok) return prepared;

  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const now = deps.clock.now();
    const contractorId = await useReset(sql, now, tokenHash);
    if (!contractorId) return refuse('link-over');
    await deps.contractors.savePassword(sql, contractorId, prepared.value.passwordHash);
    await deps.sessions.endAll({ contractorId }, sql);
    const actor = { kind: 'contractor', id: contractorId } as const;
    await audit(sql, now, { actor, action: 'credentials.password-reset', contractorId });
    const cause = `password-reset:${tokenHash.toString('hex').slice(0, 16)}`;
    await tellOfChange(deps, sql, { contractorId, cause, change: 'password-reset' });
    return accept({ contractorId });
  });
}
