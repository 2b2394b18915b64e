import { isId } from '../../base/ids.ts';
import { bulleted, fold } from '../../base/language.ts';
import { inTransaction, runnerOf } from '../../infra/db/index.ts';
import { bubble, button, choice, text } from '../../infra/line/flex.ts';
import { buttonData, type Message, type TalkContext, type TalkHandler } from '../../infra/line/talk.ts';
import type { LinkingDeps } from './deps.ts';
import { subscriptionLabel } from './notices.ts';
import { loadContractorLinksOf, loadUserLinksOf, wasUndone } from './store.ts';
import { talkText } from './text.ts';
import { undoContractorLinks, undoUserLinks } from './unlink.ts';

type Kind = 'contractor' | 'user';

/** Undoing a link in the talk: which one, what is lost, yes. Only the person's own links, and once. */
export function unlinkHandler(deps: LinkingDeps): TalkHandler {
  return {
    name: 'unlink',
    words: ['解除', '連携解除', '連携を解除', '連携の解除', '連携を解除する', 'かいじょ', 'unlink', 'undo link'].map(
      fold,
    ),
    async hear(context, heard) {
      const t = talkText(context.language);
      if (heard.kind === 'button' && heard.action === 'keep') return [text(t.kept)];
      if (heard.kind === 'button' && (heard.action === 'contractor' || heard.action === 'user')) {
        const linkId = heard.params.get('link') ?? '';
        if (!isId(linkId)) return [text(t.notLinked)];
        if (heard.params.get('sure') === 'yes') return undo(deps, context, heard.action, linkId);
        return askForYes(deps, context, heard.action, linkId);
      }
      return list(deps, context);
    },
  };
}

async function list(deps: LinkingDeps, context: TalkContext): Promise<Message[]> {
  const t = talkText(context.language);
  const sql = runnerOf(context.db);
  const contractorLinks = await loadContractorLinksOf(sql, context.lineUserId);
  const userLinks = await loadUserLinksOf(sql, context.lineUserId);
  const [contractorLink, userLink] = [contractorLinks[0], userLinks[0]];
  // Where there is one only, nothing is to be chosen.
  if (contractorLinks.length + userLinks.length === 1) {
    if (contractorLink) return askForYes(deps, context, 'contractor', contractorLink.contractorLinkId);
    if (userLink) return askForYes(deps, context, 'user', userLink.userLinkId);
  }
  const ids = userLinks.map((link) => link.subscriptionId);
  const subscriptions = await deps.contractors.subscriptions(sql, ids);
  const choices = [
    ...contractorLinks.map((link) =>
      choice(
        t.unlinkList.contractor(link.contractorName),
        buttonData('unlink', 'contractor', { link: link.contractorLinkId }),
      ),
    ),
    ...userLinks.map((link) =>
      choice(
        t.unlinkList.user(subscriptionLabel(subscriptions.get(link.subscriptionId), context.language)),
        buttonData('unlink', 'user', { link: link.userLinkId }),
      ),
    ),
  ];
  if (choices.length === 0) return [text(t.notLinked)];
  const { title, body } = t.unlinkList;
  return [bubble({ altText: body, title, body: [body, ...choices], buttons: [] })];
}

async function askForYes(deps: LinkingDeps, context: TalkContext, kind: Kind, linkId: string): Promise<Message[]> {
  const t = talkText(context.language);
  const link = await nameOfLink(deps, context, kind, linkId);
  if (link === null) return [text(t.notLinked)];
  const { name, lostWithIt } = link;
  const loses = kind === 'contractor' ? t.sure.contractorLoses : t.sure.userLoses;
  return [
    bubble({
      altText: `${t.sure[kind]} ${name}`,
      title: t.sure[kind],
      body: [name, [t.sure.loses, ...bulleted(loses, context.language)].join('\n'), ...lostWithIt],
      buttons: [
        button(t.sure.yes, buttonData('unlink', kind, { link: linkId, sure: 'yes' }), 'primary'),
        button(t.keep, buttonData('unlink', 'keep')),
      ],
    }),
  ];
}

/** What the link is to and what else goes with it, when it is this person's and stands. */
async function nameOfLink(
  deps: LinkingDeps,
  context: TalkContext,
  kind: Kind,
  linkId: string,
): Promise<{ name: string; lostWithIt: readonly string[] } | null> {
  const sql = runnerOf(context.db);
  if (kind === 'contractor') {
    const links = await loadContractorLinksOf(sql, context.lineUserId);
    const found = links.find((link) => link.contractorLinkId === linkId);
    if (!found) return null;
    const lostWithIt = await deps.lostWithContractorLink(sql, found, context.language);
    return { name: found.contractorName, lostWithIt };
  }
  const links = await loadUserLinksOf(sql, context.lineUserId);
  const found = links.find((link) => link.userLinkId === linkId);
  if (!found) return null;
  const subscriptions = await deps.contractors.subscriptions(sql, [found.subscriptionId]);
  return { name: subscriptionLabel(subscriptions.get(found.subscriptionId), context.language), lostWithIt: [] };
}

async function undo(deps: LinkingDeps, context: TalkContext, kind: Kind, linkId: string): Promise<Message[]> {
  const t = talkText(context.language);
  const { db, now, lineUserId } = context;
  const isUndone = await inTransaction(db, async (tx) => {
    const sql = runnerOf(tx);
    const request = {
      match: { linkId, lineUserId },
      from: 'talk' as const,
      actor: { kind: 'line-account' as const, id: lineUserId },
    };
    const ended =
      kind === 'contractor'
        ? await undoContractorLinks(deps, sql, now, request)
        : await undoUserLinks(deps, sql, now, request);
    return ended.length > 0 || (await wasUndone(sql, { linkId, from: 'talk', lineUserId }));
  });
  return [text(isUndone ? t.unlinked[kind] : t.notLinked)];
}
