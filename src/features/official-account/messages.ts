import type { Language } from '../../base/language.ts';
import type { LinkState } from '../../base/link-state.ts';
import type { Operator } from '../../base/operator.ts';
import { bubble, button, paragraph, type QuickReplyItem, quickReply, separator, text } from '../../infra/line/flex.ts';
import type { Message } from '../../infra/line/talk.ts';
import { addFriendUrl } from '../../infra/ui/share.ts';
import { menuAreas, menuLabels } from './rules/menu.ts';
import type { MenuReason } from './rules/routing.ts';
import { accountText } from './text.ts';

/** The six functions as buttons under a message: the menu for those who do not see its picture. */
function menuReplies(state: LinkState, language: Language, publicUrl: string): QuickReplyItem[] {
  return menuAreas(state, language, publicUrl).map((area) => quickReply(area.label, area.target));
}

/** Said on a follow: two lines of what linking brings, or that everything is as it was. */
export function greeting(facts: {
  displayName: string | null;
  language: Language;
  state: LinkState;
  isReturning: boolean;
  operator: Operator;
  publicUrl: string;
}): Message[] {
  const { language, state, operator } = facts;
  const t = accountText(language);
  const name = facts.displayName ?? '';
  const hello = (facts.isReturning ? t.welcomeBack : t.welcome)(name, operator.name[language]);
  const replies = menuReplies(state, language, facts.publicUrl);
  if (state !== 'nobody') return [text(`${hello}\n${t.linkedAlready}`, replies)];
  const contractor = t.contractorLinkBrings;
  const user = t.userLinkBrings;
  return [
    text(hello),
    bubble({
      altText: `${contractor}${language === 'ja' ? '' : ' '}${user}`,
      title: t.linkingTitle,
      body: [contractor, user, t.linkingLater],
      buttons: [
        button(menuLabels.contract[language], 'link-contractor.open', 'primary'),
        button(menuLabels.phone[language], 'link-user.open'),
      ],
      quickReplies: replies,
    }),
  ];
}

/** The short menu, under what fits the reason for it. */
export function shortMenu(because: MenuReason, state: LinkState, language: Language, publicUrl: string): Message[] {
  return [text(accountText(language).menuFor[because], menuReplies(state, language, publicUrl))];
}

/** Said once to a group, in both languages, since nobody in particular is spoken to. */
export function notInGroups(operator: Operator): Message[] {
  const [ja, en] = [accountText('ja'), accountText('en')];
  return [
    bubble({
      altText: ja.notInGroups,
      title: ja.notInGroupsTitle,
      body: [ja.notInGroups, separator(), paragraph(en.notInGroupsTitle, { isBold: true }), en.notInGroups],
      buttons: [button(ja.toOwnTalk, addFriendUrl(operator.officialAccount.basicId), 'primary')],
    }),
  ];
}

/** No answer is a dead end: where its last message offers nothing below it, the menu is one tap away. */
export function withWayOn(messages: readonly Message[], language: Language): readonly Message[] {
  const last = messages.at(-1);
  if (last === undefined || last.quickReply !== undefined) return messages;
  const items = [quickReply(accountText(language).chatBar, 'menu.open')];
  return [...messages.slice(0, -1), { ...last, quickReply: { items } }];
}

/** Said instead of nothing when an event could not be handled. */
export function apology(language: Language, operator: Operator): Message[] {
  return [
    text(accountText(language).failed(operator.support.phone), [quickReply(menuLabels.help[language], 'help.open')]),
  ];
}
