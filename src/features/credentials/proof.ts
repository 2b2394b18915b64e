import { randomInt } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { isId, newId } from '../../base/ids.ts';
import { labelled } from '../../base/language.ts';
import { type Accepted, accept, type Refused, refuse } from '../../base/refusal.ts';
import { readSixDigits } from '../../base/typed-code.ts';
import { hasSeed, takeCode } from '../../infra/auth/one-time-code.ts';
import { audit, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { answerFormOnce } from '../../infra/http/answer-once.ts';
import type { SecondProof } from '../../infra/http/session.ts';
import type { ProofPurpose } from '../../infra/http/session-rules.ts';
import { bubble, button } from '../../infra/line/flex.ts';
import { enqueueMessages } from '../../infra/line/outbox/outbox.ts';
import { buttonData } from '../../infra/line/talk.ts';
import { enqueueMail } from '../../infra/mail/mail.ts';
import { keyedHash } from '../../infra/secrets.ts';
import { countsAsProof } from '../linking/index.ts';
import type { CredentialsDeps } from './deps.ts';
import { noticeText } from './notice-text.ts';
import { insertTap, loadTapOf, lockTap, saveAnswer, saveMailCode, useMailCode, useTap } from './proof-store.ts';
import { credentialLimits } from './rules/limits.ts';
import { foldRecoveryCode } from './rules/recovery-code.ts';
import { answerLimit, isAnswerInTime, type ProofFacts } from './rules/ways.ts';
import { changed, factorOf, recoveryHash } from './settings.ts';
import { useRecoveryCode } from './store.ts';

/** Who proves, in which session; on a link page the attempt stands for it. */
export interface Prover {
  readonly contractorId: string;
  readonly sessionId: string;
}

/** What is the same whatever it is asked for. */
export type LoadedFacts = Omit<ProofFacts, 'isPasswordEnough' | 'isLinkInQuestion'> & {
  readonly linkedAccounts: number;
};

type TooManyTries = Refused<'too-many-tries'> & { readonly until: Temporal.Instant };

/** What this contractor has to prove themselves by. */
export async function loadProofFacts(deps: CredentialsDeps, contractorId: string): Promise<LoadedFacts> {
  const sql = runnerOf(deps.db);
  const all = await deps.linking.lineAccountsOfContractor(sql, contractorId);
  const links = all.filter((link) => countsAsProof(link, deps.clock.now()));
  const [friends, hasOneTimeCode, passkeys] = await Promise.all([
    friendsAmong(
      deps,
      sql,
      links.map((link) => link.lineUserId),
    ),
    hasSeed(sql, factorOf(contractorId)),
    deps.passkeys.list(sql, factorOf(contractorId)),
  ]);
  return {
    hasLinkedLine: links.length > 0,
    canBeAsked: friends.length > 0,
    hasOneTimeCode,
    hasPasskey: passkeys.length > 0,
    canBeMailed: deps.canMail,
    linkedAccounts: all.length,
  };
}

/** A code of the app, or one of the recovery list; tries are counted before anything is looked up. */
export async function proveByCode(
  deps: CredentialsDeps,
  { contractorId }: { contractorId: string },
  typed: string,
): Promise<Accepted<SecondProof> | Refused<'wrong-code'> | TooManyTries> {
  const { db, limits, clock } = deps;
  const taken = await limits.take(db, [{ limit: credentialLimits.code.limit, subject: contractorId }]);
  if (!taken.ok) return { ...refuse('too-many-tries'), until: taken.until };
  const by = await inTransaction(db, async (tx): Promise<SecondProof | null> => {
    const sql = runnerOf(tx);
    const owner = factorOf(contractorId);
    if (foldRecoveryCode(typed) === undefined) {
      return (await takeCode(sql, deps.secrets.show, clock.now(), { owner, typed })) ? 'one-time-code' : null;
    }
    if (!(await useRecoveryCode(sql, clock.now(), { contractorId, hash: recoveryHash(typed) }))) return null;
    await changed(deps, sql, contractorId, 'recovery-used');
    return 'recovery-code';
  });
  await recordProof(deps, contractorId, by);
  if (!by) return refuse('wrong-code');
  await limits.giveBack(db, taken.receipt);
  return accept(by);
}

/**
 * Asks in the linked talks 「はい、わたしです」, and says what for. Asked again within five minutes for the same, the same
 * question stands.
 */
export async function askInTalk(
  deps: CredentialsDeps,
  prover: Prover,
  purpose: ProofPurpose,
  /** Whom a new link is for, by the name on LINE. */
  newAccount: string | null = null,
): Promise<Accepted<null> | TooManyTries> {
  const { db, clock } = deps;
  const pool = runnerOf(db);
  const present = await loadTapOf(pool, answerLimit(clock.now()), { ...prover, purpose });
  if (present && present.answer === null) return accept(null);
  const taken = await deps.limits.take(db, [{ limit: credentialLimits.asking.limit, subject: prover.contractorId }]);
  if (!taken.ok) return { ...refuse('too-many-tries'), until: taken.until };
  await inTransaction(db, async (tx) => {
    const sql = runnerOf(tx);
    const now = clock.now();
    const tapId = newId();
    await insertTap(sql, now, { tapId, ...prover, purpose });
    const links = await countingLinks(deps, sql, prover.contractorId);
    const friends = await friendsAmong(
      deps,
      sql,
      links.map((link) => link.lineUserId),
    );
    await enqueueMessages(
      sql,
      now,
      friends.map(({ lineUserId, language }) => {
        const t = noticeText(language).tap;
        const what = newAccount === null ? t.purposes[purpose] : t.newLink(newAccount);
        const question = bubble({
          altText: labelled(t.title, t.body(what), language),
          title: t.title,
          body: [t.body(what)],
          buttons: [
            button(t.yes, buttonData('proof', 'yes', { tap: tapId }), 'primary'),
            button(t.no, buttonData('proof', 'no', { tap: tapId })),
          ],
        });
        return { lineUserId, messages: [question], dedupeKey: `credentials:tap:${tapId}:${lineUserId}` };
      }),
    );
  });
  return accept(null);
}

/** Takes the yes to the question that was asked in the talk here, for this, in time: once. */
export function proveByTap(deps: CredentialsDeps, prover: Prover, purpose: ProofPurpose): Promise<boolean> {
  const now = deps.clock.now();
  return useTap(runnerOf(deps.db), now, { since: answerLimit(now), ...prover, purpose });
}

/**
 * The answer of a LINE account that is linked to the contractor in question; anybody else's changes nothing. A no signs
 * the browser out that asked. The same answer again, as LINE may deliver it, gets the same words.
 */
export async function answerTap(
  deps: CredentialsDeps,
  { tapId, answer, lineUserId }: { tapId: string; answer: 'yes' | 'no'; lineUserId: string },
): Promise<'thanks' | 'stopped' | 'stoppedLink' | 'over'> {
  if (!isId(tapId)) return 'over';
  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const now = deps.clock.now();
    const tap = await lockTap(sql, tapId);
    const links = tap ? await countingLinks(deps, sql, tap.contractorId) : [];
    if (!tap || !links.some((link) => link.lineUserId === lineUserId)) return 'over';
    if (tap.answer !== null) return tap.answer === answer ? saidTo(tap, answer) : 'over';
    if (answer === 'yes' && !isAnswerInTime(tap.askedAt, now)) return 'over';
    await saveAnswer(sql, now, { tapId, answer, lineUserId });
    const { contractorId, sessionId } = tap;
    const actor = { kind: 'line-account', id: lineUserId } as const;
    await audit(sql, now, { actor, action: `credentials.tap-${answer}`, contractorId });
    if (answer === 'no') await deps.sessions.endAll({ contractorId, sessionId }, sql);
    return saidTo(tap, answer);
  });
}

function saidTo({ purpose }: { purpose: ProofPurpose }, answer: 'yes' | 'no') {
  if (answer === 'yes') return 'thanks';
  return purpose === 'new-link' ? 'stoppedLink' : 'stopped';
}

/** Mails six digits to the registered address, for this session alone; once for each form that asks. */
export async function mailCode(
  deps: CredentialsDeps,
  prover: Prover,
  { language, requestId }: { language: 'ja' | 'en'; requestId: string },
): Promise<Accepted<null> | TooManyTries> {
  const { contractorId, sessionId } = prover;
  const now = deps.clock.now();
  const { answer } = await answerFormOnce(
    { db: deps.db, hashKey: deps.secrets.limits, now },
    { scope: `proof-mail:${sessionId}`, requestId },
    async (tx): Promise<{ until: string | null }> => {
      const taken = await deps.limits.take(tx, [{ limit: credentialLimits.asking.limit, subject: contractorId }]);
      if (!taken.ok) return { until: taken.until.toString() };
      const sql = runnerOf(tx);
      const contractor = await deps.contractors.contractor(sql, contractorId);
      if (!contractor) return { until: null };
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      await saveMailCode(sql, now, { sessionId, hash: mailHash(deps, prover, code) });
      const t = noticeText(language).mail;
      const operator = deps.operator.name[language];
      await enqueueMail(sql, now, {
        to: contractor.email,
        subject: t.codeSubject(operator, code),
        text: t.frame(contractor.name, t.code(code), operator),
        dedupeKey: `credentials:code:${newId()}`,
      });
      return { until: null };
    },
  );
  if (answer.until === null) return accept(null);
  return { ...refuse('too-many-tries'), until: Temporal.Instant.from(answer.until) };
}

export async function proveByMail(
  deps: CredentialsDeps,
  prover: Prover,
  typed: string,
): Promise<Accepted<SecondProof> | Refused<'wrong-code'> | TooManyTries> {
  const { db, limits, clock } = deps;
  const { contractorId, sessionId } = prover;
  const taken = await limits.take(db, [{ limit: credentialLimits.code.limit, subject: contractorId }]);
  if (!taken.ok) return { ...refuse('too-many-tries'), until: taken.until };
  const now = clock.now();
  const code = readSixDigits(typed);
  const isRight =
    code !== null &&
    (await useMailCode(runnerOf(db), now, { sessionId, hash: mailHash(deps, prover, code), since: answerLimit(now) }));
  await recordProof(deps, contractorId, isRight ? 'mail-code' : null);
  if (!isRight) return refuse('wrong-code');
  await limits.giveBack(db, taken.receipt);
  return accept('mail-code');
}

const mailHash = (deps: CredentialsDeps, { sessionId }: Prover, code: string) =>
  keyedHash(deps.secrets.limits, `mail-code:${sessionId}:${code}`);

/** On record whichever way it went, without what was typed. */
export async function recordProof(deps: CredentialsDeps, contractorId: string, by: SecondProof | null): Promise<void> {
  const actor = { kind: 'contractor', id: contractorId } as const;
  const action = by ? 'credentials.proven' : 'credentials.proof-refused';
  await audit(runnerOf(deps.db), deps.clock.now(), { actor, action, contractorId, detail: { by } });
}

/** A link made by a password alone is no proof at first. */
async function countingLinks(deps: CredentialsDeps, sql: SqlRunner, contractorId: string) {
  const links = await deps.linking.lineAccountsOfContractor(sql, contractorId);
  return links.filter((link) => countsAsProof(link, deps.clock.now()));
}

async function friendsAmong(deps: CredentialsDeps, sql: SqlRunner, lineUserIds: readonly string[]) {
  const people = await deps.lineAccountsOf(sql, lineUserIds);
  return [...people.values()].filter((person) => person.isFriend);
}
