import { randomBytes } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import { isId, newId } from '../../base/ids.ts';
import { inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { SecondProof } from '../../infra/http/session.ts';
import { digest, seal, unseal } from '../../infra/secrets.ts';
import { type Attempt, insertAttempt, loadAttempt, openAttempt, type Purpose, saveProof } from './attempt-store.ts';
import type { LinkingDeps } from './deps.ts';
import { ATTEMPT_MINUTES, isPageOpen } from './rules/attempt.ts';

/** A browser's hold on a link page: what its cookie says. */
export interface PageHold {
  readonly attemptId: string;
  readonly browserSecret: string;
}

/** A page as its browser finds it. */
export type OpenedPage =
  | { readonly kind: 'open' | 'over'; readonly attempt: Attempt }
  | { readonly kind: 'opened-elsewhere' }
  | { readonly kind: 'unknown' };

/** Begins a link from the talk: a fresh link token of LINE, kept hashed and sealed. Answers the page's address. */
export async function beginLink(deps: LinkingDeps, purpose: Purpose, lineUserId: string): Promise<string> {
  const linkToken = await deps.line.issueLinkToken(lineUserId);
  const attemptId = newId();
  const createdAt = deps.clock.now();
  await insertAttempt(runnerOf(deps.db), {
    attemptId,
    purpose,
    lineUserId,
    tokenHash: digest(linkToken),
    tokenCipher: sealTicket(deps, attemptId, { linkToken, nonce: null }),
    createdAt,
    expiresAt: createdAt.add({ minutes: ATTEMPT_MINUTES }),
  });
  return `${deps.publicUrl}/link/${purpose}?linkToken=${encodeURIComponent(linkToken)}`;
}

/** The page is opened with its token: the first browser gets it. */
export async function openPage(
  deps: LinkingDeps,
  page: { purpose: Purpose; linkToken: string; browserSecret: string },
): Promise<OpenedPage> {
  const attempt = await openAttempt(runnerOf(deps.db), {
    purpose: page.purpose,
    tokenHash: digest(page.linkToken),
    browserHash: digest(page.browserSecret),
  });
  return pageOf(attempt, deps.clock.now());
}

/** The page as the browser that holds it finds it again. */
export async function findPage(deps: LinkingDeps, purpose: Purpose, hold: PageHold | null): Promise<OpenedPage> {
  if (!hold || !isId(hold.attemptId)) return { kind: 'unknown' };
  const { attemptId, browserSecret } = hold;
  const attempt = await loadAttempt(runnerOf(deps.db), { attemptId, purpose, browserHash: digest(browserSecret) });
  return pageOf(attempt, deps.clock.now());
}

function pageOf(attempt: Attempt | null, now: Temporal.Instant): OpenedPage {
  if (!attempt) return { kind: 'unknown' };
  if (!attempt.isThisBrowser) return { kind: 'opened-elsewhere' };
  return { kind: isPageOpen(attempt, now) ? 'open' : 'over', attempt };
}

/**
 * Remembers what was proven and answers LINE's dialogue, which alone makes the link. The same proof again (a double
 * tap) leads to the same dialogue; another proof burns the nonce before it. Null when the page is over.
 */
export async function saveProven(
  deps: LinkingDeps,
  proof: {
    attempt: Attempt;
    hold: PageHold;
    targetId: string;
    linkCodeId: string | null;
    provenBy: SecondProof | null;
  },
): Promise<string | null> {
  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const { attemptId, purpose } = proof.attempt;
    const browserHash = digest(proof.hold.browserSecret);
    const now = deps.clock.now();
    const page = pageOf(await loadAttempt(sql, { attemptId, purpose, browserHash }, { lock: true }), now);
    if (page.kind !== 'open' || !page.attempt.tokenCipher) return null;
    const { attempt } = page;
    const ticket = openTicket(deps, attemptId, page.attempt.tokenCipher);
    const isSame = attempt.targetId === proof.targetId && attempt.linkCodeId === proof.linkCodeId;
    const nonce = isSame && ticket.nonce ? ticket.nonce : randomBytes(32).toString('base64url');
    await saveProof(sql, {
      attemptId,
      targetId: proof.targetId,
      linkCodeId: proof.linkCodeId,
      provenBy: proof.provenBy,
      nonceHash: digest(nonce),
      tokenCipher: sealTicket(deps, attemptId, { linkToken: ticket.linkToken, nonce }),
      nonceUntil: now.add({ minutes: ATTEMPT_MINUTES }),
    });
    const dialogue = new URL('/dialog/bot/accountLink', deps.accessBaseUrl);
    dialogue.searchParams.set('linkToken', ticket.linkToken);
    dialogue.searchParams.set('nonce', nonce);
    return dialogue.href;
  });
}

/** What the redirect into LINE's dialogue needs, sealed until then. */
interface Ticket {
  readonly linkToken: string;
  readonly nonce: string | null;
}

function sealTicket(deps: LinkingDeps, attemptId: string, ticket: Ticket): Buffer {
  return seal(deps.secrets.tokens, JSON.stringify([ticket.linkToken, ticket.nonce]), `link-attempt:${attemptId}`);
}

function openTicket(deps: LinkingDeps, attemptId: string, sealed: Buffer): Ticket {
  const parts: unknown = JSON.parse(unseal(deps.secrets.tokens, sealed, `link-attempt:${attemptId}`));
  const [linkToken, nonce] = Array.isArray(parts) ? parts : [];
  if (typeof linkToken !== 'string') throw new Error('a sealed link token that cannot be read');
  return { linkToken, nonce: typeof nonce === 'string' ? nonce : null };
}
