import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Hono } from 'hono';
import { isId } from '../../base/ids.ts';
import type { Language } from '../../base/language.ts';
import type { LinkState } from '../../base/link-state.ts';
import { type AuditEntry, type Db, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { AccountLinkResult, Message, TalkContext, TalkHandler } from '../../infra/line/talk.ts';
import type { Staff } from '../staff/index.ts';
import { accountLinked } from './account-link.ts';
import { linkingApi } from './api.ts';
import { linkApplicant, type OwnLinks } from './bind.ts';
import { linkingTalk } from './chat.ts';
import { createLinkCodes, type LinkCodes } from './codes.ts';
import { linksConsole } from './console/index.tsx';
import type { LinkingDeps } from './deps.ts';
import { forgetPeopleJob, sweepJob } from './jobs.ts';
import { linkPages } from './pages/index.ts';
import { subscriptionOfCode } from './prove.ts';
import {
  type ContractorLink,
  holdUserLink,
  loadChosenSubscription,
  loadContractorLinksOf,
  loadContractorLinksTo,
  loadLinkState,
  loadUserLinksOf,
  loadUserLinksTo,
  saveChosenSubscription,
  type UnlinkedFrom,
  type UserLink,
  wasUndone,
} from './store.ts';
import { tellCodes } from './tell-codes.ts';
import { forgetLinks, undoUserLinks, unlinkContractor, unlinkUser } from './unlink.ts';

export type { LinkingDeps, LinkProof, UserUnlinked } from './deps.ts';
export { linkingDiscloser } from './disclose-store.ts';
export { codeHelpFor, linkCodeHelp } from './help.ts';
export { concernedBy } from './notices.ts';
export type { CodeProofFault } from './prove.ts';
export { countsAsProof } from './rules/contractor-link.ts';

/** Who undoes a link from outside the talk: a member of staff, or the contractor on My Page. */
interface UnlinkFrom {
  readonly lineUserId: string;
  readonly from: Exclude<UnlinkedFrom, 're-issue' | 'replaced'>;
  readonly staff?: string;
}

export interface Linking {
  readonly talk: readonly TalkHandler[];
  pages(): Hono<WebEnv>;
  /** Its pages for staff. */
  console(staff: Staff): Hono<WebEnv>;
  api(): OpenAPIHono<WebEnv>;
  /** LINE's dialogue has ended; answers what to say to whom. */
  accountLinked(result: AccountLinkResult): Promise<{ lineUserId: string; messages: Message[] } | null>;
  linkStateOf(sql: SqlRunner, lineUserId: string): Promise<LinkState>;
  /** The subscriptions an account is linked to, first linked first. */
  userLinksOf(sql: SqlRunner, lineUserId: string): Promise<readonly UserLink[]>;
  /** Whether an account is linked to a subscription; the link then stands until the end of the transaction. */
  holdUserLink(sql: SqlRunner, link: { lineUserId: string; subscriptionId: string }): Promise<boolean>;
  /** The accounts linked to each of these subscriptions; those without any are missing. */
  lineAccountsLinkedTo(sql: SqlRunner, subscriptionIds: readonly string[]): Promise<Map<string, UserLink[]>>;
  contractorLinksOf(sql: SqlRunner, lineUserId: string): Promise<readonly ContractorLink[]>;
  lineAccountsOfContractor(sql: SqlRunner, contractorId: string): Promise<readonly ContractorLink[]>;
  /** The subscription an account means: the chosen one while it is linked, else the one linked first. */
  chosenSubscription(sql: SqlRunner, lineUserId: string): Promise<string | null>;
  /** False when the account is not linked to it. */
  chooseSubscription(sql: SqlRunner, choice: { lineUserId: string; subscriptionId: string }): Promise<boolean>;
  /** What else is lost when this contractor link is undone now, in sentences. */
  lostWithContractorLink(
    sql: SqlRunner,
    link: { contractorId: string; lineUserId: string },
    language: Language,
  ): Promise<readonly string[]>;
  /** Both links of the LINE account that applied for a subscription, in the caller's transaction. */
  linkApplicant(tx: Db, own: OwnLinks): ReturnType<typeof linkApplicant>;
  /** Undoes every user link of a subscription that ends, in the caller's transaction. */
  endUserLinks(tx: Db, of: { subscriptionId: string; actor: AuditEntry['actor'] }): Promise<void>;
  /** Undoes every link of a contractor who is forgotten and deletes links and codes, in the caller's transaction. */
  forget(tx: Db, former: { contractorId: string; subscriptionIds: readonly string[] }): Promise<void>;
  readonly linkCodes: LinkCodes;
  /** The subscription that a typed link code names: for proving oneself without linking, under the same limits. */
  subscriptionOfCode(request: {
    typed: string;
    /** Whose wrong tries are counted as a LINE account's are: that account, or the visit. */
    guesser: string;
    address: string;
  }): ReturnType<typeof subscriptionOfCode>;
  /** How the link codes stand that concern a person, a line each; only last four digits. */
  tellCodes(context: TalkContext): Promise<readonly string[]>;
  /** Forgets tries and attempts that nothing reads any more. */
  readonly jobs: readonly Job[];
  /** False when there was no such link. */
  unlinkContractor(request: UnlinkFrom & { contractorId: string }): Promise<boolean>;
  /** With `contractorId` only when that contractor owns the subscription. False when there was no such link. */
  unlinkUser(request: UnlinkFrom & { subscriptionId: string; contractorId?: string }): Promise<boolean>;
  /** Whether such a link of this account or this contractor was undone there: whoever taps twice gets the first answer. */
  wasUndone(
    sql: SqlRunner,
    link: { linkId: string; from: UnlinkedFrom; lineUserId: string | null; contractorId: string | null },
  ): Promise<boolean>;
}

/** Ties LINE accounts to contractors and to subscriptions. */
export function createLinking(deps: LinkingDeps): Linking {
  const linkCodes = createLinkCodes(deps);
  return {
    talk: linkingTalk(deps),
    pages: () => linkPages(deps, linkCodes),
    console: (staff) => linksConsole({ linking: deps, linkCodes, staff }),
    api: () => linkingApi(deps, linkCodes),
    accountLinked: (result) => accountLinked(deps, result),
    linkStateOf: loadLinkState,
    userLinksOf: loadUserLinksOf,
    holdUserLink,
    async lineAccountsLinkedTo(sql, subscriptionIds) {
      const links = subscriptionIds.length === 0 ? [] : await loadUserLinksTo(sql, subscriptionIds);
      return Map.groupBy(links, (link) => link.subscriptionId);
    },
    contractorLinksOf: loadContractorLinksOf,
    lineAccountsOfContractor: loadContractorLinksTo,
    chosenSubscription: loadChosenSubscription,
    chooseSubscription: async (sql, choice) =>
      isId(choice.subscriptionId) && saveChosenSubscription(sql, deps.clock.now(), choice),
    lostWithContractorLink: deps.lostWithContractorLink,
    linkApplicant: (tx, own) => linkApplicant(deps, tx, own),
    async endUserLinks(tx, { subscriptionId, actor }) {
      await undoUserLinks(deps, runnerOf(tx), deps.clock.now(), { match: { subscriptionId }, from: 'ended', actor });
    },
    forget: (tx, former) => forgetLinks(deps, tx, former),
    linkCodes,
    subscriptionOfCode: (request) => subscriptionOfCode(deps, linkCodes, request),
    tellCodes: (context) => tellCodes(deps.operator, context),
    jobs: [sweepJob(deps), forgetPeopleJob(deps)],
    wasUndone: async (sql, link) => isId(link.linkId) && wasUndone(sql, link),
    async unlinkContractor({ contractorId, lineUserId, from, staff }) {
      if (!isId(contractorId)) return false;
      const match = { contractorId, lineUserId };
      return (
        (await unlinkContractor(deps, { match, from, actor: actorOf({ staff, contractorId, lineUserId }) })).length > 0
      );
    },
    async unlinkUser({ subscriptionId, lineUserId, from, staff, contractorId }) {
      if (!isId(subscriptionId)) return false;
      const match = { subscriptionId, lineUserId, ...(contractorId ? { contractorId } : {}) };
      return (await unlinkUser(deps, { match, from, actor: actorOf({ staff, contractorId, lineUserId }) })).length > 0;
    },
  };
}

function actorOf(who: {
  staff: string | undefined;
  contractorId: string | undefined;
  lineUserId: string;
}): AuditEntry['actor'] {
  if (who.staff) return { kind: 'staff', id: who.staff };
  return who.contractorId ? { kind: 'contractor', id: who.contractorId } : { kind: 'line-account', id: who.lineUserId };
}
