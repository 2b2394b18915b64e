import type { Language, Words } from '../../base/language.ts';
import type { LinkState } from '../../base/link-state.ts';
import type { Operator } from '../../base/operator.ts';
import { bubble, button, paragraph, type QuickReplyItem, quickReply, separator, text } from '../../infra/line/flex.ts';
import type { Message } from '../../infra/line/talk.ts';
import { addFriendUrl } from '../../infra/ui/share.ts';
import { menuAreas, menuLabels } from './rules/menu.ts';
import type { MenuReason } from './rules/routing.ts';
import { words } from './text.ts';

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
  const name = facts.displayName ?? '';
  const hello = (facts.isReturning ? words.welcomeBack : words.welcome)[language](name, operator.name[language]);
  const replies = menuReplies(state, language, facts.publicUrl);
  if (state !== 'nobody') return [text(`${hello}\n${words.linkedAlready[language]()}`, replies)];
  const contractor = words.contractorLinkBrings[language]();
  const user = words.userLinkBrings[language]();
  return [
    text(hello),
    bubble({
      altText: `${contractor}${language === 'ja' ? '' : ' '}${user}`,
      title: words.linkingTitle[language](),
      body: [contractor, user, words.linkingLater[language]()],
      buttons: [
        button(menuLabels.contract[language], 'link-contractor.open', 'primary'),
        button(menuLabels.phone[language], 'link-user.open'),
      ],
      quickReplies: replies,
    }),
  ];
}

const SENTENCES: Record<MenuReason, Words> = {
  asked: words.shortMenu,
  'not-understood': words.notUnderstood,
  wordless: words.greeted,
  greeted: words.greeted,
  thanked: words.thanked,
  'language-chosen': words.languageChosen,
};

/** The short menu, under what fits the reason for it. */
export function shortMenu(because: MenuReason, state: LinkState, language: Language, publicUrl: string): Message[] {
  return [text(SENTENCES[because][language](), menuReplies(state, language, publicUrl))];
}

/** Said once to a group, in both languages, since nobody in particular is spoken to. */
export function notInGroups(operator: Operator): Message[] {
  return [
    bubble({
      altText: words.notInGroups.ja(),
      title: words.notInGroupsTitle.ja(),
      body: [
        words.notInGroups.ja(),
        separator(),
        paragraph(words.notInGroupsTitle.en(), { isBold: true }),
        words.notInGroups.en(),
      ],
      buttons: [button(words.toOwnTalk.ja(), addFriendUrl(operator.officialAccount.basicId), 'primary')],
    }),
  ];
}

/** Said instead of nothing when an event could not be handled. */
export function apology(language: Language, operator: Operator): Message[] {
  return [text(words.failed[language](operator.support.phone), [quickReply(menuLabels.help[language], 'help.open')])];
}
