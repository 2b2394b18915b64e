import type { Temporal } from 'temporal-polyfill';
import { type AuditEntry, audit, type Db, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { refreshMenu } from '../official-account/index.ts';
import type { LinkingDeps } from './deps.ts';
import { noteLink } from './note-link.ts';
import { concernedBy, displayNameOf, subscriptionLabel, tell } from './notices.ts';
import {
  type ContractorLink,
  deleteLinks,
  endContractorLinks,
  endUserLinks,
  type LinkMatch,
  loadContractorLinksTo,
  loadLinkState,
  loadUserLinksTo,
  type UnlinkedFrom,
  type UserLink,
} from './store.ts';

export interface Undo {
  /** Which live links; all that is given must match. Give `contractorId` where a contractor asks: their own only. */
  readonly match: LinkMatch;
  readonly from: UnlinkedFrom;
  readonly actor: AuditEntry['actor'];
  /** Why, where staff undo it: for the audit log. */
  readonly reason?: string;
}

type UndoDeps = Pick<LinkingDeps, 'operator' | 'contractors' | 'sessions' | 'onContractorLink' | 'onUserUnlinked'>;

/** Undoes user links in the caller's transaction: record, menu and notices with it. Answers those it undid. */
export async function undoUserLinks(
  deps: UndoDeps,
  sql: SqlRunner,
  now: Temporal.Instant,
  undo: Undo,
): Promise<readonly UserLink[]> {
  const ended = await endUserLinks(sql, now, undo.match, undo.from);
  for (const link of ended) {
    const { lineUserId, subscriptionId, contractorId } = link;
    const detail = { from: undo.from, lineUserId, ...(undo.reason ? { reason: undo.reason } : {}) };
    await audit(sql, now, { actor: undo.actor, action: 'linking.user-unlinked', contractorId, subscriptionId, detail });
    const told = { type: 'link.undone', kind: 'user', linkId: link.userLinkId, contractorId, subscriptionId } as const;
    await noteLink(deps, sql, now, told, undo);
    await refreshMenu(sql, now, lineUserId, await loadLinkState(sql, lineUserId));
    await tellOfUserUnlink(deps, sql, now, link, undo.from);
    const isLast = (await loadUserLinksTo(sql, [subscriptionId])).length === 0;
    await deps.onUserUnlinked(sql, { subscriptionId, lineUserId, isReplaced: undo.from === 'replaced', isLast });
  }
  return ended;
}

async function tellOfUserUnlink(
  deps: UndoDeps,
  sql: SqlRunner,
  now: Temporal.Instant,
  link: UserLink,
  from: UnlinkedFrom,
): Promise<void> {
  const subscription = (await deps.contractors.subscriptions(sql, [link.subscriptionId])).get(link.subscriptionId);
  const who = await displayNameOf(sql, link.lineUserId);
  const common = { cause: `user-unlinked:${link.userLinkId}`, phone: deps.operator.support.phone };
  // In the talk the person has the answer before their eyes.
  if (from !== 'talk') {
    await tell(sql, now, {
      ...common,
      to: [link.lineUserId],
      words: (notices, _t, language) =>
        notices[from === 'replaced' ? 'replaced' : 'yourUserUnlinked'](subscriptionLabel(subscription, language)),
    });
  }
  await tell(sql, now, {
    ...common,
    to: await concernedBy(sql, { contractorId: link.contractorId }),
    except: [link.lineUserId],
    words: (notices, t, language) => notices.userUnlinked(subscriptionLabel(subscription, language), who ?? t.somebody),
  });
}

/** Undoes contractor links in the caller's transaction; what the person had open on My Page closes with it. */
export async function undoContractorLinks(
  deps: UndoDeps,
  sql: SqlRunner,
  now: Temporal.Instant,
  undo: Undo,
): Promise<readonly ContractorLink[]> {
  const ended = await endContractorLinks(sql, now, undo.match, undo.from);
  for (const link of ended) {
    const { lineUserId, contractorId } = link;
    const detail = { from: undo.from, lineUserId, ...(undo.reason ? { reason: undo.reason } : {}) };
    await audit(sql, now, { actor: undo.actor, action: 'linking.contractor-unlinked', contractorId, detail });
    const told = { type: 'link.undone', kind: 'contractor', linkId: link.contractorLinkId, contractorId } as const;
    await noteLink(deps, sql, now, told, undo);
    await deps.sessions.endAll({ lineUserId, contractorId }, sql);
    await refreshMenu(sql, now, lineUserId, await loadLinkState(sql, lineUserId));
    const who = await displayNameOf(sql, lineUserId);
    const common = { cause: `contractor-unlinked:${link.contractorLinkId}`, phone: deps.operator.support.phone };
    if (undo.from !== 'talk') {
      await tell(sql, now, { ...common, to: [lineUserId], words: (notices) => notices.yourContractorUnlinked });
    }
    await tell(sql, now, {
      ...common,
      to: await concernedBy(sql, { contractorId }),
      except: [lineUserId],
      words: (notices, t) => notices.contractorUnlinked(who ?? t.somebody),
    });
    const cause = `line-unlinked:${link.contractorLinkId}`;
    await deps.onContractorLink(sql, { contractorId, kind: 'line-unlinked', name: who, cause });
  }
  return ended;
}

/** Undoes user links in a transaction of its own. */
export function unlinkUser(deps: LinkingDeps, undo: Undo): Promise<readonly UserLink[]> {
  return inTransaction(deps.db, (tx) => undoUserLinks(deps, runnerOf(tx), deps.clock.now(), undo));
}

/** Undoes contractor links in a transaction of its own. */
export function unlinkContractor(deps: LinkingDeps, undo: Undo): Promise<readonly ContractorLink[]> {
  return inTransaction(deps.db, (tx) => undoContractorLinks(deps, runnerOf(tx), deps.clock.now(), undo));
}

/** Undoes all that is linked to a contractor who is forgotten, and keeps neither links nor codes. */
export async function forgetLinks(
  deps: UndoDeps & Pick<LinkingDeps, 'clock'>,
  tx: Db,
  { contractorId, subscriptionIds }: { contractorId: string; subscriptionIds: readonly string[] },
): Promise<void> {
  const sql = runnerOf(tx);
  const now = deps.clock.now();
  const ending = { from: 'ended', actor: { kind: 'system' } } as const;
  for (const subscriptionId of subscriptionIds) {
    await undoUserLinks(deps, sql, now, { match: { subscriptionId }, ...ending });
  }
  for (const { lineUserId } of await loadContractorLinksTo(sql, contractorId)) {
    await undoContractorLinks(deps, sql, now, { match: { contractorId, lineUserId }, ...ending });
  }
  await deleteLinks(sql, { contractorId, subscriptionIds });
}
