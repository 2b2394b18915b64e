import { runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { SecondProof } from '../../infra/http/session.ts';
import { type Attempt, saveConfirmed } from './attempt-store.ts';
import { findPage, type PageHold, saveProven } from './attempts.ts';
import type { LinkingDeps, LinkProofFault, LinkProofGiven, LinkProofWay } from './deps.ts';
import { displayNameOf } from './notices.ts';
import type { Proof } from './prove.ts';
import { type ContractorLinkFault, contractorLinkFault } from './rules/contractor-link.ts';
import { loadContractorLinksOf, loadContractorLinksTo } from './store.ts';

type PageFault = 'page-expired' | 'opened-elsewhere';

export type ContractorProofFault = PageFault | 'wrong-id-or-password' | 'too-many-tries' | ContractorLinkFault;

/** The password was right, and the contractor has more than a password: that is asked for next. */
interface MoreAsked {
  readonly ok: false;
  readonly code: 'more-asked';
}

/** The password was right and is somebody else's choice: it opens nothing until they have chosen one of their own. */
interface FirstPasswordTyped {
  readonly ok: false;
  readonly code: 'first-password';
  readonly contractorId: string;
}

/** Proves a contractor by login ID and password on a link page. Alone that is enough only for whoever has nothing else. */
export async function proveContractor(
  deps: LinkingDeps,
  request: { hold: PageHold | null; loginId: string; password: string; address: string },
): Promise<Proof<ContractorProofFault> | MoreAsked | FirstPasswordTyped> {
  const page = await findPage(deps, 'contractor', request.hold);
  if (page.kind === 'opened-elsewhere') return { ok: false, code: 'opened-elsewhere' };
  if (page.kind !== 'open' || !request.hold) return { ok: false, code: 'page-expired' };
  const { lineUserId, attemptId } = page.attempt;
  const { loginId, password, address } = request;
  const signedIn = await deps.contractors.signIn({ loginId, password, address, lineUserId });
  if (!signedIn.ok) {
    return signedIn.code === 'too-many-tries' ? { ok: false, code: signedIn.code, at: signedIn.until } : signedIn;
  }
  const { contractorId, mustChangePassword } = signedIn.value;
  if (mustChangePassword) return { ok: false, code: 'first-password', contractorId };
  const ways = await deps.secondFactor().waysToLink(contractorId);
  if (ways.length === 0) return lead(deps, page.attempt, request.hold, { contractorId, provenBy: null });
  const fault = await loadContractorLinkFault(deps, runnerOf(deps.db), { contractorId, lineUserId });
  if (fault) return { ok: false, code: fault };
  await saveConfirmed(runnerOf(deps.db), { attemptId, contractorId });
  return { ok: false, code: 'more-asked' };
}

/** The second step of a page: whose password was right, and what can be given beyond it. */
export async function loadSecondStep(
  deps: LinkingDeps,
  attempt: Attempt,
): Promise<{ contractorId: string; ways: readonly LinkProofWay[]; isAsked: boolean } | null> {
  const contractorId = attempt.confirmedContractorId;
  if (contractorId === null) return null;
  const ways = await deps.secondFactor().waysToLink(contractorId);
  const isAsked = await deps.secondFactor().isAsked({ contractorId, askerId: attempt.attemptId });
  return ways.length === 0 ? null : { contractorId, ways, isAsked };
}

/** Asks in the talks that are linked already whether this account may be, too. */
export async function askLinkedTalks(
  deps: LinkingDeps,
  hold: PageHold | null,
): Promise<{ readonly ok: true } | Exclude<Proof<PageFault | LinkProofFault>, { ok: true }>> {
  const page = await findPage(deps, 'contractor', hold);
  const contractorId = page.kind === 'open' ? page.attempt.confirmedContractorId : null;
  if (page.kind !== 'open' || !contractorId) return { ok: false, code: 'page-expired' };
  const name = await displayNameOf(runnerOf(deps.db), page.attempt.lineUserId);
  const asked = await deps.secondFactor().ask({ contractorId, askerId: page.attempt.attemptId }, name);
  return asked.ok ? asked : { ok: false, code: asked.code, at: asked.until };
}

/** Takes what is given beyond the password, and leads on to LINE's dialogue. */
export async function proveSecondStep(
  deps: LinkingDeps,
  hold: PageHold | null,
  given: LinkProofGiven,
): Promise<Proof<PageFault | LinkProofFault | ContractorLinkFault>> {
  const page = await findPage(deps, 'contractor', hold);
  const contractorId = page.kind === 'open' ? page.attempt.confirmedContractorId : null;
  if (page.kind !== 'open' || !hold || !contractorId) return { ok: false, code: 'page-expired' };
  const { attemptId } = page.attempt;
  const proven = await deps.secondFactor().prove({ contractorId, askerId: attemptId }, given);
  if (proven.ok) return lead(deps, page.attempt, hold, { contractorId, provenBy: proven.value });
  return proven.code === 'too-many-tries' ? { ok: false, code: proven.code, at: proven.until } : proven;
}

async function lead(
  deps: LinkingDeps,
  attempt: Attempt,
  hold: PageHold,
  { contractorId, provenBy }: { contractorId: string; provenBy: SecondProof | null },
): Promise<Proof<'page-expired' | ContractorLinkFault>> {
  const { lineUserId } = attempt;
  const fault = await loadContractorLinkFault(deps, runnerOf(deps.db), { contractorId, lineUserId });
  if (fault) return { ok: false, code: fault };
  const dialogueUrl = await saveProven(deps, { attempt, hold, targetId: contractorId, linkCodeId: null, provenBy });
  return dialogueUrl ? { ok: true, dialogueUrl } : { ok: false, code: 'page-expired' };
}

/** Loads the links on both sides and decides whether one more may be made. */
export async function loadContractorLinkFault(
  deps: LinkingDeps,
  sql: SqlRunner,
  link: { contractorId: string; lineUserId: string },
): Promise<ContractorLinkFault | undefined> {
  const [ofAccount, ofContractor] = [
    await loadContractorLinksOf(sql, link.lineUserId),
    await loadContractorLinksTo(sql, link.contractorId),
  ];
  return contractorLinkFault({
    ...link,
    lineAccountsOfContractor: ofContractor.map(({ lineUserId }) => lineUserId),
    contractorsOfLineAccount: ofAccount.map(({ contractorId }) => contractorId),
    limits: deps.operator.linking,
  });
}
