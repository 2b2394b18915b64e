import { type Language, listed } from '../../base/language.ts';
import { bubble, button, quickReply, row } from '../../infra/line/flex.ts';
import { buttonData, type Message } from '../../infra/line/talk.ts';
import { withRemark } from '../../infra/ui/format.ts';
import type { Purpose } from './attempt-store.ts';
import { maskLinkCode } from './rules/link-code.ts';
import { type BindFailure, talkText } from './text.ts';

/** My Page, signed in by LINE's automatic login. */
function myPageUrl(publicUrl: string): string {
  return `${publicUrl}/login/line?next=/`;
}

export function contractorLinkedMessage(language: Language, publicUrl: string): Message {
  const t = talkText(language);
  return bubble({
    altText: `${t.contractorLinked.title} ${t.contractorLinked.opened}`,
    title: t.contractorLinked.title,
    body: [t.contractorLinked.opened, t.canUndo.contractor],
    buttons: [button(t.myPage, myPageUrl(publicUrl), 'primary'), button(t.balance, buttonData('data', 'open'))],
  });
}

export function userLinkedMessage(language: Language, lastFour: string): Message {
  const t = talkText(language);
  return bubble({
    altText: `${t.userLinked.title} ${t.userLinked.opened}`,
    title: t.userLinked.title,
    body: [row(t.userLinked.code, maskLinkCode(lastFour)), t.userLinked.opened, t.canUndo.user],
    buttons: [button(t.balance, buttonData('data', 'open'), 'primary'), button(t.gifts, buttonData('gifts', 'open'))],
  });
}

export function notLinkedMessage(language: Language, purpose: Purpose, failure: BindFailure): Message {
  const t = talkText(language);
  return bubble({
    altText: `${t.failedTitle} ${t.failure[failure]}`,
    title: t.failedTitle,
    body: [t.failure[failure]],
    buttons: [button(t.again, buttonData(`link-${purpose}`, 'open'), 'primary')],
  });
}

/** Contractors this account is linked to: My Page, one more where there is room (`most` is the setting), undo. */
export function contractorLinksMessage(
  language: Language,
  publicUrl: string,
  links: readonly { contractorName: string }[],
  most: number,
): Message {
  const t = talkText(language);
  const hasRoom = links.length < most;
  return bubble({
    altText: t.contractorPresent.title,
    title: t.contractorPresent.title,
    body: [
      ...links.map((link) => t.contractorPresent.name(link.contractorName)),
      ...(hasRoom ? [] : [t.contractorPresent.full(most)]),
    ],
    buttons: [
      button(t.myPage, myPageUrl(publicUrl), 'primary'),
      ...(hasRoom ? [button(t.contractorPresent.another, buttonData('link-contractor', 'add'))] : []),
      button(t.unlink, buttonData('unlink', 'open'), 'link'),
    ],
  });
}

/** Subscriptions this account is linked to: which one is meant, another one where there is room, undo. */
export function userLinksMessage(
  language: Language,
  links: readonly { subscriptionId: string; label: string; lastFour: string; isChosen: boolean }[],
  most: number,
): Message {
  const t = talkText(language);
  const hasRoom = links.length < most;
  const isSeveral = links.length > 1;
  const others = isSeveral ? links.filter((link) => !link.isChosen) : [];
  return bubble({
    altText: `${t.userPresent.title}: ${listed(
      links.map((link) => link.label),
      language,
    )}`,
    title: t.userPresent.title,
    body: [
      ...links.flatMap((link) => [
        isSeveral && link.isChosen ? withRemark(link.label, t.userPresent.chosen, language) : link.label,
        row(t.userLinked.code, maskLinkCode(link.lastFour)),
      ]),
      ...(hasRoom ? [] : [t.userPresent.full(most)]),
    ],
    buttons: [
      button(t.balance, buttonData('data', 'open'), 'primary'),
      ...(hasRoom ? [button(t.userPresent.another, buttonData('link-user', 'add'))] : []),
      button(t.unlink, buttonData('unlink', 'open'), 'link'),
    ],
    quickReplies: others
      .slice(0, 13)
      .map((link) => quickReply(link.label, buttonData('link-user', 'choose', { subscription: link.subscriptionId }))),
  });
}
