import { fold } from '../../base/language.ts';
import { runnerOf } from '../../infra/db/index.ts';
import { bubble, button, text } from '../../infra/line/flex.ts';
import { buttonData, type Heard, type Message, type TalkContext, type TalkHandler } from '../../infra/line/talk.ts';
import { beginLink } from './attempts.ts';
import { contractorLinksMessage, userLinksMessage } from './chat-messages.ts';
import { unlinkHandler } from './chat-unlink.ts';
import type { LinkingDeps } from './deps.ts';
import { subscriptionLabel } from './notices.ts';
import { looksLikeLinkCode } from './rules/link-code.ts';
import { loadChosenSubscription, loadContractorLinksOf, loadUserLinksOf, saveChosenSubscription } from './store.ts';
import { talkText } from './text.ts';

/** Words that name linking as such; both kinds are then offered. */
const EITHER = ['連携', '連携する', 'れんけい', 'リンク', 'link', 'links'].map(fold);

/** What is heard where sixteen digits were typed; never the digits. */
const CODE = 'a-link-code';

/** What linking hears and says in the talk. */
export function linkingTalk(deps: LinkingDeps): TalkHandler[] {
  return [contractorHandler(deps), userHandler(deps), unlinkHandler(deps)];
}

function contractorHandler(deps: LinkingDeps): TalkHandler {
  return {
    name: 'link-contractor',
    words: [...EITHER, ...['契約者連携', '契約者', 'マイページ', 'contractor link', 'my page'].map(fold)],
    async hear(context, heard) {
      if (heard.kind === 'word' && EITHER.includes(heard.word)) return [await chooseKind(context)];
      const links = await loadContractorLinksOf(runnerOf(context.db), context.lineUserId);
      const most = deps.operator.linking.contractorsPerLineAccount;
      // From an older message, too, nobody is led to a page that can only refuse.
      const wantsMore = links.length === 0 || (heard.kind === 'button' && heard.action === 'add');
      if (wantsMore && links.length < most) return [await offerContractorLink(deps, context)];
      return [contractorLinksMessage(context.language, deps.publicUrl, links, most)];
    },
  };
}

function userHandler(deps: LinkingDeps): TalkHandler {
  return {
    name: 'link-user',
    // Who has the code on paper types it here: it is asked for on the page.
    meaning: (said) => (looksLikeLinkCode(said) ? CODE : null),
    words: ['利用者連携', '利用者', '利用コード', '連携済み', 'user link', 'link code', 'linked'].map(fold),
    async hear(context, heard) {
      if (heard.kind === 'button' && heard.action === 'choose') return choose(deps, context, heard);
      const isCode = heard.kind === 'word' && heard.word === CODE;
      const wantsMore = isCode || (heard.kind === 'button' && heard.action === 'add');
      const offered = await present(deps, context, wantsMore);
      return isCode ? [text(talkText(context.language).codeInTalk), ...offered] : offered;
    },
  };
}

/** The subscriptions this account is linked to, or the way to the first, or to one more where there is room. */
async function present(deps: LinkingDeps, context: TalkContext, wantsMore: boolean): Promise<Message[]> {
  const sql = runnerOf(context.db);
  const links = await loadUserLinksOf(sql, context.lineUserId);
  const most = deps.operator.linking.subscriptionsPerLineAccount;
  if (links.length === 0 || (wantsMore && links.length < most)) return [await offerUserLink(deps, context)];
  const ids = links.map((link) => link.subscriptionId);
  const subscriptions = await deps.contractors.subscriptions(sql, ids);
  const chosen = await loadChosenSubscription(sql, context.lineUserId);
  const rows = links.map((link) => ({
    subscriptionId: link.subscriptionId,
    label: subscriptionLabel(subscriptions.get(link.subscriptionId), context.language),
    lastFour: link.lastFour,
    isChosen: link.subscriptionId === chosen,
  }));
  return [userLinksMessage(context.language, rows, most)];
}

async function choose(
  deps: LinkingDeps,
  context: TalkContext,
  heard: Extract<Heard, { kind: 'button' }>,
): Promise<Message[]> {
  const sql = runnerOf(context.db);
  const t = talkText(context.language);
  const subscriptionId = heard.params.get('subscription') ?? '';
  const subscription = (await deps.contractors.subscriptions(sql, [subscriptionId])).get(subscriptionId);
  const { lineUserId, now } = context;
  const isChosen = subscription ? await saveChosenSubscription(sql, now, { lineUserId, subscriptionId }) : false;
  const words = isChosen ? t.chosen(subscriptionLabel(subscription, context.language)) : t.notChosen;
  const follow = [button(t.balance, buttonData('data', 'open'), 'primary')];
  return [bubble({ altText: words, title: t.userLink, body: [words], buttons: isChosen ? follow : [] })];
}

async function chooseKind({ db, language, lineUserId }: TalkContext): Promise<Message> {
  const t = talkText(language);
  const sql = runnerOf(db);
  const hasLink =
    (await loadContractorLinksOf(sql, lineUserId)).length > 0 || (await loadUserLinksOf(sql, lineUserId)).length > 0;
  return bubble({
    altText: t.chooseLink.body,
    title: t.chooseLink.title,
    body: [t.chooseLink.body],
    buttons: [
      button(t.contractorLink, buttonData('link-contractor', 'open'), 'primary'),
      button(t.userLink, buttonData('link-user', 'open'), 'primary'),
      ...(hasLink ? [button(t.unlink, buttonData('unlink', 'open'), 'link')] : []),
    ],
  });
}

/** The link token is made on the tap, because it lives only ten minutes. */
async function offerContractorLink(deps: LinkingDeps, { language, lineUserId }: TalkContext): Promise<Message> {
  const url = await beginLink(deps, 'contractor', lineUserId);
  return offer(language, 'contractor', url);
}

async function offerUserLink(deps: LinkingDeps, { language, lineUserId }: TalkContext): Promise<Message> {
  const url = await beginLink(deps, 'user', lineUserId);
  return offer(language, 'user', url);
}

function offer(language: TalkContext['language'], kind: 'contractor' | 'user', url: string): Message {
  const t = talkText(language);
  const words = kind === 'contractor' ? t.openContractor : t.openUser;
  return bubble({
    altText: words.alt,
    title: words.title,
    body: [words.body, t.canUndo[kind], words.minutes],
    buttons: [button(words.button, url, 'primary')],
  });
}
